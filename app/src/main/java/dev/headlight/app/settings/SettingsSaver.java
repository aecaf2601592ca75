package dev.headlight.app.settings;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the newest settings a moment after they changed, on a thread of its own. */
public final class SettingsSaver implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SettingsSaver.class);
  private static final long DELAY_MS = 300;
  private static final int PATIENCE_SECONDS = 5;

  private final SettingsFile file;
  private final AtomicReference<Settings> newest = new AtomicReference<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread t = new Thread(work, "headlight-settings");
            t.setDaemon(true);
            return t;
          });

  /**
   * @param file only this object writes it
   */
  public SettingsSaver(SettingsFile file) {
    this.file = file;
  }

  /** Has settings written soon; of several within a moment only the newest. */
  public void save(Settings settings) {
    if (newest.getAndSet(settings) == null && !thread.isShutdown()) {
      CompletableFuture.delayedExecutor(DELAY_MS, TimeUnit.MILLISECONDS, thread)
          .execute(this::write);
    }
  }

  private void write() {
    Settings settings = newest.getAndSet(null);
    if (settings != null) {
      file.save(settings);
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
      LOG.warn("the last settings are not remembered", e);
    }
    thread.shutdownNow();
  }
}
