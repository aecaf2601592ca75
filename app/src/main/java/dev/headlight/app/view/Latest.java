package dev.headlight.app.view;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.util.Duration;

/**
 * Brings what another thread tells to the JavaFX thread, the newest alone and not too often, so
 * that a pane can be drawn between two of them.
 */
final class Latest<T> implements Consumer<T> {
  private static final Duration BETWEEN = Duration.millis(150);

  private final Consumer<T> hears;
  private final AtomicReference<T> newest = new AtomicReference<>();
  private boolean ended;

  /**
   * @param hears on the JavaFX thread
   */
  Latest(Consumer<T> hears) {
    this.hears = hears;
  }

  @Override
  public void accept(T now) {
    if (newest.getAndSet(now) == null) {
      Platform.runLater(this::pause);
    }
  }

  private void pause() {
    PauseTransition pause = new PauseTransition(BETWEEN);
    pause.setOnFinished(e -> tell());
    pause.play();
  }

  private void tell() {
    T now = newest.getAndSet(null);
    if (now != null && !ended) {
      hears.accept(now);
    }
  }

  /** Ends with something else; what was told before is not heard any more. */
  void end(Runnable last) {
    ended = true;
    last.run();
  }
}
