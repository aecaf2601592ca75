package dev.headlight.analysis.run;

import java.util.List;

/**
 * What two towers say of a text and of pictures (CLIP, SigLIP).
 *
 * @param text the text's embedding, of length 1
 * @param images embeddings of the pictures, each of length 1; empty without pictures
 * @param logits of each picture with the text: scaled product of the embeddings
 */
public record Contrasted(float[] text, List<float[]> images, float[] logits) {
  /** Copies the list. */
  public Contrasted {
    images = List.copyOf(images);
  }

  static Contrasted of(float[] text, List<float[]> images, double scale, double bias) {
    float[] one = unit(text);
    List<float[]> others = images.stream().map(Contrasted::unit).toList();
    float[] logits = new float[others.size()];
    for (int i = 0; i < logits.length; i++) {
      double product = 0;
      for (int k = 0; k < one.length; k++) {
        product += (double) one[k] * others.get(i)[k];
      }
      logits[i] = (float) (scale * product + bias);
    }
    return new Contrasted(one, others, logits);
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
