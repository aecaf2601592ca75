package dev.headlight.analysis.job;

import java.util.concurrent.CancellationException;

/** How far a piece of work is, and whether it should stop. Called from the working thread. */
public interface Progress {
  /** Says nothing and never stops. */
  Progress NONE =
      new Progress() {
        @Override
        public void report(double fraction, String message) {}

        @Override
        public boolean cancelled() {
          return false;
        }
      };

  /**
   * Reports how far the work is.
   *
   * @param fraction 0 to 1, or NaN when unknown
   * @param message what is being done, for people
   */
  void report(double fraction, String message);

  /** Whether somebody asked the work to stop. */
  boolean cancelled();

  /**
   * Leaves the work when it was cancelled.
   *
   * @throws CancellationException when {@link #cancelled()}
   */
  default void check() {
    if (cancelled()) {
      throw new CancellationException("cancelled");
    }
  }

  /** The cancel of this progress without its reports, for parts that are told of elsewhere. */
  default Progress silent() {
    Progress outer = this;
    return new Progress() {
      @Override
      public void report(double fraction, String message) {}

      @Override
      public boolean cancelled() {
        return outer.cancelled();
      }
    };
  }

  /** This progress, with fractions mapped into {@code [from, to]}. */
  default Progress part(double from, double to) {
    Progress outer = this;
    return new Progress() {
      @Override
      public void report(double fraction, String message) {
        outer.report(from + (to - from) * fraction, message);
      }

      @Override
      public boolean cancelled() {
        return outer.cancelled();
      }
    };
  }
}
