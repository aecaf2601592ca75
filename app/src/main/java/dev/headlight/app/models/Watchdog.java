package dev.headlight.app.models;

import dev.headlight.analysis.job.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a stream that brings nothing for a while, or whose reader was told to stop while it waits:
 * a read that waits hears neither.
 */
final class Watchdog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
  private static final long LOOK_MILLIS = 200;
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final InputStream stream;
  private final Progress progress;
  private final Thread thread = new Thread(this::watch, "headlight-download-watch");
  private volatile long last = System.nanoTime();

  Watchdog(InputStream stream, Progress progress) {
    this.stream = stream;
    this.progress = progress;
    thread.setDaemon(true);
    thread.start();
  }

  /** Something came. */
  void alive() {
    last = System.nanoTime();
  }

  private void watch() {
    try {
      while (!progress.cancelled() && System.nanoTime() - last < SILENCE_NANOS) {
        Thread.sleep(LOOK_MILLIS);
      }
      stream.close();
    } catch (InterruptedException e) {
      LOG.trace("the transfer is over");
    } catch (IOException e) {
      LOG.debug("closing a stream that brought nothing", e);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
