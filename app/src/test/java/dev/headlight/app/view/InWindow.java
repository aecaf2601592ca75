package dev.headlight.app.view;

import dev.headlight.app.workbench.Workbench;
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
    WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS, condition);
    WaitForAsyncUtils.waitForFxEvents();
  }
}
