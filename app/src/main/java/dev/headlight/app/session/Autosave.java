package dev.headlight.app.session;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the newest state of a session a moment after it changed, on a thread of its own. When that
 * fails, the former file stays and the failure is told once, until it works again.
 */
public final class Autosave implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Autosave.class);
  private static final int PATIENCE_SECONDS = 10;

  private final long delayMillis;
  private final Consumer<RuntimeException> failed;
  private final AtomicReference<Task> newest = new AtomicReference<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread t = new Thread(work, "headlight-autosave");
            t.setDaemon(true);
            return t;
          });
  private boolean broken;

  private record Task(Path file, Session session) {}

  /**
   * @param delayMillis between a change and its writing
   * @param failed hears, on this object's thread, why the session is not written
   */
  public Autosave(long delayMillis, Consumer<RuntimeException> failed) {
    this.delayMillis = delayMillis;
    this.failed = failed;
  }

  /** Has the session written soon; of several within the delay only the newest. */
  public void save(Path file, Session session) {
    boolean waiting = newest.getAndSet(new Task(file, session)) != null;
    if (!waiting && !thread.isShutdown()) {
      CompletableFuture.delayedExecutor(delayMillis, TimeUnit.MILLISECONDS, thread)
          .execute(this::write);
    }
  }

  private void write() {
    Task task = newest.getAndSet(null);
    if (task == null) {
      return;
    }
    try {
      SessionFile.writeLinked(task.file(), task.session());
      broken = false;
    } catch (RuntimeException e) {
      LOG.warn("{} is not saved: {}", task.file(), e.toString());
      if (!broken) {
        failed.accept(e);
      }
      broken = true;
    }
  }

  /** Runs something after what is to be written, which is written now. */
  public void after(Runnable action) {
    if (!thread.isShutdown()) {
      thread.execute(
          () -> {
            write();
            action.run();
          });
    }
  }

  /** Writes what is to be written, and ends; waits a few seconds for it. */
  @Override
  public void close() {
    try {
      thread.submit(this::write).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("the last state of the session is not saved", e);
    }
    thread.shutdownNow();
  }
}
