package dev.headlight.app.job;

import dev.headlight.analysis.job.Job;
import java.util.List;
import java.util.function.Consumer;

/** Runs jobs one after the other and hands their outcome to the thread of the user interface. */
public interface JobRunner extends AutoCloseable {
  /**
   * Runs a job in turn. Of a cancelled job neither consumer hears.
   *
   * @param done takes the result
   * @param failed takes what the work threw
   */
  <T> void submit(Job<T> job, Consumer<? super T> done, Consumer<? super Throwable> failed);

  /** Runs something where results are delivered, after what was delivered before. */
  void tell(Runnable news);

  /** Jobs that wait or run, the oldest first. */
  List<Active> active();

  /** Cancels what waits and runs, and ends. */
  @Override
  void close();

  /**
   * A job that has not ended.
   *
   * @param job the work
   * @param since when it was submitted, as of {@link System#nanoTime()}
   */
  record Active(Job<?> job, long since) {}

  /** Hands a finished job to one of two consumers, on the calling thread. */
  static <T> void deliver(
      Job<T> job, Consumer<? super T> done, Consumer<? super Throwable> failed) {
    if (job.state() == Job.State.DONE && !job.cancelled()) {
      done.accept(job.result().orElse(null));
    } else if (job.state() == Job.State.FAILED && !job.cancelled()) {
      failed.accept(job.failure().orElseThrow());
    }
  }
}
