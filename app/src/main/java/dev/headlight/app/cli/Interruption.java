package dev.headlight.app.cli;

import dev.headlight.analysis.io.AtomicFiles;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ctrl-C: asks the running work to stop, waits for it to tidy up, and ends the process with the
 * code for "cancelled" instead of the system's own.
 */
final class Interruption {
  private static final Logger LOG = LoggerFactory.getLogger(Interruption.class);
  private static final long PATIENCE_SECONDS = 5;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook;

  private Interruption(Terminal terminal) {
    hook = new Thread(() -> interrupted(terminal), "headlight-interrupted");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Does the work, which Ctrl-C may interrupt. */
  static int watching(Terminal terminal, IntSupplier work) {
    Interruption interruption = new Interruption(terminal);
    try {
      return work.getAsInt();
    } finally {
      interruption.end();
    }
  }

  private void interrupted(Terminal terminal) {
    terminal.progress().cancel();
    try {
      ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    AtomicFiles.discardUnfinished();
    terminal.flush();
    // A shutdown hook cannot change the exit code in any other way.
    Runtime.getRuntime().halt(ExitCodes.CANCELLED);
  }

  private void end() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.debug("the hook is running and ends the process", e);
    }
  }
}
