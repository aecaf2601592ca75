package dev.headlight.analysis.vision;

import dev.headlight.analysis.run.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Visual attention sinks (Kang et al. 2025, See What You Are Told: Visual Attention Sink in Large
 * Multimodal Models). A token is a sink of a layer when a sink dimension of what enters the layer
 * stands out: {@code φ(x) = max over d ∈ D of |x_d| / RMS(x) > τ}, with the plain root mean square
 * and 1e-6 under the root. D belongs to the model and is found, not known.
 *
 * @param dimensions D, ascending; empty where nothing is massive
 * @param phi φ of every token, {@code [L, T]}; 0 in layers below {@link #FIRST_LAYER}, and
 *     everywhere where D is empty
 * @param threshold τ
 */
public record VisualSinks(int[] dimensions, Tensor phi, double threshold) {
  /** τ of the paper. */
  public static final double TAU = 20;

  /** Layers before this one have no massive dimensions yet. */
  public static final int FIRST_LAYER = 2;

  /** The released dimension lists have two; some models more. */
  private static final int MOST_DIMENSIONS = 4;

  private static final double EPSILON = 1e-6;

  /**
   * Finds D and the sinks.
   *
   * @param streams what enters each layer ({@code hook_resid_pre}), {@code [T, d]} each, of all
   *     layers
   * @param threshold τ, above 0
   */
  public static VisualSinks find(List<Tensor> streams, double threshold) {
    return of(streams, dimensions(streams, threshold), threshold);
  }

  /** The sinks with D given, such as that of another prompt. */
  public static VisualSinks of(List<Tensor> streams, int[] dimensions, double threshold) {
    int tokens = streams.get(0).size(0);
    float[] phi = new float[streams.size() * tokens];
    for (int l = FIRST_LAYER; l < streams.size() && dimensions.length > 0; l++) {
      for (int t = 0; t < tokens; t++) {
        phi[l * tokens + t] = (float) phi(streams.get(l), t, dimensions);
      }
    }
    return new VisualSinks(dimensions.clone(), new Tensor(phi, streams.size(), tokens), threshold);
  }

  private static double phi(Tensor stream, int token, int[] dimensions) {
    double rms = rms(stream, token);
    int at = token * stream.size(1);
    double most = 0;
    for (int d : dimensions) {
      most = Math.max(most, Math.abs(stream.data()[at + d]) / rms);
    }
    return most;
  }

  private static double rms(Tensor stream, int token) {
    int width = stream.size(1);
    double sum = 0;
    for (int i = token * width; i < (token + 1) * width; i++) {
      sum += (double) stream.data()[i] * stream.data()[i];
    }
    return Math.sqrt(sum / width + EPSILON);
  }

  /**
   * The dimensions that stand out by more than τ at the first token or at the most massive one, in
   * most of the layers from {@link #FIRST_LAYER} on where one does; the strongest four at most.
   */
  static int[] dimensions(List<Tensor> streams, double threshold) {
    int width = streams.get(0).size(1);
    int[] times = new int[width];
    double[] strength = new double[width];
    int layers = 0;
    for (int l = FIRST_LAYER; l < streams.size(); l++) {
      boolean any = false;
      boolean[] out = new boolean[width];
      for (int token : new int[] {0, massive(streams.get(l))}) {
        double rms = rms(streams.get(l), token);
        for (int d = 0; d < width; d++) {
          double ratio = Math.abs(streams.get(l).data()[token * width + d]) / rms;
          out[d] |= ratio > threshold;
          strength[d] += ratio > threshold ? ratio : 0;
        }
      }
      for (int d = 0; d < width; d++) {
        times[d] += out[d] ? 1 : 0;
        any |= out[d];
      }
      layers += any ? 1 : 0;
    }
    int needed = (layers + 1) / 2;
    int found = layers;
    return IntStream.range(0, width)
        .filter(d -> found > 0 && times[d] >= needed)
        .boxed()
        .sorted((a, b) -> Double.compare(strength[b], strength[a]))
        .limit(MOST_DIMENSIONS)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }

  /** The token with the largest magnitude. */
  private static int massive(Tensor stream) {
    int best = 0;
    for (int i = 0; i < stream.data().length; i++) {
      best = Math.abs(stream.data()[i]) > Math.abs(stream.data()[best]) ? i : best;
    }
    return best / stream.size(1);
  }

  /** Positions of a layer's sinks, ascending: text and picture. */
  public List<Integer> sinks(int layer) {
    int tokens = phi.size(1);
    List<Integer> sinks = new ArrayList<>();
    for (int t = 0; t < tokens; t++) {
      if (phi.data()[layer * tokens + t] > threshold) {
        sinks.add(t);
      }
    }
    return Collections.unmodifiableList(sinks);
  }

  /** The sinks of a layer that are image tokens. */
  public List<Integer> visual(int layer, ImageSpan span) {
    return sinks(layer).stream().filter(span::isImage).toList();
  }

  /** Numbers of a tile's patches that are sinks of a layer. */
  public List<Integer> patches(int layer, ImageSpan.Part part) {
    List<Integer> sinks = sinks(layer);
    return IntStream.range(0, part.positions().length)
        .filter(i -> sinks.contains(part.positions()[i]))
        .boxed()
        .toList();
  }

  /**
   * What a row says of a head's interest in the picture.
   *
   * @param image V, the row's attention to image tokens
   * @param rest r, the part of it that is not on visual sinks, 0 to 1; NaN where V is 0
   */
  public record Interest(double image, double rest) {
    /** V from which a head is image-centric, where its rest is large enough. */
    public static final double LEAST_IMAGE = 0.2;

    /** The paper's ρ for general tasks; 0.5 for hallucination, 0.9 where the picture is all. */
    public static final double RHO = 0.8;

    /** Whether V ≥ {@code leastImage} and r ≥ {@code rho}. */
    public boolean imageCentric(double leastImage, double rho) {
      return image >= leastImage && rest >= rho;
    }
  }

  /** V and r of an attention row {@code [T]} of a layer. */
  public Interest interest(float[] row, int layer, ImageSpan span) {
    double image = Arrays.stream(span.image()).mapToDouble(i -> row[i]).sum();
    double sunk = visual(layer, span).stream().mapToDouble(i -> row[i]).sum();
    return new Interest(image, image == 0 ? Double.NaN : (image - sunk) / image);
  }

  @Override
  public String toString() {
    return "VisualSinks[D = " + Arrays.toString(dimensions) + ", τ = " + threshold + "]";
  }
}
