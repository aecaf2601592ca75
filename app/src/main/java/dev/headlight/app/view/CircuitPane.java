package dev.headlight.app.view;

import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.view.pairs.PairBuilder;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Which parts carry an answer? A pair, patching maps, the circuit, and what parts say directly. */
final class CircuitPane extends VBox {
  private final CircuitDesk desk;
  private final CircuitPatchPart stream;
  private final CircuitPatchPart heads;
  private final CircuitGraphPart graph;
  private final HBox draw;

  CircuitPane(PaneContext context) {
    PairBuilder builder = PairsInPane.builder(context);
    builder.edit(false);
    this.desk = new CircuitDesk(context, builder.desk());
    this.stream =
        new CircuitPatchPart(
            desk,
            desk.state().stream(),
            "Patching",
            "Run moves one prompt's values into the other, cell by cell.");
    this.heads =
        new CircuitPatchPart(
            desk,
            desk.state().heads(),
            "Heads",
            "Run estimates what every head gives of the answer; the strongest can be verified.");
    this.graph = new CircuitGraphPart(desk);
    Button ioi = Ui.tool(new Button("Draw IOI pairs"));
    ioi.getStyleClass().addAll("retrieval-run", "circuit-draw");
    ioi.setOnAction(e -> desk.drawPairs());
    draw = Ui.row(8, ioi);
    draw.getStyleClass().add("circuit-begin");
    VBox content =
        new VBox(
            builder, draw, new CircuitColumns(stream, heads), graph, new CircuitDirectPart(desk));
    content.getStyleClass().add("circuit-content");
    ScrollPane scroll = Ui.scrolled(content);
    getStyleClass().add("circuit-pane");
    setMinSize(0, 0);
    getChildren().add(new AskedBody(context, scroll, this::message));
    desk.whenChanged(this::offer);
    offer();
  }

  private void offer() {
    Ui.show(draw, desk.pairs().pairs().isEmpty());
    draw.setDisable(desk.pairs().busy());
  }

  /** Why the model cannot be asked, else null. */
  private Node message(ModelFacts facts) {
    if (!facts.spec().hasLogits()) {
      return PaneMessage.empty(
          "This model says nothing",
          facts.name() + " has no vocabulary head, so there is no answer to look for.");
    }
    return facts.hasTokenizer()
        ? null
        : PaneMessage.empty(
            "This model has no tokenizer",
            "Pairs of texts cannot be read for it. Give ids on the command line: headlight patch"
                + " --clean-file.");
  }

  /** Asks everything about the pair that is shown. */
  void runAll() {
    desk.run(desk.state().heads());
    desk.run(desk.state().stream());
    graph.press();
    desk.direct();
  }

  /** What is asked and known. */
  CircuitDesk desk() {
    return desk;
  }

  /** The map of heads. */
  CircuitPatchPart heads() {
    return heads;
  }

  /** The map by layer and position. */
  CircuitPatchPart stream() {
    return stream;
  }

  /** The circuit. */
  CircuitGraphPart graph() {
    return graph;
  }

  @Override
  public void requestFocus() {
    heads.cells().requestFocus();
  }
}
