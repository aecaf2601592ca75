package dev.headlight.app.job;

import java.util.HashMap;
import java.util.Map;
import javafx.animation.PauseTransition;
import javafx.util.Duration;

/** Waits on the JavaFX clock; belongs to the JavaFX thread. */
public final class FxDelay implements Delay {
  private final Map<Object, PauseTransition> pauses = new HashMap<>();

  @Override
  public void after(Object key, int milliseconds, Runnable action) {
    PauseTransition pause = pauses.computeIfAbsent(key, k -> new PauseTransition());
    pause.stop();
    pause.setDuration(Duration.millis(milliseconds));
    pause.setOnFinished(e -> action.run());
    pause.play();
  }
}
