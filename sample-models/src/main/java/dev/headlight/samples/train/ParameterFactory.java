package dev.headlight.samples.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.model.NormWeights;
import dev.headlight.analysis.model.Projection;
import dev.headlight.analysis.model.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes parameters and remembers them in order. */
final class ParameterFactory {
  private final Random random;
  private final NDManager manager;
  private final String prefix;
  private final List<Parameter> all;

  /**
   * A factory.
   *
   * @param root what all names begin with
   */
  ParameterFactory(Random random, NDManager manager, String root) {
    this(random, manager, root, new ArrayList<>());
  }

  private ParameterFactory(Random random, NDManager manager, String prefix, List<Parameter> all) {
    this.random = random;
    this.manager = manager;
    this.prefix = prefix;
    this.all = all;
  }

  /** The same factory with a longer prefix of names. */
  ParameterFactory within(String part) {
    return new ParameterFactory(random, manager, prefix + part, all);
  }

  /** Every parameter made so far. */
  List<Parameter> all() {
    return List.copyOf(all);
  }

  float[] normals(double deviation, int rows, int columns) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }

  Parameter normal(String name, double deviation, int rows, int columns) {
    return of(name, normals(deviation, rows, columns), rows, columns);
  }

  /** A matrix, stored as it is. */
  Parameter of(String name, float[] values, long... shape) {
    return add(name, values, false, shape);
  }

  /**
   * A layer without bias whose rows files have as several tensors.
   *
   * @param parts names and numbers of rows of the tensors, in order
   */
  Projection stacked(String name, float[] values, int in, Map<String, Integer> parts) {
    Map<String, Integer> named = new LinkedHashMap<>();
    parts.forEach((part, rows) -> named.put(prefix + part, rows));
    int out = parts.values().stream().mapToInt(Integer::intValue).sum();
    return new Projection(Weight.of(add(name, values, named, out, in).array()), null);
  }

  /**
   * A layer with bias whose rows files have as several layers of the same width.
   *
   * @param parts names of the layers, in order
   */
  Projection stacked(String name, float[] values, int in, List<String> parts) {
    int out = values.length / in;
    Map<String, Integer> weights = new LinkedHashMap<>();
    Map<String, Integer> biases = new LinkedHashMap<>();
    for (String part : parts) {
      weights.put(prefix + part + ".weight", out / parts.size());
      biases.put(prefix + part + ".bias", out / parts.size());
    }
    Parameter weight = add(name + ".weight", values, weights, out, in);
    Parameter bias = add(name + ".bias", new float[out], biases, out);
    return new Projection(Weight.of(weight.array()), bias.array());
  }

  /** A layer with bias. */
  Projection affine(String name, float[] values, int out, int in) {
    Parameter weight = of(name + ".weight", values, out, in);
    Parameter bias = add(name + ".bias", new float[out], false, out);
    return new Projection(Weight.of(weight.array()), bias.array());
  }

  /**
   * A matrix that files have with other axes.
   *
   * @param filed the axes there
   */
  Parameter of(String name, float[] values, List<Long> filed, long... shape) {
    return add(new Parameter(prefix + name, array(values, shape), false, true, Map.of(), filed));
  }

  /** A layer without bias. */
  Projection linear(String name, float[] values, int out, int in) {
    return new Projection(Weight.of(of(name, values, out, in).array()), null);
  }

  /** A layer that files store as {@code [in, out]}. */
  Projection conv1d(String name, float[] values, int out, int in) {
    Parameter weight = add(name + ".weight", values, true, out, in);
    Parameter bias = add(name + ".bias", new float[out], false, out);
    return new Projection(Weight.of(weight.array()), bias.array());
  }

  /** A norm that only scales. */
  NormWeights scale(String name, int width) {
    float[] ones = new float[width];
    Arrays.fill(ones, 1);
    return new NormWeights(add(name, ones, false, width).array(), null);
  }

  NormWeights norm(String name, int width) {
    float[] ones = new float[width];
    Arrays.fill(ones, 1);
    Parameter weight = add(name + ".weight", ones, false, width);
    Parameter bias = add(name + ".bias", new float[width], false, width);
    return new NormWeights(weight.array(), bias.array());
  }

  private Parameter add(String name, float[] values, boolean turned, long... shape) {
    return add(new Parameter(prefix + name, array(values, shape), turned, shape.length > 1));
  }

  private Parameter add(String name, float[] values, Map<String, Integer> parts, long... shape) {
    NDArray array = array(values, shape);
    boolean decays = shape.length > 1;
    return add(new Parameter(prefix + name, array, false, decays, parts, List.of()));
  }

  private NDArray array(float[] values, long... shape) {
    NDArray array = manager.create(values, new Shape(shape));
    array.setRequiresGradient(true);
    return array;
  }

  private Parameter add(Parameter parameter) {
    all.add(parameter);
    return parameter;
  }
}
