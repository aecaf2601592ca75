package dev.headlight.samples.train;

import ai.djl.ndarray.NDArray;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * AdamW (Loshchilov and Hutter 2019) with gradients clipped by their global norm. Its state lies on
 * the Java heap, so that it can be written to a file and read again; the arithmetic is ours, in a
 * fixed order, and so the same on every run.
 */
final class AdamW {
  /**
   * Constants of the optimizer.
   *
   * @param beta1 decay of the mean gradient
   * @param beta2 decay of the mean square
   * @param epsilon added to the root of the mean square
   * @param weightDecay decoupled weight decay, of matrices only
   * @param clip largest global norm of the gradients
   */
  record Constants(double beta1, double beta2, double epsilon, double weightDecay, double clip) {}

  private final Constants constants;
  private final List<Parameter> parameters;
  private final List<float[]> means;
  private final List<float[]> squares;

  AdamW(Constants constants, List<Parameter> parameters) {
    this.constants = constants;
    this.parameters = parameters;
    this.means = parameters.stream().map(p -> new float[p.size()]).toList();
    this.squares = parameters.stream().map(p -> new float[p.size()]).toList();
  }

  /** Running means of the gradients, one array a parameter. */
  List<float[]> means() {
    return means;
  }

  /** Running means of the squared gradients, one array a parameter. */
  List<float[]> squares() {
    return squares;
  }

  /**
   * Changes every parameter by its gradient.
   *
   * @param step 0 for the first
   * @return global norm of the gradients before clipping
   */
  double update(int step, double learningRate) {
    List<float[]> gradients = parameters.stream().map(AdamW::gradient).toList();
    double norm = norm(gradients);
    float scale = (float) Math.min(1, constants.clip() / (norm + 1e-6));
    for (int i = 0; i < gradients.size(); i++) {
      update(i, gradients.get(i), scale, learningRate, step + 1);
    }
    return norm;
  }

  /** Takes a gradient out, and leaves zeros: the engine would add the next one to it. */
  private static float[] gradient(Parameter parameter) {
    try (NDArray gradient = parameter.array().getGradient()) {
      float[] values = gradient.toFloatArray();
      FloatBuffer memory = Parameter.memory(gradient);
      while (memory.hasRemaining()) {
        memory.put(0);
      }
      return values;
    }
  }

  private static double norm(List<float[]> gradients) {
    double sum = 0;
    for (float[] gradient : gradients) {
      for (float g : gradient) {
        sum += (double) g * g;
      }
    }
    return Math.sqrt(sum);
  }

  private void update(int index, float[] gradient, float scale, double rate, int time) {
    Parameter parameter = parameters.get(index);
    float[] mean = means.get(index);
    float[] square = squares.get(index);
    float beta1 = (float) constants.beta1();
    float beta2 = (float) constants.beta2();
    float size = (float) (rate / (1 - Math.pow(constants.beta1(), time)));
    float correction = (float) (1 / (1 - Math.pow(constants.beta2(), time)));
    float epsilon = (float) constants.epsilon();
    float keep = parameter.decays() ? (float) (1 - rate * constants.weightDecay()) : 1;
    FloatBuffer memory = parameter.memory();
    for (int i = 0; i < gradient.length; i++) {
      float g = gradient[i] * scale;
      mean[i] = beta1 * mean[i] + (1 - beta1) * g;
      square[i] = beta2 * square[i] + (1 - beta2) * g * g;
      float root = (float) Math.sqrt(square[i] * correction);
      memory.put(i, keep * memory.get(i) - size * mean[i] / (root + epsilon));
    }
  }
}
