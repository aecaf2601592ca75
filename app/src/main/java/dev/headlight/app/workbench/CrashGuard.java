package dev.headlight.app.workbench;

import dev.headlight.analysis.io.Version;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What nobody expected becomes a notice with details to copy, and the window lives on with all that
 * is in it. The same failure again and again is told once, with its number.
 */
public final class CrashGuard implements Thread.UncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(CrashGuard.class);

  private final Workbench w;
  private final Consumer<Runnable> fx;
  private String last = "";
  private int times;

  /**
   * @param fx runs something on the thread of the window
   */
  public CrashGuard(Workbench workbench, Consumer<Runnable> fx) {
    this.w = workbench;
    this.fx = fx;
  }

  @Override
  public void uncaughtException(Thread thread, Throwable failure) {
    int count = count(failure);
    if (count == 1) {
      LOG.error("uncaught on {}", thread.getName(), failure);
    }
    Notice notice = notice(thread, failure, count);
    fx.accept(() -> w.notice.set(notice));
  }

  private synchronized int count(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    String now = failure + (trace.length == 0 ? "" : " at " + trace[0]);
    times = now.equals(last) ? times + 1 : 1;
    last = now;
    return times;
  }

  private static Notice notice(Thread thread, Throwable failure, int count) {
    Notice plain = Notice.of(failure);
    String times = count == 1 ? "" : " (" + count + " times)";
    String about =
        "Headlight %s, Java %s, %s %s, thread %s%n"
            .formatted(
                Version.text(),
                System.getProperty("java.version"),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                thread.getName());
    String details = plain.details().isEmpty() ? "" : about + plain.details();
    return new Notice(true, plain.message() + times, details);
  }
}
