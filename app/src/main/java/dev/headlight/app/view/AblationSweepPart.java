package dev.headlight.app.view;

import dev.headlight.analysis.ablation.AblationMetric;
import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.ablation.AblationState;
import dev.headlight.app.ablation.SweepMap;
import dev.headlight.app.view.AblationDesk.Ask;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.Palette;
import dev.headlight.renderer.Ticks;
import dev.headlight.renderer.ValueScale;
import java.io.File;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.stage.FileChooser;

/** What each head takes with it: a map that fills as the heads are taken away one by one. */
final class AblationSweepPart extends RetrievalPart {
  private static final double LEAST_LIMIT = 1e-6;

  private final AblationDesk desk;
  private final Workbench w;
  private final CellGrid cells;
  private final MenuButton metric;
  private final Button run;
  private final MenuButton more;
  private final ColourBar bar = new ColourBar();
  private final ProgressBar progress = new ProgressBar(0);
  private final Label status = Ui.label("", "caption");
  private final HBox doing = Ui.row(8, progress, status);
  private final TextField answer = field("answer: the likeliest");
  private final TextField wrong = field("wrong: the next likeliest");
  private final HBox answers = Ui.row(6, answer, wrong);
  private final PaneMessage invitation =
      PaneMessage.empty("", "Run takes each head away alone and shows what the model loses.");
  private boolean following;

  AblationSweepPart(AblationDesk desk) {
    this(desk, new MenuButton(), Ui.tool(new Button("Run")), new MenuButton("…"));
  }

  private AblationSweepPart(AblationDesk desk, MenuButton metric, Button run, MenuButton more) {
    super("One head at a time", Ui.tool(metric), run, Ui.tool(more));
    this.desk = desk;
    this.w = desk.workbench();
    this.cells = new CellGrid(w.theme);
    this.metric = metric;
    this.run = run;
    this.more = more;
    getStyleClass().add("ablation-sweep");
    metric.setAccessibleText("What is read");
    for (AblationMetric each : AblationMetric.values()) {
      metric
          .getItems()
          .add(Menus.item(title(each), "", () -> desk.choose(desk.state().choice().with(each))));
    }
    run.getStyleClass().add("retrieval-run");
    run.setOnAction(e -> press());
    more.setAccessibleText("More about the sweep");
    more.getItems().add(Menus.item("Export as CSV …", "", this::export));
    tools(answers);
    below(bar);
    below(doing);
    HBox.setHgrow(status, Priority.ALWAYS);
    progress.getStyleClass().add("busy-bar");
    progress.setPrefWidth(120);
    progress.setMinWidth(Region.USE_PREF_SIZE);
    cells.setAccessibleHelp("Change of the metric, layers down and heads across; Enter takes away");
    cells.chosen.addListener((o, old, now) -> select(now));
    cells.setOnMouseClicked(
        e -> {
          if (e.getClickCount() == 2 && e.getButton() == MouseButton.PRIMARY) {
            toggle();
          }
        });
    cells.addEventHandler(
        javafx.scene.input.KeyEvent.KEY_PRESSED,
        e -> {
          if (e.getCode() == KeyCode.ENTER || e.getCode() == KeyCode.SPACE) {
            toggle();
            e.consume();
          }
        });
    w.head.addListener(o -> follow());
    w.theme.addListener(o -> update());
    desk.whenChanged(this::update);
    update();
  }

  private TextField field(String prompt) {
    TextField field = new TextField();
    field.setPromptText(prompt);
    field.setAccessibleText(prompt);
    field.getStyleClass().add("compare-field");
    field.setMinWidth(0);
    HBox.setHgrow(field, Priority.ALWAYS);
    field.setOnAction(e -> answered());
    field
        .focusedProperty()
        .addListener(
            (o, old, now) -> {
              if (!now) {
                answered();
              }
            });
    return field;
  }

  private void answered() {
    if (desk.state() != null) {
      desk.choose(desk.state().choice().withAnswers(answer.getText(), wrong.getText()));
    }
  }

  private static String title(AblationMetric metric) {
    return switch (metric) {
      case KL -> "KL";
      case LOSS -> "loss";
      case LOGIT_DIFF -> "logit difference";
      case LOGPROB -> "ln P(answer)";
      case ACCURACY -> "accuracy";
    };
  }

  /** The map. */
  CellGrid cells() {
    return cells;
  }

  private void press() {
    if (desk.job(Ask.SWEEP).isPresent()) {
      desk.cancel(Ask.SWEEP);
    } else {
      desk.sweep();
    }
  }

  private void export() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle("Export the sweep");
    chooser.setInitialFileName(desk.facts().name() + "-ablation.csv");
    File file = chooser.showSaveDialog(desk.context().actions().window());
    if (file != null) {
      desk.export(file.toPath());
    }
  }

  private void select(CellGrid.Place place) {
    if (place != null && !following) {
      w.head.set(new Head(place.row(), place.column()));
    }
  }

  private void toggle() {
    CellGrid.Place place = cells.chosen.get();
    if (place != null && desk.state() != null) {
      desk.toggle(new Head(place.row(), place.column()));
    }
  }

  private void follow() {
    following = true;
    Head head = w.head.get();
    boolean there = head != null && desk.state() != null && desk.state().sweep() != null;
    cells.chosen.set(there ? new CellGrid.Place(head.layer(), head.head()) : null);
    following = false;
  }

  private void update() {
    AblationState state = desk.state();
    if (state == null) {
      return;
    }
    AblationMetric read = state.choice().metric();
    metric.setText(title(read));
    Ui.show(answers, read.needsAnswers());
    Job<?> job = desk.job(Ask.SWEEP).orElse(null);
    SweepMap sweep = state.sweep();
    boolean paused = sweep != null && !sweep.done();
    run.setText(job != null ? "Stop" : paused ? "Go on" : sweep == null ? "Run" : "Run again");
    run.setDisable(!desk.able() || (job == null && sweep != null && sweep.done()));
    more.setDisable(sweep == null || !sweep.done());
    Ui.show(doing, job != null || paused);
    Ui.show(bar, sweep != null);
    if (sweep == null) {
      caption("Rows: layer · columns: head. " + Ui.sentence(read.formula()) + ".", "");
      show(invitation);
      return;
    }
    progress.setProgress((double) sweep.count() / sweep.size());
    status.setText(
        "%d of %d heads%s".formatted(sweep.count(), sweep.size(), job == null ? ", stopped" : ""));
    map(sweep);
    caption(words(sweep), "");
    show(cells);
  }

  private static String words(SweepMap sweep) {
    String baseline =
        Double.isNaN(sweep.baseline()) ? "" : " Baseline " + Ticks.format(sweep.baseline()) + ".";
    String none =
        sweep.noEffect().isEmpty()
            ? ""
            : " NO EFFECT: " + String.join(", ", sweep.noEffect()) + ".";
    return "Δ %s without the head, %s.%s %s%s"
        .formatted(title(sweep.metric()), sweep.metric().unit(), baseline, sweep.semantics(), none);
  }

  private void map(SweepMap sweep) {
    double limit = Math.max(LEAST_LIMIT, sweep.largest());
    ValueScale scale = ValueScale.signed(ValueScale.Kind.LINEAR, limit);
    Palette palette = Palette.diverging(w.theme.get());
    bar.show(scale, palette.map(), sweep.metric().unit());
    following = true;
    cells.show(
        new CellGrid.Table(
            numbers(sweep.deltas().length),
            numbers(sweep.deltas()[0].length),
            sweep.deltas(),
            scale,
            palette.map(),
            null,
            (row, column) -> cell(sweep, row, column)));
    cells.outline(
        desk.state().taken().stream()
            .map(h -> new CellGrid.Place(h.layer(), h.head()))
            .collect(Collectors.toSet()));
    following = false;
    follow();
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  private String cell(SweepMap sweep, int row, int column) {
    Head head = new Head(row, column);
    double delta = sweep.deltas()[row][column];
    String away = desk.state().taken().contains(head) ? ", taken away" : "";
    if (Double.isNaN(delta)) {
      return head + ": not yet" + away;
    }
    String group = ", KV group " + desk.facts().spec().kvGroup(column);
    String sign = delta > 0 ? "+" : "";
    return head + group + ": Δ " + sign + Ticks.format(delta) + away;
  }
}
