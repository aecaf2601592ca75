package dev.headlight.app.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.job.Job;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LatestOnlyTest {
  private final Later runner = new Later();
  private final LatestOnly latest = new LatestOnly(runner);
  private final List<String> heard = new ArrayList<>();

  /** Does the work when told to, and delivers when told to. */
  private static final class Later implements JobRunner {
    private final Queue<Runnable> work = new ArrayDeque<>();
    private final Queue<Runnable> deliveries = new ArrayDeque<>();

    @Override
    public <T> void submit(
        Job<T> job, Consumer<? super T> done, Consumer<? super Throwable> failed) {
      work.add(
          () -> {
            job.run();
            deliveries.add(() -> JobRunner.deliver(job, done, failed));
          });
    }

    @Override
    public void tell(Runnable news) {
      deliveries.add(news);
    }

    @Override
    public List<Active> active() {
      return List.of();
    }

    @Override
    public void close() {}

    void workAll() {
      while (!work.isEmpty()) {
        work.remove().run();
      }
    }

    void deliverAll() {
      while (!deliveries.isEmpty()) {
        deliveries.remove().run();
      }
    }
  }

  private Job<String> ask(Object key, String answer) {
    Job<String> job = Job.of(answer, progress -> answer);
    latest.submit(key, job, heard::add, failure -> heard.add(failure.getMessage()));
    return job;
  }

  @Test
  void newerCancelsTheOlderOfItsKey() {
    Job<String> older = ask("map", "old");
    ask("map", "new");
    ask("row", "row");
    assertTrue(older.cancelled());
    runner.workAll();
    runner.deliverAll();
    assertEquals(List.of("new", "row"), heard);
  }

  @Test
  void resultThatWasOvertakenOnItsWayIsDropped() {
    ask("map", "old");
    runner.workAll();
    ask("map", "new");
    runner.workAll();
    runner.deliverAll();
    assertEquals(List.of("new"), heard);
  }

  @Test
  void cancelledAnswersNobody() {
    ask("map", "old");
    assertTrue(latest.busy("map"));
    latest.cancel("map");
    assertFalse(latest.busy("map"));
    runner.workAll();
    runner.deliverAll();
    assertEquals(List.of(), heard);
  }

  @Test
  void failureIsHeardOnce() {
    Job<String> job =
        Job.of(
            "fails",
            progress -> {
              throw new IllegalStateException("no");
            });
    latest.submit("map", job, heard::add, failure -> heard.add(failure.getMessage()));
    runner.workAll();
    runner.deliverAll();
    assertEquals(List.of("no"), heard);
  }

  @Test
  void sameThreadRunnerAnswersAtOnce() {
    try (JobRunner now = new SameThreadJobRunner()) {
      now.submit(Job.of("now", progress -> "done"), heard::add, failure -> heard.add("failed"));
    }
    assertEquals(List.of("done"), heard);
  }
}
