package dev.headlight.analysis.job;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * A piece of work with a title, progress and cooperative cancel. It has no thread of its own:
 * whoever calls {@link #run()} does the work; every other method may be called from any thread. End
 * states are final.
 *
 * @param <T> what the work yields
 */
public final class Job<T> implements Progress {
  /** Where a job stands; the last three are final. */
  public enum State {
    WAITING,
    RUNNING,
    DONE,
    CANCELLED,
    FAILED;

    /** Whether nothing can follow. */
    public boolean end() {
      return this != WAITING && this != RUNNING;
    }
  }

  private final String title;
  private final Function<Progress, T> work;
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
  private volatile boolean cancelled;
  private volatile double fraction = Double.NaN;
  private volatile String message = "";
  private volatile T result;
  private volatile Throwable failure;

  private Job(String title, Function<Progress, T> work) {
    this.title = title;
    this.work = work;
  }

  /** A job that has not started. */
  public static <T> Job<T> of(String title, Function<Progress, T> work) {
    return new Job<>(title, work);
  }

  /**
   * Does the work on this thread, once. Failures end in {@link #failure()}, never in the caller;
   * only errors of the virtual machine other than out-of-memory are thrown on.
   *
   * @return the end state
   */
  public State run() {
    if (cancelled) {
      state.compareAndSet(State.WAITING, State.CANCELLED);
    }
    if (!state.compareAndSet(State.WAITING, State.RUNNING)) {
      return state.get();
    }
    try {
      result = work.apply(this);
      state.set(State.DONE);
    } catch (CancellationException e) {
      state.set(State.CANCELLED);
    } catch (RuntimeException | OutOfMemoryError | LinkageError e) {
      failure = e;
      state.set(State.FAILED);
    } catch (Error e) {
      failure = e;
      state.set(State.FAILED);
      throw e;
    }
    return state.get();
  }

  /** Asks the work to stop at its next check; a job that waits never starts. */
  public void cancel() {
    cancelled = true;
    state.compareAndSet(State.WAITING, State.CANCELLED);
  }

  @Override
  public void report(double newFraction, String newMessage) {
    fraction = newFraction;
    message = newMessage;
  }

  @Override
  public boolean cancelled() {
    return cancelled;
  }

  /** What the job does, for people. */
  public String title() {
    return title;
  }

  /** Where the job stands. */
  public State state() {
    return state.get();
  }

  /** 0 to 1, or NaN when unknown. */
  public double fraction() {
    return fraction;
  }

  /** What is being done now. */
  public String message() {
    return message;
  }

  /** What the work yielded, once {@link State#DONE}. */
  public Optional<T> result() {
    return Optional.ofNullable(result);
  }

  /** Why the work failed, once {@link State#FAILED}. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }
}
