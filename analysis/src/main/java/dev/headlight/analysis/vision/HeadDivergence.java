package dev.headlight.analysis.vision;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Positions;
import dev.headlight.analysis.run.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How much a head's output changes when the picture is taken away (He et al. 2025, Cracking the
 * Code of Hallucination in LVLMs with Vision-aware Head Divergence): {@code VHD = ‖z[with picture]
 * − z[without]‖₂} at the position that writes. Without the picture positions shift, so that the
 * last tokens are compared and never equal indices.
 *
 * @param divergence VHD, {@code [L, H]}, 0 or more
 * @param withPicture ‖z‖₂ with the picture, {@code [L, H]}
 * @param without ‖z‖₂ without, {@code [L, H]}
 */
public record HeadDivergence(Tensor divergence, Tensor withPicture, Tensor without) {
  /** Factor of the paper's reinforcement; 4 makes the text collapse. */
  public static final double REINFORCEMENT = 2;

  /**
   * Compares two passes.
   *
   * @param with {@code hook_z} of each layer with the picture, {@code [T, H, e]}
   * @param without the same without it, {@code [T′, H, e]}
   */
  public static HeadDivergence of(List<Tensor> with, List<Tensor> without) {
    int heads = with.get(0).size(1);
    float[][] tables = new float[3][with.size() * heads];
    for (int l = 0; l < with.size(); l++) {
      for (int h = 0; h < heads; h++) {
        float[] a = last(with.get(l), h);
        float[] b = last(without.get(l), h);
        tables[0][l * heads + h] = (float) norm(a, b);
        tables[1][l * heads + h] = (float) norm(a, new float[a.length]);
        tables[2][l * heads + h] = (float) norm(b, new float[b.length]);
      }
    }
    return new HeadDivergence(
        new Tensor(tables[0], with.size(), heads),
        new Tensor(tables[1], with.size(), heads),
        new Tensor(tables[2], with.size(), heads));
  }

  private static float[] last(Tensor z, int head) {
    int width = z.size(2);
    int at = ((z.size(0) - 1) * z.size(1) + head) * width;
    return Arrays.copyOfRange(z.data(), at, at + width);
  }

  private static double norm(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }

  /**
   * T-VHD: the sum of the {@code top} largest divergences, which tells how much what is written now
   * owes to the picture.
   */
  public double total(int top) {
    float[] sorted = divergence.data().clone();
    Arrays.sort(sorted);
    double sum = 0;
    for (int i = 0; i < Math.min(top, sorted.length); i++) {
      sum += sorted[sorted.length - 1 - i];
    }
    return sum;
  }

  /**
   * The heads that VHR reinforces: in each layer those whose VHD is above the layer's median,
   * without outliers. An outlier's output grows when the picture is taken away, by more than the
   * mean plus one standard deviation over the heads of its layer (the rule as secondary text tells
   * it; the paper's own constant is not published).
   */
  public List<Head> vhr() {
    List<Head> chosen = new ArrayList<>();
    for (int l = 0; l < divergence.size(0); l++) {
      double median = median(divergence.slice(l).data());
      float[] rise = rises(l);
      double limit = limit(rise);
      for (int h = 0; h < rise.length; h++) {
        boolean outlier = rise[h] > 0 && rise[h] > limit;
        if (!outlier && divergence.slice(l).data()[h] > median) {
          chosen.add(new Head(l, h));
        }
      }
    }
    return List.copyOf(chosen);
  }

  /** How much longer each head's output is without the picture. */
  private float[] rises(int layer) {
    float[] rise = without.slice(layer).data();
    float[] with = withPicture.slice(layer).data();
    for (int h = 0; h < rise.length; h++) {
      rise[h] -= with[h];
    }
    return rise;
  }

  private static double limit(float[] rise) {
    double mean = 0;
    for (float r : rise) {
      mean += r / (double) rise.length;
    }
    double variance = 0;
    for (float r : rise) {
      variance += (r - mean) * (r - mean) / rise.length;
    }
    return mean + Math.sqrt(variance);
  }

  private static double median(float[] values) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2.0;
  }

  /**
   * VHR as a change: the chosen heads' outputs times a factor from the last position of the prompt
   * on; 1 is the identity. Empty where no head is chosen.
   */
  public List<Intervention> reinforcement(double factor) {
    return reinforcement(factor, 0, divergence.size(0) - 1);
  }

  /** The same for the chosen heads of layers {@code from} to {@code to}, both included. */
  public List<Intervention> reinforcement(double factor, int from, int to) {
    List<Head> heads = vhr().stream().filter(h -> h.layer() >= from && h.layer() <= to).toList();
    return heads.isEmpty()
        ? List.of()
        : List.of(new Intervention.ScaleHead(HeadSet.of(heads), factor, Positions.WRITING));
  }
}
