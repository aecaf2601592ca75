package dev.headlight.samples.train;

/**
 * Linear warm-up, the peak for a while, then half a cosine.
 *
 * @param peak learning rate at the top
 * @param warmUp steps until then
 * @param hold step at which the cosine begins
 * @param floor share of the peak that the cosine ends at
 * @param steps steps of the whole training
 */
record LearningRate(double peak, int warmUp, int hold, double floor, int steps) {
  double at(int step) {
    double rise = Math.min(1, (step + 1.0) / warmUp);
    int past = Math.max(0, step - hold);
    double fall = 0.5 * (1 + Math.cos(Math.PI * past / (steps - hold)));
    return peak * rise * (floor + (1 - floor) * fall);
  }
}
