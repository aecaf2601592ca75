package dev.headlight.app.workbench;

import dev.headlight.analysis.attention.HeadStatistics;
import dev.headlight.analysis.parity.ParityReport;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.Chat;
import dev.headlight.analysis.text.ChatPrompt;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.engine.HeadEffect;
import dev.headlight.app.engine.HeadMap;
import dev.headlight.app.engine.MapOf;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.engine.NextTokens;
import dev.headlight.app.engine.ReadPrompt;
import dev.headlight.app.engine.RowReadout;
import dev.headlight.app.engine.RunSnapshot;
import dev.headlight.app.export.Limits;
import dev.headlight.app.pictures.PromptPicture;
import dev.headlight.app.session.Compared;
import dev.headlight.app.session.HeadGroup;
import dev.headlight.renderer.Theme;
import dev.headlight.renderer.ValueScale;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/**
 * The one state of the window. Panes bind to it; a control sets one property and nothing else. What
 * the model answers is put here by {@link WorkbenchController}; a null object means "not there".
 */
public final class Workbench {
  // Properties are public fields: an accessor each would only say their names twice.

  /** What a number property says when nothing is chosen. */
  public static final int NONE = -1;

  /** What panes have found, for sessions. */
  public final PaneFindings findings = new PaneFindings();

  // What the user decides.

  public final StringProperty prompt = new SimpleStringProperty(this, "prompt", "");

  /** The pictures of the prompt, in order. */
  public final ObjectProperty<List<PromptPicture>> pictures =
      new SimpleObjectProperty<>(this, "pictures", List.of());

  /** The turns that are read in place of the prompt, where the model has a template; else null. */
  public final ObjectProperty<Chat> chat = new SimpleObjectProperty<>(this, "chat");

  public final ObjectProperty<Bos> bos = new SimpleObjectProperty<>(this, "bos", Bos.DEFAULT);
  public final ObjectProperty<Head> head = new SimpleObjectProperty<>(this, "head");
  public final IntegerProperty query = new SimpleIntegerProperty(this, "query", NONE);
  public final IntegerProperty key = new SimpleIntegerProperty(this, "key", NONE);
  public final ObjectProperty<Cell> hover = new SimpleObjectProperty<>(this, "hover");

  /** The cell to select once the next pass is there; null for its last query. */
  public final ObjectProperty<Cell> nextCell = new SimpleObjectProperty<>(this, "nextCell");

  /** The part of a long prompt's map that is wanted exactly; null for none. */
  public final ObjectProperty<CellRange> wanted = new SimpleObjectProperty<>(this, "wanted");

  /** The part of the map that is on view; null for none. */
  public final ObjectProperty<CellRange> visible = new SimpleObjectProperty<>(this, "visible");

  public final BooleanProperty hideSink = new SimpleBooleanProperty(this, "hideSink");
  public final ObjectProperty<ValueScale.Kind> scale =
      new SimpleObjectProperty<>(this, "scale", ValueScale.Kind.SQRT);
  public final BooleanProperty fitLimits = new SimpleBooleanProperty(this, "fitLimits");
  public final BooleanProperty lines = new SimpleBooleanProperty(this, "lines");

  /** Whether the prompt is drawn as text shaded by attention, in place of map and lines. */
  public final BooleanProperty text = new SimpleBooleanProperty(this, "text");

  /** Limits of the map's colours; null for those of the scale. */
  public final ObjectProperty<Limits> limits = new SimpleObjectProperty<>(this, "limits");

  /** Heads whose mean a pane shows in place of the selected head; null for none. Never shared. */
  public final ObjectProperty<HeadSet> mean = new SimpleObjectProperty<>(this, "mean");

  public final ObjectProperty<GridColour> gridColour =
      new SimpleObjectProperty<>(this, "gridColour", GridColour.MAP);

  /** In which order the grid shows the heads. */
  public final ObjectProperty<GridOrder> gridOrder =
      new SimpleObjectProperty<>(this, "gridOrder", GridOrder.LAYER);

  /** Which heads the grid shows, in the language of {@code HeadFilter}; empty for all. */
  public final StringProperty headFilter = new SimpleStringProperty(this, "headFilter", "");

  /** The heads chosen together; empty when only {@link #head} is meant. */
  public final ObjectProperty<SortedSet<Head>> chosen =
      new SimpleObjectProperty<>(this, "chosen", Collections.emptySortedSet());

  /** Heads under names, an immutable list. */
  public final ObjectProperty<List<HeadGroup>> groups =
      new SimpleObjectProperty<>(this, "groups", List.of());

  /** The head that was last pointed at beside the selected one: B of a comparison. */
  public final ObjectProperty<Head> other = new SimpleObjectProperty<>(this, "other");

  public final ObjectProperty<Intervention.Mode> withoutMode =
      new SimpleObjectProperty<>(this, "withoutMode", Intervention.Mode.ZERO);

  /** What the comparison compares. */
  public final ObjectProperty<Compared> compared =
      new SimpleObjectProperty<>(this, "compared", Compared.none());

  /**
   * What each pane keeps for itself, by pane and name, such as {@code head.unit}; an immutable map.
   */
  public final ObjectProperty<SortedMap<String, String>> panes =
      new SimpleObjectProperty<>(this, "panes", Collections.emptySortedMap());

  /** How the panes are arranged, as JSON; empty where there is no window. */
  public final StringProperty layout = new SimpleStringProperty(this, "layout", "");

  public final ObjectProperty<Theme> theme = new SimpleObjectProperty<>(this, "theme", Theme.LIGHT);

  // What the model answers.

  public final StringProperty opening = new SimpleStringProperty(this, "opening", "");
  public final ObjectProperty<ModelFacts> model = new SimpleObjectProperty<>(this, "model");

  /** How near the model comes to its reference values; null until that is known. */
  public final ObjectProperty<ParityReport> parity = new SimpleObjectProperty<>(this, "parity");

  public final ObjectProperty<Tokens> tokens = new SimpleObjectProperty<>(this, "tokens");

  /** The prompt that the tokens are of, with its pictures; null as the tokens are. */
  public final ObjectProperty<ReadPrompt> read = new SimpleObjectProperty<>(this, "read");

  /** What should be known of the prompt, such as where its picture was put; empty for nothing. */
  public final StringProperty promptNotice = new SimpleStringProperty(this, "promptNotice", "");

  /** What the chat template made of the turns; null for plain text. */
  public final ObjectProperty<ChatPrompt> written = new SimpleObjectProperty<>(this, "written");

  public final StringProperty promptProblem = new SimpleStringProperty(this, "promptProblem", "");
  public final ObjectProperty<RunSnapshot> run = new SimpleObjectProperty<>(this, "run");

  /** Statistics of a pass that is still on its way; null when there is none. */
  public final ObjectProperty<HeadStatistics> partial = new SimpleObjectProperty<>(this, "partial");

  /** What a slow pass that is on its way will cost, for people; empty for quick ones. */
  public final StringProperty expected = new SimpleStringProperty(this, "expected", "");

  /** Scores of the model that took passes of their own. */
  public final ObjectProperty<MeasuredScores> measured =
      new SimpleObjectProperty<>(this, "measured", MeasuredScores.NONE);

  public final ObjectProperty<HeadMap> map = new SimpleObjectProperty<>(this, "map");
  public final ObjectProperty<HeadMap> tile = new SimpleObjectProperty<>(this, "tile");
  public final ObjectProperty<RowReadout> row = new SimpleObjectProperty<>(this, "row");
  public final ObjectProperty<RowReadout> hoverRow = new SimpleObjectProperty<>(this, "hoverRow");
  public final ObjectProperty<NextTokens> next = new SimpleObjectProperty<>(this, "next");
  public final ObjectProperty<HeadEffect> without = new SimpleObjectProperty<>(this, "without");
  public final ObjectProperty<Notice> notice = new SimpleObjectProperty<>(this, "notice");

  /** Whether the pass at hand is of a former prompt: that of the tokens is still on its way. */
  public final BooleanBinding stale =
      Bindings.createBooleanBinding(
          () ->
              run.get() != null && tokens.get() != null && !run.get().tokens().equals(tokens.get()),
          run,
          tokens);

  /** A workbench in which nothing is chosen. */
  public Workbench() {
    lines.addListener((o, old, now) -> text.set(text.get() && !now));
    text.addListener((o, old, now) -> lines.set(lines.get() && !now));
  }

  /** What the map is of: the mean of some heads, else the selected head, else null. */
  public MapOf shown() {
    if (mean.get() != null) {
      return MapOf.mean(mean.get());
    }
    return head.get() == null ? null : MapOf.of(head.get());
  }

  /** The turns that a chat template wrote the tokens of; empty for plain text. */
  public Optional<Chat> chatShown() {
    return written.get() == null ? Optional.empty() : Optional.ofNullable(chat.get());
  }

  /** Selects a cell for good: its query and its key. */
  public void lock(Cell cell) {
    query.set(cell.query());
    key.set(cell.key());
  }

  /** Takes the selected key back; the query stays. */
  public void unlock() {
    key.set(NONE);
  }

  /** The cell to read out: the one under the pointer, else the locked one, else null. */
  public Cell shownCell() {
    if (hover.get() != null) {
      return hover.get();
    }
    return key.get() == NONE ? null : new Cell(query.get(), key.get());
  }

  /** Chooses heads together; what the model lacks is left out. */
  public void choose(Collection<Head> heads) {
    ModelFacts facts = model.get();
    SortedSet<Head> there = new TreeSet<>();
    for (Head h : heads) {
      if (facts != null && h.layer() < facts.spec().layers() && h.head() < facts.spec().heads()) {
        there.add(h);
      }
    }
    chosen.set(Collections.unmodifiableSortedSet(there));
  }

  /** The heads that are meant: those chosen together, else the selected one, else none. */
  public SortedSet<Head> meant() {
    if (!chosen.get().isEmpty() || head.get() == null) {
      return chosen.get();
    }
    return new TreeSet<>(List.of(head.get()));
  }

  /** Moves the selected head by layers and heads, staying inside the model. */
  public void moveHead(int layers, int heads) {
    ModelFacts facts = model.get();
    Head now = head.get();
    if (facts != null && now != null) {
      head.set(
          new Head(
              clamp(now.layer() + layers, facts.spec().layers()),
              clamp(now.head() + heads, facts.spec().heads())));
    }
  }

  /** Moves the selected cell by queries and keys, staying inside the map. */
  public void moveCell(int queries, int keys) {
    RunSnapshot snapshot = run.get();
    if (snapshot != null) {
      int length = snapshot.length();
      boolean start = key.get() == NONE;
      lock(
          new Cell(
              clamp(query.get() + queries, length),
              start ? clamp(query.get(), length) : clamp(key.get() + keys, length)));
    }
  }

  /** Exact values of the row of a cell, where they are at hand, else null. */
  public RowReadout readout(Cell cell) {
    for (RowReadout candidate : new RowReadout[] {hoverRow.get(), row.get()}) {
      if (candidate != null
          && run.get() != null
          && candidate.isOf(run.get().id(), shown(), cell.query())) {
        return candidate;
      }
    }
    return null;
  }

  private static int clamp(int value, int count) {
    return Math.max(0, Math.min(count - 1, value));
  }
}
