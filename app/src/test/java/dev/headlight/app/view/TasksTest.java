package dev.headlight.app.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.job.Job;
import dev.headlight.app.job.FxJobRunner;
import dev.headlight.app.workbench.Workbench;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** A job that takes long shows itself and can be stopped. */
@ExtendWith(ApplicationExtension.class)
class TasksTest {
  private static final int PATIENCE_SECONDS = 20;

  private final FxJobRunner runner = new FxJobRunner("test-tasks");
  private StatusBar bar;

  @Start
  void start(Stage stage) {
    bar = new StatusBar(new Workbench(), runner);
    stage.setScene(new Scene(bar, 900, 60));
    stage.show();
  }

  @AfterEach
  void close(FxRobot robot) {
    robot.interact(bar::close);
    runner.close();
  }

  @Test
  void slowJobIsListedAndCancelled(FxRobot robot) throws Exception {
    Job<Integer> job =
        Job.of(
            "Slow work",
            progress -> {
              while (true) {
                progress.report(0.25, "a quarter");
                progress.check();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
              }
            });
    Button tasks = robot.lookup(".status-button").queryButton();
    assertEquals("No tasks", tasks.getText());
    runner.submit(job, result -> {}, failure -> {});
    WaitForAsyncUtils.waitFor(
        PATIENCE_SECONDS, TimeUnit.SECONDS, () -> tasks.getText().equals("Slow work"));

    robot.interact(tasks::fire);
    Window popup = robot.listWindows().get(robot.listWindows().size() - 1);
    Button cancel = robot.from(popup.getScene().getRoot()).lookup("Cancel").queryButton();
    assertEquals("Cancel Slow work", cancel.getAccessibleText());
    robot.interact(cancel::fire);

    WaitForAsyncUtils.waitFor(
        PATIENCE_SECONDS, TimeUnit.SECONDS, () -> tasks.getText().equals("No tasks"));
    assertEquals(Job.State.CANCELLED, job.state());
    assertTrue(runner.active().isEmpty());
  }
}
