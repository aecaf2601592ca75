package dev.headlight.app.view;

import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.view.pairs.PairBuilder;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Which parts carry an answer? A pair, patching maps, the circuit, and what else tells of it. */
final class CircuitPane extends VBox {
  private final CircuitDesk desk;
  private final CircuitMaps maps;
  private final CircuitReadings readings;
  private final CircuitEdges edges;
  private final CircuitPatchPart stream;
  private final CircuitPatchPart heads;
  private final CircuitGraphPart graph;
  private final CircuitSections sections;
  private final HBox draw;

  CircuitPane(PaneContext context) {
    PairBuilder builder = PairsInPane.builder(context);
    builder.edit(false);
    desk = new CircuitDesk(context, builder.desk());
    maps = new CircuitMaps(desk);
    readings = new CircuitReadings(desk);
    edges = new CircuitEdges(desk);
    stream =
        new CircuitPatchPart(
            desk,
            maps,
            desk.state().stream(),
            "Patching",
            "Run moves one prompt's values into the other, cell by cell.");
    heads =
        new CircuitPatchPart(
            desk,
            maps,
            desk.state().heads(),
            "Heads",
            "Run estimates what every head gives of the answer; the strongest can be verified.");
    graph = new CircuitGraphPart(desk, edges);
    sections = sections();
    Button ioi = Ui.tool(new Button("Draw IOI pairs"));
    ioi.getStyleClass().addAll("retrieval-run", "circuit-draw");
    ioi.setOnAction(e -> desk.drawPairs());
    draw = Ui.row(8, ioi);
    draw.getStyleClass().add("circuit-begin");
    VBox content = new VBox(builder, draw, sections);
    content.getStyleClass().add("circuit-content");
    ScrollPane scroll = Ui.scrolled(content);
    getStyleClass().add("circuit-pane");
    setMinSize(0, 0);
    getChildren().add(new AskedBody(context, scroll, this::message));
    desk.whenChanged(this::offer);
    offer();
  }

  private CircuitSections sections() {
    CircuitSections all = new CircuitSections();
    all.add("Patching and circuit", new VBox(new CircuitColumns(stream, heads), graph));
    all.add("Paths", new CircuitPathPart(desk, readings));
    all.add(
        "Compare and repair",
        new CircuitColumns(
            new CircuitReusePart(desk, readings), new CircuitRepairPart(desk, readings)));
    all.add("Logits", new CircuitDirectPart(desk, readings));
    all.add("Weights", new CircuitWeightPart(desk, readings));
    desk.keep("section", all.first(), all::name, all::choose, name -> name, name -> name);
    all.whenChosen(desk::changed);
    return all;
  }

  private void offer() {
    Ui.show(draw, desk.pairs().pairs().isEmpty());
    draw.setDisable(desk.pairs().busy());
  }

  /** Why the model cannot be asked, else null. */
  private Node message(ModelFacts facts) {
    if (!facts.readsText()) {
      return PaneMessage.noText(facts);
    }
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
    maps.run(desk.state().heads());
    maps.run(desk.state().stream());
    graph.press();
    readings.direct();
    readings.paths();
    readings.weights();
  }

  /** Which part is on view. */
  CircuitSections parts() {
    return sections;
  }

  /** The maps. */
  CircuitMaps maps() {
    return maps;
  }

  /** Scores of edges. */
  CircuitEdges edges() {
    return edges;
  }

  /** Paths, logits, weights, comparison. */
  CircuitReadings readings() {
    return readings;
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
