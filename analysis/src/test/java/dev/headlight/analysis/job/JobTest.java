package dev.headlight.analysis.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class JobTest {
  @Test
  void yieldsItsResultOnce() {
    int[] runs = {0};
    Job<Integer> job = Job.of("count", p -> ++runs[0]);
    assertEquals(Job.State.WAITING, job.state());
    assertEquals(Job.State.DONE, job.run());
    assertEquals(Job.State.DONE, job.run());
    assertEquals(1, job.result().orElseThrow());
  }

  @Test
  void keepsItsFailure() {
    Job<Integer> job =
        Job.of(
            "fail",
            p -> {
              throw new IllegalStateException("no");
            });
    assertEquals(Job.State.FAILED, job.run());
    assertEquals("no", job.failure().orElseThrow().getMessage());
    job.cancel();
    assertEquals(Job.State.FAILED, job.state());
  }

  @Test
  void stopsAtItsNextCheck() {
    Job<Integer> job =
        Job.of(
            "stop",
            p -> {
              ((Job<?>) p).cancel();
              p.check();
              return 1;
            });
    assertEquals(Job.State.CANCELLED, job.run());
    assertTrue(job.result().isEmpty());
  }

  @Test
  void neverStartsWhenCancelledBefore() {
    Job<Integer> job = Job.of("late", p -> 1);
    job.cancel();
    assertEquals(Job.State.CANCELLED, job.run());
    assertThrows(CancellationException.class, job::check);
  }

  @Test
  void partsMapIntoTheWhole() {
    Job<Double> job =
        Job.of(
            "parts",
            p -> {
              p.part(0.5, 1).report(0.5, "second half");
              return ((Job<?>) p).fraction();
            });
    job.run();
    assertEquals(0.75, job.result().orElseThrow());
    assertEquals("second half", job.message());
  }
}
