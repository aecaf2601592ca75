package dev.headlight.app.job;

import dev.headlight.analysis.job.Job;
import java.util.List;
import java.util.function.Consumer;

/** Runs each job at once, on the thread that submits it. */
public final class SameThreadJobRunner implements JobRunner {
  @Override
  public <T> void submit(Job<T> job, Consumer<? super T> done, Consumer<? super Throwable> failed) {
    job.run();
    JobRunner.deliver(job, done, failed);
  }

  @Override
  public void tell(Runnable news) {
    news.run();
  }

  @Override
  public List<Active> active() {
    return List.of();
  }

  @Override
  public void close() {}
}
