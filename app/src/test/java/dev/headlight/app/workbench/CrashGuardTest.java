package dev.headlight.app.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import org.junit.jupiter.api.Test;

class CrashGuardTest {
  private final Workbench w = new Workbench();
  private final CrashGuard guard = new CrashGuard(w, Runnable::run);

  private Notice after(Throwable failure) {
    guard.uncaughtException(Thread.currentThread(), failure);
    return w.notice.get();
  }

  @Test
  void theUnexpectedHasDetailsToCopy() {
    Notice notice = after(new IllegalStateException("broken"));
    assertTrue(notice.problem());
    assertTrue(notice.message().contains("broken"), notice.message());
    assertTrue(notice.details().startsWith("Headlight "), notice.details());
    assertTrue(notice.details().contains("CrashGuardTest"), notice.details());
  }

  @Test
  void whatTheUserCanPutRightHasNoDetails() {
    Notice notice = after(new HeadlightException(HeadlightException.Kind.INPUT, "no such file."));
    assertEquals("no such file.", notice.message());
    assertEquals("", notice.details());
  }

  @Test
  void theSameAgainIsCounted() {
    RuntimeException same = new IllegalStateException("again");
    after(same);
    after(same);
    assertTrue(after(same).message().endsWith("(3 times)"), w.notice.get().message());
    assertTrue(!after(new IllegalStateException("other")).message().contains("times"));
  }
}
