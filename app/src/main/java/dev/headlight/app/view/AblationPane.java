package dev.headlight.app.view;

import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.export.CopyCommand;
import dev.headlight.app.workbench.Notice;
import dev.headlight.app.workbench.Workbench;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What does the model lose without these heads? */
final class AblationPane extends VBox {
  private final Workbench w;
  private final AblationDesk desk;
  private final AblationSweepPart sweep;

  AblationPane(PaneContext context) {
    this.w = context.workbench();
    this.desk = new AblationDesk(context);
    this.sweep = new AblationSweepPart(desk);
    RetrievalParts parts =
        new RetrievalParts(
            sweep,
            new AblationTextsPart(desk),
            new AblationEffectPart(desk),
            new AblationCurvePart(desk));
    ScrollPane scroll = Ui.scrolled(parts);
    scroll.viewportBoundsProperty().addListener((o, old, now) -> parts.setRoom(now.getHeight()));
    VBox.setVgrow(scroll, Priority.ALWAYS);
    AblationHeader header = new AblationHeader(desk);
    HBox.setHgrow(header, Priority.ALWAYS);
    Button copy = Ui.tool(new Button("Copy as command"));
    copy.setOnAction(e -> copy());
    HBox top = new HBox(8, header, copy);
    top.getStyleClass().add("ablation-top");
    VBox content = new VBox(top, scroll);
    content.setMinSize(0, 0);
    getStyleClass().add("ablation-pane");
    setMinSize(0, 0);
    getChildren().add(new AskedBody(context, content, this::message));
  }

  /** Why the model cannot be asked, else null. */
  private Node message(ModelFacts facts) {
    if (!facts.spec().hasLogits()) {
      return PaneMessage.empty(
          "This model says nothing",
          facts.name() + " has no vocabulary head, so there is no answer to lose.");
    }
    return w.run.get() == null
        ? PaneMessage.empty("No prompt", "Write a prompt; heads are taken away while it is read.")
        : null;
  }

  /** The command line that finds the same. */
  String command() {
    List<String> line = new ArrayList<>();
    if (w.run.get() != null) {
      line.addAll(new CopyCommand(w.run.get(), w.bos.get(), w.chatShown()).promptArguments());
    }
    line.addAll(desk.state().arguments());
    return CopyCommand.of("ablate", desk.facts(), line);
  }

  private void copy() {
    NoticeBar.copy(command());
    w.notice.set(Notice.info("Copied the command that finds the same."));
  }

  /** What is asked and known. */
  AblationDesk desk() {
    return desk;
  }

  /** The map of single heads. */
  CellGrid map() {
    return sweep.cells();
  }

  @Override
  public void requestFocus() {
    sweep.cells().requestFocus();
  }
}
