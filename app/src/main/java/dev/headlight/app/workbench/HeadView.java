package dev.headlight.app.workbench;

import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.text.TextUnit;
import dev.headlight.analysis.text.TokenSpans;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.engine.ColumnReadout;
import dev.headlight.app.engine.FoldedMap;
import dev.headlight.app.engine.HeadMap;
import dev.headlight.app.engine.MapOf;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.engine.RowReadout;
import dev.headlight.app.engine.RunSnapshot;
import dev.headlight.app.job.JobRunner;
import dev.headlight.app.job.LatestOnly;
import dev.headlight.renderer.Matrix;
import java.util.List;
import javafx.beans.InvalidationListener;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** How one pane looks at a head beyond the selection, and what that needs of the model. */
public final class HeadView {
  private enum Ask {
    FOLD,
    COLUMN,
    WORDS
  }

  private static final double START = 0.1;

  // Properties are public fields, as in the workbench.

  /** What a row and a column of the map stand for. */
  public final ObjectProperty<TextUnit> unit =
      new SimpleObjectProperty<>(this, "unit", TextUnit.TOKEN);

  /** Whether curves of the chosen query and key stand beside the map. */
  public final BooleanProperty profiles = new SimpleBooleanProperty(this, "profiles", true);

  /** Whether the text is shaded by what looks at the chosen token, else by where it looks. */
  public final BooleanProperty lookedAt = new SimpleBooleanProperty(this, "lookedAt");

  /** Least weight of a line, and of a cell worth going to. */
  public final DoubleProperty threshold = new SimpleDoubleProperty(this, "threshold", START);

  /** Whether what the head's weights say is shown. */
  public final BooleanProperty circuit = new SimpleBooleanProperty(this, "circuit");

  /** Whether the fields that find tokens and cells are shown. */
  public final BooleanProperty finding = new SimpleBooleanProperty(this, "finding");

  /** Text to find among the tokens. */
  public final StringProperty find = new SimpleStringProperty(this, "find", "");

  /** Tokens that were found, rising. */
  public final ObjectProperty<List<Integer>> found =
      new SimpleObjectProperty<>(this, "found", List.of());

  /** The map between words or sentences; null where tokens are shown or it is on its way. */
  public final ObjectProperty<FoldedMap> folded = new SimpleObjectProperty<>(this, "folded");

  /** Words of the prompt, for the brackets on the rails; null until they are there. */
  public final ObjectProperty<TokenSpans> words = new SimpleObjectProperty<>(this, "words");

  /** Exact weights of the chosen key, where the map at hand is pooled. */
  public final ObjectProperty<ColumnReadout> column = new SimpleObjectProperty<>(this, "column");

  private final Workbench w;
  private final ModelHost host;
  private final LatestOnly latest;

  /**
   * @param workbench the pane's state
   * @param host answers on the runner's thread
   */
  public HeadView(Workbench workbench, ModelHost host, JobRunner runner) {
    this.w = workbench;
    this.host = host;
    this.latest = new LatestOnly(runner);
    w.run.addListener((o, old, now) -> runChanged());
    w.map.addListener((o, old, now) -> mapChanged());
    unit.addListener((o, old, now) -> fold());
    w.hideSink.addListener((o, old, now) -> fold());
    InvalidationListener chosen = o -> column();
    w.key.addListener(chosen);
    w.query.addListener(chosen);
    find.addListener((o, old, now) -> search());
    runChanged();
    mapChanged();
  }

  /** The pane's state. */
  public Workbench workbench() {
    return w;
  }

  private void runChanged() {
    words.set(null);
    folded.set(null);
    search();
    RunSnapshot run = w.run.get();
    if (run != null) {
      ask(Ask.WORDS, "Words", () -> TokenSpans.words(run.tokens()), words::set);
    }
  }

  private void mapChanged() {
    fold();
    column();
  }

  private void search() {
    RunSnapshot run = w.run.get();
    found.set(run == null ? List.of() : TokenSearch.find(run.tokens(), find.get()));
  }

  private void fold() {
    HeadMap map = w.map.get();
    RunSnapshot run = w.run.get();
    TextUnit now = unit.get();
    if (map == null || run == null || map.run() != run.id() || now == TextUnit.TOKEN) {
      latest.cancel(Ask.FOLD);
      folded.set(null);
      return;
    }
    Tokens tokens = run.tokens();
    boolean hide = w.hideSink.get();
    latest.submit(
        Ask.FOLD,
        Job.of(
            title(now) + " of " + map.of(),
            p -> host.folded(run.id(), map.of(), now.spans(tokens), hide, p)),
        folded::set,
        failure -> {
          unit.set(TextUnit.TOKEN);
          w.notice.set(Notice.of(failure));
        });
  }

  /** Name of a unit in menus. */
  public static String title(TextUnit unit) {
    return switch (unit) {
      case TOKEN -> "Tokens";
      case WORD -> "Words";
      case SENTENCE -> "Sentences";
    };
  }

  private void column() {
    HeadMap map = w.map.get();
    int key = chosenKey();
    RunSnapshot run = w.run.get();
    if (map == null || map.exact() || run == null || key < 0 || key >= run.length()) {
      latest.cancel(Ask.COLUMN);
    } else if (column.get() == null || !column.get().isOf(map.run(), map.of(), key)) {
      MapOf of = map.of();
      ask(Ask.COLUMN, "Column of " + of, () -> host.column(map.run(), of, key), column::set);
    }
  }

  private <T> void ask(
      Ask kind,
      String title,
      java.util.function.Supplier<T> work,
      java.util.function.Consumer<T> done) {
    latest.submit(
        kind, Job.of(title, p -> work.get()), done, failure -> w.notice.set(Notice.of(failure)));
  }

  /** The selected key; the selected query, seen as a key, where there is none. */
  public int chosenKey() {
    return w.key.get() == Workbench.NONE ? w.query.get() : w.key.get();
  }

  /** Weights of a query over all keys, or null while they are not there. */
  public float[] row(int query) {
    HeadMap map = w.map.get();
    if (map == null || query < 0 || w.run.get() == null || query >= w.run.get().length()) {
      return null;
    }
    if (map.exact()) {
      return query < map.cells().rows() ? map.cells().row(query) : null;
    }
    RowReadout row = w.readout(new Cell(query, 0));
    return row == null ? null : row.weights();
  }

  /** Weights of all queries on a key, or null while they are not there. */
  public float[] column(int key) {
    HeadMap map = w.map.get();
    if (map == null || key < 0) {
      return null;
    }
    if (map.exact()) {
      return key < map.cells().columns() ? column(map.cells(), key) : null;
    }
    ColumnReadout there = column.get();
    return there != null && there.isOf(map.run(), map.of(), key) ? there.weights() : null;
  }

  /** A column of a matrix. */
  public static float[] column(Matrix cells, int key) {
    float[] column = new float[cells.rows()];
    for (int i = 0; i < column.length; i++) {
      column[i] = cells.get(i, key);
    }
    return column;
  }

  /**
   * Goes to the next or previous token that was found.
   *
   * @param asKey whether it becomes the selected key, else the query
   */
  public void goToFound(boolean forward, boolean asKey) {
    if (found.get().isEmpty()) {
      return;
    }
    int now = asKey ? w.key.get() : w.query.get();
    int next = TokenSearch.next(found.get(), now, forward);
    if (asKey) {
      w.lock(new Cell(w.query.get(), next));
    } else {
      w.query.set(next);
    }
  }

  /** Takes back what was asked. */
  public void close() {
    for (Ask ask : Ask.values()) {
      latest.cancel(ask);
    }
  }
}
