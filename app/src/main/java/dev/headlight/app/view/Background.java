package dev.headlight.app.view;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.application.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Small reading of files that a menu needs, off the thread that draws. */
final class Background {
  private static final Logger LOG = LoggerFactory.getLogger(Background.class);
  private static final Executor THREAD =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread t = new Thread(work, "headlight-files");
            t.setDaemon(true);
            return t;
          });

  private Background() {}

  /** Asks, and hands the answer or the failure to the thread that draws. */
  static <T> void ask(Supplier<T> question, Consumer<T> answer, Consumer<RuntimeException> failed) {
    THREAD.execute(
        () -> {
          try {
            T value = question.get();
            Platform.runLater(() -> answer.accept(value));
          } catch (RuntimeException e) {
            LOG.info("{}", e.toString());
            Platform.runLater(() -> failed.accept(e));
          }
        });
  }
}
