package dev.headlight.app.workbench;

import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.ScoreJob;
import dev.headlight.app.engine.Growth;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.engine.PromptSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.InvalidationListener;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** How the pane of roles looks at the heads, and the table that follows from it. */
public final class RolesView {
  // Properties are public fields, as in the workbench. Each has a text form: that of its value.

  /** Over which prompts scores of a pass are averaged. */
  public final ObjectProperty<PromptSource> source =
      new SimpleObjectProperty<>(this, "source", PromptSource.PROMPT);

  /** In which order the heads stand. */
  public final ObjectProperty<GridOrder> order =
      new SimpleObjectProperty<>(this, "order", GridOrder.LAYER);

  /** Id of the score whose column is chosen; empty for none. */
  public final StringProperty role = new SimpleStringProperty(this, "role", "");

  /** Whether each number's spread over the sequences is shown. */
  public final BooleanProperty spread = new SimpleBooleanProperty(this, "spread", true);

  /** Whether the fields that find heads are shown. */
  public final BooleanProperty finding = new SimpleBooleanProperty(this, "finding");

  /** Which tokens attend, as a regular expression. */
  public final StringProperty query = new SimpleStringProperty(this, "query", "");

  /** Which tokens are attended to, as a regular expression. */
  public final StringProperty key = new SimpleStringProperty(this, "key", "");

  /** What is drawn, in the text form of {@code DrawnPattern}; empty for nothing. */
  public final StringProperty pattern = new SimpleStringProperty(this, "pattern", "");

  /** What was measured on the prompts of {@link #source}; null for nothing. */
  public final ObjectProperty<ScoreJob.Result> averaged =
      new SimpleObjectProperty<>(this, "averaged");

  /** The chosen score over a training; null until it was asked for. */
  public final ObjectProperty<Growth> growth = new SimpleObjectProperty<>(this, "growth");

  private final Workbench w;
  private final ArrangedHeads arranged;
  private final ReadOnlyObjectWrapper<RoleTable> table = new ReadOnlyObjectWrapper<>();

  /**
   * @param arranged knows the filter
   */
  public RolesView(Workbench workbench, ArrangedHeads arranged) {
    this.w = workbench;
    this.arranged = arranged;
    w.model.addListener(o -> averaged.set(null));
    source.addListener(o -> averaged.set(null));
    w.bos.addListener(o -> averaged.set(null));
    role.addListener(o -> growth.set(null));
    source.addListener(o -> growth.set(null));
    w.prompt.addListener(o -> promptChanged());
    w.model.addListener((o, old, now) -> modelChanged(old, now));
    InvalidationListener update = o -> update();
    w.model.addListener(update);
    w.run.addListener(update);
    w.partial.addListener(update);
    w.measured.addListener(update);
    w.groups.addListener(update);
    w.headFilter.addListener(update); // After the arrangement, which reads it.
    order.addListener(update);
    source.addListener(update);
    averaged.addListener(update);
    update();
  }

  /** A score of passes over another prompt is another score. */
  private void promptChanged() {
    boolean ofPrompt = growth.get() != null && !many();
    if (ofPrompt && !(growth.get().score().origin() instanceof HeadScore.OfJob)) {
      growth.set(null);
    }
  }

  private void modelChanged(ModelFacts old, ModelFacts now) {
    if (old == null || now == null || !old.source().grewWith(now.source())) {
      growth.set(null);
    }
  }

  private void update() {
    table.set(
        w.model.get() == null
            ? null
            : RoleTable.of(
                w.model.get().spec(),
                order.get(),
                arranged.filter(),
                new RoleNumbers(HeadNumbers.of(w), many(), averaged.get())));
  }

  /** Whether scores of a pass are averaged over prompts other than the one at hand. */
  public boolean many() {
    return source.get().kind() != PromptSource.Kind.PROMPT;
  }

  /** The table; null while no model is open. */
  public ReadOnlyObjectProperty<RoleTable> table() {
    return table.getReadOnlyProperty();
  }

  /** Sorts by a score, the largest first; by it once more the other way round, then by layer. */
  public void sortBy(String score) {
    GridOrder now = order.get();
    role.set(score);
    if (!now.score().equals(score)) {
      order.set(new GridOrder(score, true));
    } else {
      order.set(now.descending() ? new GridOrder(score, false) : GridOrder.LAYER);
    }
  }

  /** The scores of a pass, which prompts are averaged for. */
  public static List<HeadScore> ofPass() {
    return KnownScores.all().all().stream()
        .filter(s -> s.origin() instanceof HeadScore.OfPass)
        .toList();
  }

  /** On what each score was measured, by id. */
  public Map<String, String> conditions() {
    Map<String, String> conditions = new LinkedHashMap<>();
    String prompts =
        !many()
            ? w.run.get() == null ? "" : "this prompt, %d tokens".formatted(w.run.get().length())
            : averaged.get() == null ? "" : averaged.get().conditions();
    for (HeadScore score : KnownScores.all().all()) {
      String said =
          score.origin() instanceof HeadScore.OfPass
              ? prompts
              : w.measured.get().of(score).map(ScoreJob.Result::conditions).orElse("");
      conditions.put(score.id(), said);
    }
    return conditions;
  }
}
