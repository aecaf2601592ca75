package dev.headlight.analysis.vision;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Tensor;
import java.util.List;

/**
 * How much of each head's attention goes between text and pictures. All are means over queries of
 * sums over keys, {@code [L, H]}, 0 to 1; NaN where there is no such query.
 *
 * <p>Text queries are those behind the last image token; the text keys of {@code textToText} are
 * all text positions, so that {@code textToImage + textToText = 1}.
 *
 * @param textToImage mean over text queries of Σ A over image keys
 * @param textToText mean over text queries of Σ A over text keys
 * @param imageToImage mean over image queries of Σ A over image keys
 * @param imageToText mean over image queries of Σ A over text keys
 * @param yopo r = ΣA[:, image] / (ΣA[:, text] + ΣA[:, system]) over all queries, 0 to no fixed end
 *     (Zhang et al. 2024, Treat Visual Tokens as Text?); infinite where nothing looks at text
 */
public record ImageShare(
    Tensor textToImage, Tensor textToText, Tensor imageToImage, Tensor imageToText, Tensor yopo) {
  /** Rows that are read at a time. */
  private static final int BLOCK = 128;

  /** YOPO's r above which a head is active, for 10, 20 and 30 % pruned (13B, same paper). */
  public static final List<Double> YOPO_CUTS = List.of(0.2, 0.077, 0.035);

  /**
   * Measures every head.
   *
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static ImageShare of(Maps maps, int layers, int heads, ImageSpan span, Progress progress) {
    Tables tables = new Tables(layers, heads, span);
    for (int l = 0; l < layers; l++) {
      progress.report((double) l / layers, "attention to the picture, layer " + l);
      progress.check();
      for (int h = 0; h < heads; h++) {
        tables.read(maps, new Head(l, h));
      }
    }
    return tables.finish();
  }

  /**
   * The three numbers of a layer that DyVTE's stages (early fusion, within a modality, reasoning)
   * are read off: means over heads, {@code [L]} each (Wu et al. 2024, Accelerating Multimodal Large
   * Language Models via Dynamic Visual-Token Exit; the stages' own formula is not published).
   *
   * @param textToImage mean over heads of {@link ImageShare#textToImage}
   * @param imageToImage mean over heads of {@link ImageShare#imageToImage}
   * @param textToText mean over heads of {@link ImageShare#textToText}
   */
  public record Stages(float[] textToImage, float[] imageToImage, float[] textToText) {}

  /** DyVTE's stages. */
  public Stages stages() {
    return new Stages(overHeads(textToImage), overHeads(imageToImage), overHeads(textToText));
  }

  private static float[] overHeads(Tensor table) {
    float[] means = new float[table.size(0)];
    for (int l = 0; l < means.length; l++) {
      double sum = 0;
      for (int h = 0; h < table.size(1); h++) {
        sum += table.data()[l * table.size(1) + h];
      }
      means[l] = (float) (sum / table.size(1));
    }
    return means;
  }

  /** Sums while maps are read. */
  private static final class Tables {
    private final int layers;
    private final int heads;
    private final ImageSpan span;
    private final boolean[] image;
    private final float[][] shares;

    Tables(int layers, int heads, ImageSpan span) {
      this.layers = layers;
      this.heads = heads;
      this.span = span;
      image = span.mask();
      shares = new float[5][layers * heads];
    }

    void read(Maps maps, Head head) {
      double textImage = 0;
      double textText = 0;
      double imageImage = 0;
      double imageText = 0;
      double allImage = 0;
      double all = 0;
      for (int row0 = 0; row0 < span.length(); row0 += BLOCK) {
        int row1 = Math.min(span.length(), row0 + BLOCK);
        float[] rows = maps.rows(head, row0, row1).data();
        for (int q = row0; q < row1; q++) {
          double onImage = 0;
          double onText = 0;
          int at = (q - row0) * span.length();
          for (int k = 0; k < span.length(); k++) {
            onImage += image[k] ? rows[at + k] : 0;
            onText += image[k] ? 0 : rows[at + k];
          }
          allImage += onImage;
          all += onText;
          imageImage += image[q] ? onImage : 0;
          imageText += image[q] ? onText : 0;
          boolean word = q >= span.behind();
          textImage += word ? onImage : 0;
          textText += word ? onText : 0;
        }
      }
      int cell = head.layer() * heads + head.head();
      int words = span.length() - span.behind();
      put(0, cell, textImage, words);
      put(1, cell, textText, words);
      put(2, cell, imageImage, span.image().length);
      put(3, cell, imageText, span.image().length);
      shares[4][cell] = (float) (allImage / all);
    }

    private void put(int table, int cell, double sum, int queries) {
      shares[table][cell] = queries == 0 ? Float.NaN : (float) (sum / queries);
    }

    ImageShare finish() {
      return new ImageShare(table(0), table(1), table(2), table(3), table(4));
    }

    private Tensor table(int index) {
      return new Tensor(shares[index], layers, heads);
    }
  }
}
