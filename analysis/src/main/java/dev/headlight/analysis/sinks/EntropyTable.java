package dev.headlight.analysis.sinks;

import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Mean entropy of each head's rows, over sequences, with the flags of entropy-guided attention (Jha
 * and Reagen 2025, Entropy-Guided Attention for Private LLMs): heads of early layers near the
 * largest possible entropy are overloaded, heads of deep layers near 0 collapsed. The paper sorts
 * heads into quarters of E_max = ln T; its cut-offs are settings here.
 *
 * @param nats mean over rows and sequences of −Σ A ln A, row 0 counted: {@code [L, H]}
 * @param shares the same over ln T, {@code [L, H]}, 0 to 1
 * @param uniform what uniform attention has under the first layer's mask, nats: the null model
 * @param most ln T, nats, mean over the sequences
 * @param limits what the flags were set by
 * @param flags one a head, row-major {@code [L][H]}
 */
public record EntropyTable(
    Tensor nats, Tensor shares, double uniform, double most, Limits limits, List<Flag> flags) {
  /** What a head's entropy says. */
  public enum Flag {
    /** Nothing stands out. */
    NONE,
    /** A head of the first half of the layers that is near ln T. */
    OVERLOAD,
    /** A head of the second half of the layers that is near 0. */
    COLLAPSE
  }

  /**
   * Shares of ln T.
   *
   * @param overload from this share on a head of an early layer is overloaded
   * @param collapse up to this share a head of a deep layer is collapsed
   */
  public record Limits(double overload, double collapse) {
    /** The paper's highest quarter; and a twentieth, for the paper's "near zero". */
    public static final Limits STANDARD = new Limits(0.75, 0.05);
  }

  /** Copies the list. */
  public EntropyTable {
    flags = List.copyOf(flags);
  }

  static EntropyTable of(
      ModelSpec spec, double[] nats, double[] shares, double uniform, double most, Limits limits) {
    List<Flag> flags = new ArrayList<>();
    for (int i = 0; i < shares.length; i++) {
      boolean early = i / spec.heads() < (spec.layers() + 1) / 2;
      boolean overload = early && shares[i] >= limits.overload();
      boolean collapse = !early && shares[i] <= limits.collapse();
      flags.add(overload ? Flag.OVERLOAD : collapse ? Flag.COLLAPSE : Flag.NONE);
    }
    return new EntropyTable(table(spec, nats), table(spec, shares), uniform, most, limits, flags);
  }

  private static Tensor table(ModelSpec spec, double[] values) {
    float[] data = new float[values.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) values[i];
    }
    return new Tensor(data, spec.layers(), spec.heads());
  }

  /** A head's flag. */
  public Flag flag(Head head) {
    return flags.get(head.layer() * nats.size(1) + head.head());
  }

  /** How many heads have a flag. */
  public long count(Flag flag) {
    return flags.stream().filter(flag::equals).count();
  }

  /**
   * How many heads are in each quarter of ln T, lowest first: the paper's histogram.
   *
   * @return {@code [4]}
   */
  public int[] quarters() {
    int[] counts = new int[4];
    for (float share : shares.data()) {
      counts[Math.max(0, Math.min(3, (int) (4 * share)))]++;
    }
    return counts;
  }
}
