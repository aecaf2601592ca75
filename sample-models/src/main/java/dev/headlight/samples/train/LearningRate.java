package dev.headlight.samples.train;

import java.util.Optional;

/**
 * Linear warm-up, the peak for a while, then half a cosine.
 *
 * @param peak learning rate at the top
 * @param warmUp steps until then
 * @param hold step at which the cosine begins
 * @param floor share of the peak that the cosine ends at
 * @param steps steps until its end
 * @param then what follows, its steps counted from there (a warm restart, Loshchilov and Hutter
 *     2017); empty at the end of the training
 */
record LearningRate(
    double peak, int warmUp, int hold, double floor, int steps, Optional<LearningRate> then) {
  /** A rate for the whole training. */
  LearningRate(double peak, int warmUp, int hold, double floor, int steps) {
    this(peak, warmUp, hold, floor, steps, Optional.empty());
  }

  double at(int step) {
    if (step >= steps && then.isPresent()) {
      return then.get().at(step - steps);
    }
    double rise = Math.min(1, (step + 1.0) / warmUp);
    int past = Math.max(0, step - hold);
    double fall = 0.5 * (1 + Math.cos(Math.PI * past / (steps - hold)));
    return peak * rise * (floor + (1 - floor) * fall);
  }
}
