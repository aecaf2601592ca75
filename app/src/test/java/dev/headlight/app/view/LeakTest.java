package dev.headlight.app.view;

import de.sandec.jmemorybuddy.JMemoryBuddy;
import dev.headlight.app.Fixtures;
import dev.headlight.app.job.FxJobRunner;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javafx.scene.Scene;
import javafx.scene.layout.Pane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** A window that was closed leaves nothing behind. */
@ExtendWith(ApplicationExtension.class)
class LeakTest {
  private Stage stage;

  @Start
  void start(Stage newStage) {
    stage = newStage;
  }

  @Test
  void closedPanesAreCollected(FxRobot robot) {
    JMemoryBuddy.memoryTest(
        checker -> {
          WorkbenchParts[] parts = new WorkbenchParts[1];
          robot.interact(
              () -> {
                ModelChoices choices = new ModelChoices(List.of(), List::of, r -> null);
                parts[0] = new WorkbenchParts(new FxJobRunner("leak"), choices, r -> {});
                stage.setScene(parts[0].scene(1000, 700));
                stage.show();
                parts[0].open(Fixtures.stories());
              });
          await(parts[0]);
          robot.interact(
              () -> {
                for (String style : List.of(".head-grid", ".heatmap", ".chips", ".status-bar")) {
                  checker.assertCollectable(stage.getScene().lookup(style));
                }
                checker.assertCollectable(stage.getScene().getRoot());
                checker.assertCollectable(parts[0].workbench());
                checker.assertCollectable(parts[0].workbench().run.get());
                parts[0].close();
                stage.setScene(new Scene(new Pane()));
              });
          WaitForAsyncUtils.waitForFxEvents();
        });
  }

  private static void await(WorkbenchParts parts) {
    try {
      WaitForAsyncUtils.waitFor(
          60, TimeUnit.SECONDS, () -> parts.workbench().without.get() != null);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError("the model did not answer", e);
    }
  }
}
