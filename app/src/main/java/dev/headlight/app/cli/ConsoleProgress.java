package dev.headlight.app.cli;

import dev.headlight.analysis.job.Progress;
import java.io.Console;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;

/**
 * Progress on standard error: a bar that redraws itself on a terminal, elsewhere at most one line a
 * second; nothing at all for work that is over at once.
 */
final class ConsoleProgress implements Progress {
  private static final long BAR_NANOS = 100_000_000L;
  private static final long LINE_NANOS = 1_000_000_000L;
  private static final int BAR = 24;
  private static final int WIDTH = 78;

  private final PrintStream err;
  private final boolean bar = isTerminal();
  private volatile boolean cancelled;
  private long last = System.nanoTime();
  private boolean drawn;

  ConsoleProgress(PrintStream err) {
    this.err = err;
  }

  @Override
  public synchronized void report(double fraction, String message) {
    long now = System.nanoTime();
    if (now - last < (bar ? BAR_NANOS : LINE_NANOS)) {
      return;
    }
    last = now;
    if (bar) {
      draw(fraction, message);
    } else {
      err.println("headlight: " + percent(fraction) + message);
    }
  }

  @Override
  public boolean cancelled() {
    return cancelled;
  }

  /** Asks the work to stop at its next check. */
  void cancel() {
    cancelled = true;
  }

  /** Takes the bar away, so that other lines can follow. */
  synchronized void clear() {
    if (drawn) {
      err.print("\r" + " ".repeat(WIDTH) + "\r");
      err.flush();
      drawn = false;
    }
  }

  private void draw(double fraction, String message) {
    int full = Double.isNaN(fraction) ? 0 : (int) Math.round(Math.min(1, fraction) * BAR);
    String line = "█".repeat(full) + "░".repeat(BAR - full) + " " + percent(fraction) + message;
    String cut = line.length() > WIDTH ? line.substring(0, WIDTH - 1) + "…" : line;
    err.print("\r" + cut + " ".repeat(WIDTH - cut.length()));
    err.flush();
    drawn = true;
  }

  private static String percent(double fraction) {
    return Double.isNaN(fraction) ? "" : "%3.0f %% ".formatted(100 * Math.min(1, fraction));
  }

  // Before Java 22 there is no console without a terminal; the second question is for later ones.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }
}
