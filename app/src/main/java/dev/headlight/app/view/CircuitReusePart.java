package dev.headlight.app.view;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.circuit.CircuitComparison;
import dev.headlight.analysis.circuit.CircuitGraph;
import dev.headlight.analysis.circuit.Node;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.circuits.ReuseState;
import dev.headlight.renderer.Ticks;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javafx.geometry.VPos;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** The circuit that is shown beside another one: of a file, or of another pair. */
final class CircuitReusePart extends RetrievalPart {
  private static final String SENTENCE =
      "Overlap: shared over those of either circuit (Jaccard). Reuse: share of the smaller circuit's"
          + " heads that the other has. Rank correlation: Spearman's of the shared edges' absolute"
          + " scores.";
  private static final String PUBLISHED =
      "Merullo et al. 2024, Circuit Component Reuse Across Tasks in Transformer Language Models.";

  private final CircuitDesk desk;
  private final CircuitReadings readings;
  private final ReuseState state;
  private final Button keep = Ui.tool(new Button("Keep this circuit"));
  private final Label against = Ui.label("", "dim");
  private final PaneMessage invitation =
      PaneMessage.empty(
          "",
          "Keep the circuit that is shown, then find one for another pair; or open one that was"
              + " exported as JSON.");
  private final PaneMessage early =
      PaneMessage.empty("", "A circuit comes first: run one under Patching and circuit.");
  private Object shown;

  CircuitReusePart(CircuitDesk desk, CircuitReadings readings) {
    super("Compare circuits");
    this.desk = desk;
    this.readings = readings;
    this.state = desk.state().reuse();
    getStyleClass().add("circuit-reuse");
    Button open = Ui.tool(new Button("Open JSON …"));
    open.setOnAction(e -> open());
    keep.setOnAction(e -> readings.keepCircuit());
    FlowPane row = new FlowPane(8, 8, keep, open, against);
    row.setRowValignment(VPos.CENTER);
    tools(row);
    desk.whenChanged(this::update);
    update();
  }

  private void open() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle("Open a circuit");
    chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter("json", "*.json"));
    desk.context().actions().openFile(chooser).ifPresent(readings::against);
  }

  private void update() {
    CircuitGraph circuit = desk.state().edges().circuit().orElse(null);
    CircuitGraph other = state.other().orElse(null);
    keep.setDisable(circuit == null);
    against.setText(other == null ? "" : "beside " + state.name());
    Object now = other == null ? invitation : circuit == null ? early : List.of(circuit, other);
    if (now.equals(shown)) {
      return;
    }
    shown = now;
    if (now instanceof PaneMessage message) {
      show(message);
      caption("", "");
      return;
    }
    try {
      show(compared(circuit, other, state.comparison(circuit).orElseThrow()));
      caption(SENTENCE, PUBLISHED);
    } catch (HeadlightException e) {
      show(Ui.wrap(Ui.label(Ui.sentence(e.getMessage()), "problem")));
      caption("", "");
    }
  }

  private VBox compared(CircuitGraph circuit, CircuitGraph other, CircuitComparison found) {
    Set<Node> here = CircuitComparison.heads(circuit);
    Set<Node> there = CircuitComparison.heads(other);
    VBox box =
        new VBox(
            8,
            CircuitGrids.lines(
                List.of(
                    "shared edges",
                    "overlap of edges",
                    "shared heads",
                    "overlap of heads",
                    "reuse of heads",
                    "rank correlation"),
                List.of(
                    shared(found.sharedEdges(), circuit.edges().size(), other.edges().size()),
                    Ticks.format(found.edgeOverlap()),
                    shared(found.sharedHeads(), here.size(), there.size()),
                    Ticks.format(found.headOverlap()),
                    Ticks.format(found.reuse()),
                    Double.isNaN(found.rankCorrelation())
                        ? "–"
                        : Ticks.format(found.rankCorrelation()))));
    box.getChildren().addAll(Ui.section("In both"), heads(here, there, true));
    box.getChildren().addAll(Ui.section("Only in this one"), heads(here, there, false));
    box.getChildren().addAll(Ui.section("Only in the other"), heads(there, here, false));
    box.getStyleClass().add("circuit-column");
    return box;
  }

  private static String shared(int both, int here, int there) {
    return "%d of %d, %d".formatted(both, here, there);
  }

  /** Heads of one circuit that the other has too, or has not; each leads to the head. */
  private FlowPane heads(Set<Node> of, Set<Node> other, boolean both) {
    FlowPane names = new FlowPane(8, 4);
    List<Node> nodes = new ArrayList<>(of);
    nodes.removeIf(n -> other.contains(n) != both);
    for (Node node : nodes) {
      Hyperlink link = new Hyperlink(node.toString());
      link.setOnAction(e -> desk.select(new Head(node.layer(), node.head())));
      names.getChildren().add(link);
    }
    if (nodes.isEmpty()) {
      names.getChildren().add(Ui.label("none", "dim"));
    }
    return names;
  }
}
