package dev.headlight.samples.train;

import dev.headlight.samples.world.Example;
import dev.headlight.samples.world.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What one step learns from.
 *
 * @param inputs {@code length} tokens a row
 * @param targets the token after each, rows one after the other
 * @param weights how much each target counts
 */
record Batch(List<int[]> inputs, int[] targets, float[] weights) {
  /** Draws a batch; the same seed and step give the same one. */
  static Batch draw(World world, Stage stage, long seed, int step) {
    Random random = new Random(seed + 0x9E3779B97F4A7C15L * (step + 1));
    int length = stage.length();
    List<int[]> inputs = new ArrayList<>();
    int[] targets = new int[stage.rows() * length];
    float[] weights = new float[targets.length];
    for (int row = 0; row < stage.rows(); row++) {
      Example example = world.draw(random, length + 1);
      inputs.add(Arrays.copyOf(example.tokens(), length));
      System.arraycopy(example.tokens(), 1, targets, row * length, length);
      System.arraycopy(example.weights(), 1, weights, row * length, length);
    }
    return new Batch(inputs, targets, weights);
  }

  /** Share of each target in the loss: weights over their sum, or zeros where nothing counts. */
  float[] shares() {
    float sum = 0;
    for (float weight : weights) {
      sum += weight;
    }
    float[] shares = weights.clone();
    for (int i = 0; i < shares.length && sum > 0; i++) {
      shares[i] /= sum;
    }
    return shares;
  }
}
