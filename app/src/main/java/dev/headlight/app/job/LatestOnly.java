package dev.headlight.app.job;

import dev.headlight.analysis.job.Job;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Lets only the newest job of each key count: a newer one cancels the older, and a result that is
 * no longer the newest is dropped. Belongs to the thread of the user interface.
 */
public final class LatestOnly {
  private final JobRunner runner;
  private final Map<Object, Job<?>> newest = new HashMap<>();

  /**
   * @param runner does the work
   */
  public LatestOnly(JobRunner runner) {
    this.runner = runner;
  }

  /** Cancels the key's older job and runs this one. */
  public <T> void submit(
      Object key, Job<T> job, Consumer<? super T> done, Consumer<? super Throwable> failed) {
    cancel(key);
    newest.put(key, job);
    runner.submit(
        job,
        result -> {
          if (newest.remove(key, job)) {
            done.accept(result);
          }
        },
        failure -> {
          if (newest.remove(key, job)) {
            failed.accept(failure);
          }
        });
  }

  /** Cancels the key's job, if one is on its way. */
  public void cancel(Object key) {
    Job<?> older = newest.remove(key);
    if (older != null) {
      older.cancel();
    }
  }

  /** Whether a job of this key is on its way. */
  public boolean busy(Object key) {
    Job<?> job = newest.get(key);
    return job != null && !job.state().end();
  }
}
