package dev.headlight.app.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.run.Head;
import dev.headlight.app.retrieval.RetrievalExports;
import dev.headlight.app.retrieval.RetrievalState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.TableView;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The retrieval pane on a small trained model: a short probe, a head, a file. */
class RetrievalPaneTest extends InWindow {
  @TempDir private Path folder;

  @Start
  void start(Stage newStage) {
    show(newStage, "retrieval-model", 1280, 800);
  }

  @BeforeEach
  void open(FxRobot robot) throws Exception {
    openStories(robot);
    robot.interact(() -> parts.openPane("retrieval"));
    WaitForAsyncUtils.waitForFxEvents();
  }

  @Test
  void aProbeRunsAHeadIsChosenAndItsNumbersAreSaved(FxRobot robot) throws Exception {
    RetrievalPane pane = robot.lookup(".retrieval-pane").queryAs(RetrievalPane.class);
    RetrievalDesk desk = pane.desk();
    robot.interact(
        () -> {
          RetrievalState state = desk.state();
          state.choose(state.choice().sized(List.of(160), List.of(0.2, 0.8)));
          desk.plan();
        });
    await(90, () -> desk.state().plan() != null && desk.state().plan().ready());
    assertEquals(6, desk.state().plan().grid().episodes().size());
    robot.clickOn(".retrieval-run");
    await(90, () -> desk.state().phase() == RetrievalState.Phase.DONE);
    assertEquals(6, desk.state().findings().answered());
    int failed = desk.state().findings().result().failures().size();
    assertEquals(failed, robot.lookup(".failures").queryListView().getItems().size());
    assertTrue(pane.command().contains("--lengths 160 --depths '0.2,0.8'"), pane.command());

    double[] gates = new double[20];
    gates[3] = 1;
    Path tsv = folder.resolve("scores.tsv");
    StringBuilder text = new StringBuilder();
    for (int l = 0; l < 5; l++) {
      text.append(
          "%s\t%s\t%s\t%s%n"
              .formatted(gates[4 * l], gates[4 * l + 1], gates[4 * l + 2], gates[4 * l + 3]));
    }
    Files.writeString(tsv, text);
    robot.interact(() -> desk.read(tsv));
    await(90, () -> !desk.state().importedFrom().isEmpty());
    TableView<?> table = robot.lookup(".ranked").queryTableView();
    assertEquals(40, table.getItems().size());
    robot.interact(() -> pane.scores().chosen.set(new CellGrid.Place(6, 0)));
    assertEquals(new Head(0, 6), w.head.get());
    robot.interact(() -> w.head.set(new Head(3, 2)));
    assertEquals(new CellGrid.Place(2, 3), pane.scores().chosen.get());

    Path csv = folder.resolve("scores.csv");
    robot.interact(() -> desk.write(RetrievalExports.scores(csv, desk.state().findings())));
    await(90, () -> w.notice.get() != null && w.notice.get().message().contains("scores.csv"));
    List<String> lines = Files.readAllLines(csv);
    assertTrue(lines.stream().anyMatch(l -> l.contains(",retrieval,0,6,3,")), lines.get(0));
    assertEquals(5 * 40, lines.size() - 1);
  }
}
