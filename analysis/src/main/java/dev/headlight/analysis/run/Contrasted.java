package dev.headlight.analysis.run;

import dev.headlight.analysis.model.VisionWeights.Contrast;
import java.util.List;

/**
 * What two towers say of a text and of pictures (CLIP, SigLIP).
 *
 * @param text the text's embedding, of length 1
 * @param images embeddings of the pictures, each of length 1; empty without pictures
 * @param logits of each picture with the text: {@code scale · cosine + bias}
 * @param contrast scale and bias, and whether texts are weighed against each other
 */
public record Contrasted(float[] text, List<float[]> images, float[] logits, Contrast contrast) {
  /** Copies the list. */
  public Contrasted {
    images = List.copyOf(images);
  }

  static Contrasted of(float[] text, List<float[]> images, Contrast contrast) {
    float[] one = unit(text);
    List<float[]> others = images.stream().map(Contrasted::unit).toList();
    float[] logits = new float[others.size()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) (contrast.scale() * product(one, others.get(i)) + contrast.bias());
    }
    return new Contrasted(one, others, logits, contrast);
  }

  /** The same pictures with the text of another run, which may have seen none. */
  public Contrasted with(Contrasted other) {
    return of(other.text, images, contrast);
  }

  /** Cosine of the text with a picture, −1 to 1. */
  public double cosine(int image) {
    return product(text, images.get(image));
  }

  /**
   * How probable each of several texts is for a picture: by a softmax over the texts (CLIP), or
   * each by itself by a sigmoid (SigLIP).
   *
   * @param texts what was said of each, with the same pictures, at least one
   * @param image number of the picture
   * @return {@code [texts]}, 0 to 1
   */
  public static double[] probabilities(List<Contrasted> texts, int image) {
    double[] logits = texts.stream().mapToDouble(t -> t.logits[image]).toArray();
    boolean pairwise = texts.get(0).contrast.pairwise();
    double most = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      most = Math.max(most, logit);
    }
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit - most);
    }
    double[] all = new double[logits.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = pairwise ? 1 / (1 + Math.exp(-logits[i])) : Math.exp(logits[i] - most) / sum;
    }
    return all;
  }

  private static double product(float[] a, float[] b) {
    double product = 0;
    for (int k = 0; k < a.length; k++) {
      product += (double) a[k] * b[k];
    }
    return product;
  }

  private static float[] unit(float[] values) {
    double square = 0;
    for (float value : values) {
      square += (double) value * value;
    }
    double length = Math.sqrt(square);
    float[] unit = new float[values.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (values[i] / length);
    }
    return unit;
  }
}
