package dev.headlight.app.job;

import dev.headlight.analysis.job.Job;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javafx.application.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs jobs on one thread of its own and hands outcomes to the JavaFX thread. */
public final class FxJobRunner implements JobRunner {
  private static final Logger LOG = LoggerFactory.getLogger(FxJobRunner.class);
  private static final int PATIENCE_SECONDS = 5;

  private final ExecutorService thread;
  private final List<Active> active = new CopyOnWriteArrayList<>();

  /**
   * @param name of the thread
   */
  public FxJobRunner(String name) {
    thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread t = new Thread(work, name);
              t.setDaemon(true);
              return t;
            });
  }

  @Override
  public <T> void submit(Job<T> job, Consumer<? super T> done, Consumer<? super Throwable> failed) {
    Active entry = new Active(job, System.nanoTime());
    if (thread.isShutdown()) {
      job.cancel();
      return;
    }
    active.add(entry);
    thread.execute(
        () -> {
          try {
            job.run();
          } finally {
            active.remove(entry);
          }
          Platform.runLater(() -> JobRunner.deliver(job, done, failed));
        });
  }

  /** Does some last work after all that was submitted, and ends; waits a few seconds for it. */
  public void closeAfter(Runnable last) {
    active.forEach(a -> a.job().cancel());
    thread.execute(last);
    close();
    try {
      if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("the last job did not end within {} s", PATIENCE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void tell(Runnable news) {
    Platform.runLater(news);
  }

  @Override
  public List<Active> active() {
    return List.copyOf(active);
  }

  @Override
  public void close() {
    active.forEach(a -> a.job().cancel());
    thread.shutdown();
  }
}
