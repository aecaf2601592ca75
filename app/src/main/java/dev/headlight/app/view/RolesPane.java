package dev.headlight.app.view;

import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.ScoreJob;
import dev.headlight.app.engine.PromptSource;
import dev.headlight.app.export.CopyCommand;
import dev.headlight.app.workbench.ArrangedHeads;
import dev.headlight.app.workbench.GridColour;
import dev.headlight.app.workbench.KnownScores;
import dev.headlight.app.workbench.Notice;
import dev.headlight.app.workbench.RoleTable;
import dev.headlight.app.workbench.RolesView;
import dev.headlight.app.workbench.Workbench;
import java.util.List;
import java.util.Optional;
import javafx.beans.InvalidationListener;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.SplitPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** What is every head, and how sure is that? */
final class RolesPane extends VBox {
  private static final double TABLE = 0.52;

  private final PaneContext context;
  private final Workbench w;
  private final ArrangedHeads arranged;
  private final RolesView view;
  private final RoleMeasuring work;
  private final Label count = Ui.label("", "chip");
  private final Label doing = Ui.label("", "caption");
  private final ProgressBar progress = new ProgressBar();
  private final Button cancel = Ui.tool(new Button("Cancel"));
  private final Button measure = Ui.tool(new Button("Measure"));
  private final HBox measuring = Ui.row(8, progress, doing, Ui.spacer(), cancel, measure);
  private final Label about = Ui.label("", "caption");

  RolesPane(PaneContext context) {
    this.context = context;
    this.w = context.workbench();
    this.arranged = new ArrangedHeads(w);
    this.view = new RolesView(w, arranged);
    context.memory().keep(view);
    this.work = new RoleMeasuring(context, view);
    getStyleClass().addAll("pane", "roles-pane");
    FilterField filter = new FilterField(w, arranged);
    HBox.setHgrow(filter, Priority.ALWAYS);
    HBox.setMargin(count, new Insets(5, 0, 0, 0));
    HBox filters = Ui.row(8, filter, count);
    filters.setAlignment(Pos.TOP_LEFT);
    RoleFinder finder = new RoleFinder(context, view, work);
    finder.visibleProperty().bind(view.finding);
    finder.managedProperty().bind(view.finding);
    PaneBody body = new PaneBody(context, content());
    VBox.setVgrow(body, Priority.ALWAYS);
    getChildren().addAll(header(), filters, finder, measuring, body);
    progress.getStyleClass().add("busy-bar");
    progress.setPrefWidth(120);
    cancel.setOnAction(e -> work.cancel());
    measure.setOnAction(e -> work.all());
    InvalidationListener update = o -> update();
    view.table().addListener(update);
    view.role.addListener(update);
    work.whenChanged(this::work);
    update();
  }

  /** How the pane looks at the heads. */
  RolesView view() {
    return view;
  }

  /** Finds heads by the rule, or by the drawing where no rule is typed. */
  void find() {
    if (view.query.get().isEmpty()) {
      work.drawing();
    } else {
      work.rule();
    }
  }

  /** What measures. */
  RoleMeasuring measuring() {
    return work;
  }

  private Node content() {
    RoleGrid table = new RoleGrid(w, view, this::open);
    RoleGrowth growth = new RoleGrowth(w, view, context.painter(), work::grow);
    RoleLower lower =
        new RoleLower(
            new RoleAtlas(w, view, this::open), new VBox(12, growth, new RoleCard(w, view)));
    about.setWrapText(true);
    about.setMinHeight(Region.USE_PREF_SIZE);
    VBox.setVgrow(lower, Priority.ALWAYS);
    VBox below = new VBox(6, about, lower);
    below.setPadding(new Insets(10, 0, 0, 0));
    below.setMinHeight(0);
    SplitPane split = new SplitPane(table, below);
    split.setOrientation(Orientation.VERTICAL);
    split.setDividerPositions(TABLE);
    split.setMinSize(0, 0);
    return split;
  }

  private Node header() {
    Label title = Ui.label("Roles of all heads", "pane-title");
    MenuButton source = Ui.tool(new MenuButton());
    source.textProperty().bind(view.source.map(PromptSource::title));
    source.setAccessibleText("Over which prompts the scores are averaged");
    source.setTooltip(new Tooltip("Over which prompts the scores of a pass are averaged"));
    source
        .getItems()
        .addAll(
            Menus.item("This prompt", "", () -> view.source.set(PromptSource.PROMPT)),
            Menus.item("Prompt library", "", () -> view.source.set(PromptSource.LIBRARY)),
            Menus.item("File, one prompt a line …", "", this::chooseFile));
    ToggleButton find = Ui.tool(new ToggleButton("Find heads"));
    find.setTooltip(new Tooltip("Find heads by a rule from tokens to tokens, or by a drawing"));
    find.selectedProperty().bindBidirectional(view.finding);
    ToggleButton spread = Ui.tool(new ToggleButton("± spread"));
    spread.setTooltip(
        new Tooltip("Standard deviation over the sequences, where there are several"));
    spread.selectedProperty().bindBidirectional(view.spread);
    MenuButton more = Ui.tool(new MenuButton("…"));
    more.setAccessibleText("More about roles");
    more.getItems()
        .addAll(
            Menus.item("Colour the grid of heads by the chosen role", "", this::colour),
            Menus.item("Choose all heads that are shown", "", this::chooseShown),
            Menus.item("Copy the chosen role as command", "", this::copyCommand),
            Menus.item("Export the table as CSV …", "", this::export));
    PartHeader header = new PartHeader(title);
    header.verbs(List.of(source, find, spread, more));
    return header;
  }

  private void update() {
    RoleTable table = view.table().get();
    boolean filtered = table != null && !w.headFilter.get().isBlank();
    Ui.show(count, filtered);
    if (filtered) {
      int all = w.model.get().spec().layers() * w.model.get().spec().heads();
      count.setText(table.heads().size() + " of " + all);
    }
    Optional<HeadScore> score = KnownScores.all().find(view.role.get());
    about.setText(
        score
            .map(
                s -> {
                  String conditions = view.conditions().get(s.id());
                  return "%s: %s%s"
                      .formatted(
                          s.title(), s.formula(), conditions.isEmpty() ? "" : "; " + conditions);
                })
            .orElse("Rows layer, columns head. Click a grid or a column to choose a role."));
  }

  private void work() {
    Optional<Job<?>> job = work.job();
    int waiting = work.waiting();
    Ui.show(measuring, job.isPresent() || waiting > 0);
    Ui.show(progress, job.isPresent());
    Ui.show(cancel, job.isPresent());
    Ui.show(measure, job.isEmpty());
    doing.setText(
        job.map(j -> j.cancelled() ? "Stopping …" : j.title())
            .orElse("%s not measured yet.".formatted(Ui.count(waiting, "score"))));
    job.ifPresent(
        j ->
            progress.setProgress(
                Double.isNaN(j.fraction()) ? ProgressBar.INDETERMINATE_PROGRESS : j.fraction()));
  }

  private void open() {
    if (w.head.get() != null) {
      context.actions().openPane("head");
    }
  }

  private void chooseFile() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle("Prompts, one a line");
    chooser
        .getExtensionFilters()
        .addAll(
            new FileChooser.ExtensionFilter("Text", "*.txt"),
            new FileChooser.ExtensionFilter("All files", "*.*"));
    context.actions().openFile(chooser).ifPresent(file -> view.source.set(PromptSource.of(file)));
  }

  private void colour() {
    if (!view.role.get().isEmpty()) {
      w.gridColour.set(new GridColour(view.role.get()));
      context.actions().openPane("heads");
    } else {
      w.notice.set(Notice.info("Choose a role first: click its column or its grid."));
    }
  }

  private void chooseShown() {
    if (view.table().get() != null) {
      w.choose(view.table().get().heads());
    }
  }

  private void copyCommand() {
    Optional<HeadScore> score = KnownScores.all().find(view.role.get());
    if (score.isEmpty() || w.run.get() == null) {
      w.notice.set(Notice.info("Choose a role first: click its column or its grid."));
      return;
    }
    boolean ofPass = score.get().origin() instanceof HeadScore.OfPass;
    Optional<ScoreJob.Result> measured =
        ofPass && view.many()
            ? Optional.ofNullable(view.averaged.get())
            : w.measured.get().of(score.get());
    if (measured.isEmpty() && (!ofPass || view.many())) {
      w.notice.set(Notice.info(score.get().title() + " has not been measured yet."));
      return;
    }
    CopyCommand lines = new CopyCommand(w.run.get(), w.bos.get(), w.chatShown());
    NoticeBar.copy(
        measured.map(m -> lines.scores(score.get(), m)).orElseGet(() -> lines.scores(score.get())));
    w.notice.set(Notice.info("Copied the command that computes this score."));
  }

  private void export() {
    RoleTable table = view.table().get();
    if (table == null) {
      return;
    }
    FileChooser chooser = new FileChooser();
    chooser.setTitle("Export scores of heads");
    chooser.setInitialFileName("head-scores.csv");
    chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter("CSV", "*.csv"));
    var rows = table.rows(view.conditions());
    context
        .actions()
        .saveFile(chooser)
        .ifPresent(
            file ->
                context.ask(
                    "export",
                    "Export scores of heads",
                    (host, p) -> host.exportScores(file, rows, p),
                    written -> w.notice.set(Notice.info("Saved " + written))));
  }
}
