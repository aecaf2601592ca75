package dev.headlight.samples.train;

import dev.headlight.samples.world.Aim;
import dev.headlight.samples.world.Example;
import dev.headlight.samples.world.Sight;
import dev.headlight.samples.world.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What one step learns from.
 *
 * @param inputs {@code length} tokens a row
 * @param targets the token after each, rows one after the other
 * @param weights how much each target counts
 * @param sights what the sequences are about, one a row; empty where they are about none
 */
record Batch(List<int[]> inputs, int[] targets, float[] weights, List<Sight> sights) {
  /** Draws a batch; the same seed and step give the same one. */
  static Batch draw(World world, Stage stage, long seed, int step) {
    Random random = new Random(seed + 0x9E3779B97F4A7C15L * (step + 1));
    int length = stage.length();
    List<int[]> inputs = new ArrayList<>();
    List<Sight> sights = new ArrayList<>();
    int[] targets = new int[stage.rows() * length];
    float[] weights = new float[targets.length];
    for (int row = 0; row < stage.rows(); row++) {
      Example example = world.draw(random, length + 1);
      inputs.add(Arrays.copyOf(example.tokens(), length));
      System.arraycopy(example.tokens(), 1, targets, row * length, length);
      System.arraycopy(example.weights(), 1, weights, row * length, length);
      example.sight().ifPresent(sights::add);
    }
    return new Batch(inputs, targets, weights, sights);
  }

  /** Red, green and blue of the pixels of the pictures. */
  List<byte[]> pictures() {
    return sights.stream().map(Sight::rgb).toList();
  }

  /** Where the answers of each sequence lie. */
  List<List<Aim>> aims() {
    return sights.stream().map(Sight::aims).toList();
  }

  /** Words of the patches of all pictures. */
  long[] words() {
    return sights.stream()
        .flatMapToInt(sight -> Arrays.stream(sight.words()))
        .asLongStream()
        .toArray();
  }

  /** Share of each word of the patches: weights over their sum, times all. */
  float[] wordShares(double all) {
    float[] shares = new float[sights.size() * sights.get(0).weights().length];
    float sum = 0;
    for (int i = 0; i < shares.length; i++) {
      float[] weights = sights.get(i * sights.size() / shares.length).weights();
      shares[i] = weights[i % weights.length];
      sum += shares[i];
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] *= (float) (all / sum);
    }
    return shares;
  }

  /**
   * How many rows, counted from the end, have a target that counts; every row where the first has.
   */
  int tail() {
    int length = inputs.get(0).length;
    int first = length - 1;
    for (int i = 0; i < weights.length; i++) {
      first = weights[i] > 0 ? Math.min(first, i % length) : first;
    }
    return length - first;
  }

  /** Targets of the last rows. */
  long[] targets(int rows) {
    return tail(rows).mapToLong(i -> targets[i]).toArray();
  }

  /** Shares of the last rows, outside of which there are none. */
  float[] shares(int rows) {
    float[] all = shares();
    int[] kept = tail(rows).toArray();
    float[] shares = new float[kept.length];
    for (int i = 0; i < kept.length; i++) {
      shares[i] = all[kept[i]];
    }
    return shares;
  }

  private IntStream tail(int rows) {
    int length = inputs.get(0).length;
    return IntStream.range(0, targets.length).filter(i -> i % length >= length - rows);
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
