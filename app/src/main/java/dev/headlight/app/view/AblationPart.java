package dev.headlight.app.view;

import dev.headlight.analysis.job.Job;
import dev.headlight.app.ablation.AblationExports;
import dev.headlight.app.ablation.AblationState;
import dev.headlight.app.ablation.Part;
import dev.headlight.app.ablation.Question;
import dev.headlight.app.engine.ModelQuestion;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.MenuButton;
import javafx.scene.layout.HBox;
import javafx.stage.FileChooser;
import javafx.stage.FileChooser.ExtensionFilter;

/** A part of the ablation pane: asked by a button, kept by its question, exported by a menu. */
abstract class AblationPart extends RetrievalPart {
  private final AblationDesk desk;
  private final Part part;
  private final Button run;
  private final MenuButton more;
  private final PaneMessage invitation;
  private final PaneMessage early;
  private Job<?> waitingFor;
  private Node waiting;
  private Object shown;

  /**
   * @param title of the part
   * @param part what is asked
   * @param invitation what Run does
   * @param early what is needed before it can be asked
   */
  AblationPart(AblationDesk desk, Part part, String title, String invitation, String early) {
    this(desk, part, title, invitation, early, Ui.tool(new Button("Run")));
  }

  private AblationPart(
      AblationDesk desk, Part part, String title, String invitation, String early, Button run) {
    this(desk, part, title, invitation, early, run, Ui.tool(new MenuButton("…")));
  }

  private AblationPart(
      AblationDesk desk,
      Part part,
      String title,
      String invitation,
      String early,
      Button run,
      MenuButton more) {
    super(title, run, more);
    this.desk = desk;
    this.part = part;
    this.run = run;
    this.more = more;
    this.invitation = PaneMessage.empty("", invitation);
    this.early = PaneMessage.empty("", early);
    run.getStyleClass().add("retrieval-run");
    run.setOnAction(e -> desk.press(part));
    more.setAccessibleText("Export or copy: " + title);
    more.getItems().add(Menus.item("Copy as command", "", () -> desk.copy(part)));
  }

  final AblationDesk desk() {
    return desk;
  }

  /** Adds a way to export. */
  final void offer(String title, Runnable action) {
    more.getItems().add(more.getItems().size() - 1, Menus.item(title, "", action));
  }

  /** Offers the table of the part. */
  final void offerTable(String name, boolean second) {
    offer(
        "Export as CSV …",
        () ->
            save(
                name,
                (exports, file) -> exports.table(question(), answer(), second, singles(), file),
                "csv"));
  }

  /** Asks for a file and writes it. */
  final void save(
      String name,
      BiFunction<AblationExports, Path, ModelQuestion<Path>> writer,
      String... endings) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle("Export");
    chooser.setInitialFileName(desk.facts().name() + "-" + name + "." + endings[0]);
    Arrays.stream(endings)
        .forEach(e -> chooser.getExtensionFilters().add(new ExtensionFilter(e, "*." + e)));
    desk.context()
        .actions()
        .saveFile(chooser)
        .ifPresent(file -> desk.write(exports -> writer.apply(exports, file)));
  }

  private Object singles() {
    return desk.state().found(desk.state().question(Part.SINGLES));
  }

  final Question question() {
    return desk.state().question(part);
  }

  /** What is known; null for nothing. */
  final Object answer() {
    return desk.state().found(question());
  }

  /** Follows the desk from now on; for the end of constructors. */
  final void follow() {
    desk.whenChanged(this::update);
    update();
  }

  private void update() {
    AblationState state = desk.state();
    if (state == null) {
      return;
    }
    Job<?> job = desk.job(part).orElse(null);
    Object found = answer();
    boolean able = ready(state) && able();
    run.setText(job != null ? "Stop" : "Run");
    run.setDisable(job == null && (!able || (found != null && !again())));
    more.setDisable(found == null);
    if (found != null) {
      if (!found.equals(shown)) {
        shown = found;
        found(found);
      }
      show(body());
      return;
    }
    shown = null;
    nothing(state);
    show(job != null ? waiting(job) : able ? invitation : early);
  }

  private Node waiting(Job<?> job) {
    if (job != waitingFor) {
      waitingFor = job;
      waiting = PaneMessage.busy(job, () -> desk.cancel(part));
    }
    return waiting;
  }

  /** Asks for the height that suits another figure. */
  final void grow() {
    if (getParent() != null) {
      getParent().requestLayout();
    }
  }

  /** Draws what is shown anew, after a choice of how it is shown. */
  final void redraw() {
    if (shown != null) {
      found(shown);
    }
  }

  /** Puts something before the button. */
  final void beside(Node... tools) {
    ObservableList<Node> row = ((HBox) run.getParent()).getChildren();
    row.addAll(row.indexOf(run), List.of(tools));
  }

  /** Takes the button away: the part is asked by itself. */
  final void withoutRun() {
    Ui.show(run, false);
  }

  /** Whether there is something to read. */
  boolean able() {
    return desk.able();
  }

  /** Whether it can be asked again when it is known. */
  boolean again() {
    return false;
  }

  /** Whether it can be asked. */
  abstract boolean ready(AblationState state);

  /** The figure. */
  abstract Node body();

  /** Shows an answer. */
  abstract void found(Object answer);

  /** There is no answer. */
  void nothing(AblationState state) {
    caption("", "");
  }

  /** Offers a figure. */
  final void offerFigure(
      String name,
      BiFunction<AblationExports, Path, ModelQuestion<Path>> writer,
      Supplier<Boolean> there) {
    offer(
        "Export figure …",
        () -> {
          if (there.get()) {
            save(name, writer, "pdf", "svg", "png");
          }
        });
  }
}
