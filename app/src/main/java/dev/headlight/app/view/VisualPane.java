package dev.headlight.app.view;

import dev.headlight.analysis.job.Job;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.visual.VisualWork;
import dev.headlight.app.workbench.Workbench;
import java.util.Objects;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Where does each word look in the picture? */
final class VisualPane extends VBox {
  private final Workbench w;
  private final VisualDesk desk;
  private final VisualBrush brush;
  private final VisualPicture picture;
  private final VisualHeads heads;
  private final VisualWords words;
  private final VisualMaskPart mask;
  private final StackPane body = new StackPane();
  private final ScrollPane content;
  private Job<?> waitingFor;

  VisualPane(PaneContext context) {
    this.w = context.workbench();
    this.desk = new VisualDesk(context);
    new VisualMemory(desk).keep();
    brush = new VisualBrush(desk);
    picture = new VisualPicture(desk, brush);
    heads = new VisualHeads(desk);
    words = new VisualWords(desk);
    VBox left =
        new VBox(
            10,
            new VisualHeader(desk),
            words,
            new VisualThumbnails(desk),
            new VisualScreen(picture),
            new VisualTools(desk, brush),
            new VisualLayers(desk));
    left.getStyleClass().add("visual-column");
    mask = new VisualMaskPart(desk, brush);
    VBox middle = new VBox(16, heads, mask);
    middle.getStyleClass().add("visual-column");
    VBox right =
        new VBox(
            16,
            new VisualScorePart(desk),
            new VisualHeadPart(desk),
            new VisualChangePart(desk),
            new VisualSinkPart(desk),
            new VisualTowerPart(desk));
    right.getStyleClass().add("visual-column");
    content = Ui.scrolled(new VisualColumns(left, middle, right));
    content.setFitToHeight(true);
    body.setMinSize(0, 0);
    body.getChildren().add(content);
    VBox.setVgrow(body, Priority.ALWAYS);
    getStyleClass().add("visual-pane");
    setMinSize(0, 0);
    getChildren().add(new AskedBody(context, body, this::message));
    desk.whenChanged(this::show);
    show();
  }

  /** The picture, or that it is being looked at. */
  private void show() {
    boolean there = desk.state().looked() != null;
    content.setVisible(there);
    if (there) {
      waitingFor = null;
      body.getChildren().setAll(content);
      return;
    }
    Job<?> job = desk.job(VisualDesk.Ask.LOOK).orElse(null);
    if (Objects.equals(job, waitingFor) && body.getChildren().size() > 1) {
      return;
    }
    waitingFor = job;
    Node message =
        desk.job(VisualDesk.Ask.LOOK)
            .<Node>map(j -> PaneMessage.busy(j, () -> desk.cancel(VisualDesk.Ask.LOOK)))
            .orElseGet(
                () ->
                    PaneMessage.empty(
                        "",
                        "The picture was not looked at.",
                        PaneMessage.verb("Look", desk::again)));
    body.getChildren().setAll(content, message);
  }

  /** Why there is nothing to see, else null. */
  private Node message(ModelFacts facts) {
    if (!VisualWork.able(facts.spec())) {
      return PaneMessage.empty(
          "This model reads text alone",
          facts.name()
              + " has no vision tower. Open a model that sees, such as a LLaVA, Idefics3, CLIP or ViT"
              + " folder, to see where its words look in a picture.",
          PaneMessage.verb("Open folder …", desk.context().actions()::openFolder));
    }
    if (w.pictures.get().isEmpty()) {
      PaneMessage none =
          PaneMessage.empty(
              "No picture yet", "Drop a picture here, or add one in the left column.");
      if (VisualSamples.there(facts)) {
        none.getChildren().add(new VisualSamples(desk).button(facts));
      }
      return none;
    }
    if (!w.promptProblem.get().isEmpty()) {
      return PaneMessage.empty(
          "The prompt cannot be run",
          Ui.sentence(w.promptProblem.get()),
          PaneMessage.verb("Edit the prompt", desk.context().actions()::editPrompt));
    }
    return w.run.get() == null ? PaneMessage.busy("Reading the prompt") : null;
  }

  VisualDesk desk() {
    return desk;
  }

  VisualPicture picture() {
    return picture;
  }

  VisualBrush brush() {
    return brush;
  }

  /** Asks for a mask from a file. */
  void loadMask() {
    mask.load();
  }

  VisualWords words() {
    return words;
  }

  VisualHeads heads() {
    return heads;
  }

  @Override
  public void requestFocus() {
    heads.requestFocus();
  }
}
