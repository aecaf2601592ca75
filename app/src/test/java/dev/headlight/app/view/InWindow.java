package dev.headlight.app.view;

import dev.headlight.app.Fixtures;
import dev.headlight.app.job.FxJobRunner;
import dev.headlight.app.workbench.Workbench;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.util.WaitForAsyncUtils;

/** A test in the real window, which is shown before each test and closed after it. */
@ExtendWith(ApplicationExtension.class)
abstract class InWindow {
  WorkbenchParts parts;
  Workbench w;
  Stage stage;

  /** Shows a window; from the test's own start method. */
  void show(Stage newStage, WorkbenchParts newParts, Scene scene) {
    parts = newParts;
    w = parts.workbench();
    stage = newStage;
    stage.setScene(scene);
    stage.show();
  }

  /** Shows a window without samples and recent models, whose model thread has a name. */
  void show(Stage newStage, String modelThread, double width, double height) {
    ModelChoices choices = new ModelChoices(List.of(), List::of, r -> null);
    WorkbenchParts own = new WorkbenchParts(new FxJobRunner(modelThread), choices, r -> {});
    show(newStage, own, own.scene(width, height));
  }

  /** Opens the small trained model and waits until everything about its first prompt is said. */
  void openStories(FxRobot robot) throws Exception {
    robot.interact(() -> parts.open(Fixtures.stories()));
    await(() -> w.without.get() != null);
  }

  @AfterEach
  void close(FxRobot robot) {
    robot.interact(
        () -> {
          stage.hide();
          parts.close();
        });
  }

  /** Waits for the model thread and for the window. */
  static void await(Callable<Boolean> condition) throws Exception {
    await(60, condition);
  }

  /** Waits longer, for what is measured. */
  static void await(int seconds, Callable<Boolean> condition) throws Exception {
    WaitForAsyncUtils.waitFor(seconds, TimeUnit.SECONDS, condition);
    WaitForAsyncUtils.waitForFxEvents();
  }
}
