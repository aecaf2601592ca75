package dev.headlight.app.view;

import javafx.scene.Node;
import javafx.stage.Window;

/** Device pixels a logical pixel. */
final class Density {
  private Density() {}

  static double of(Node node) {
    Window window = node.getScene() == null ? null : node.getScene().getWindow();
    double enlarged = node.getLocalToSceneTransform().getMxx();
    return window == null ? 1 : Math.max(1, window.getRenderScaleX() * enlarged);
  }

  /** Lets a failed painting reach the handler of uncaught exceptions. */
  static void rethrow(Throwable failure) {
    throw new IllegalStateException("painting failed", failure);
  }
}
