package dev.headlight.analysis.run;

import java.util.List;
import java.util.Optional;

/**
 * A change to a forward pass: an immutable value with a stable text form ({@link
 * InterventionText}), used by the command line, sessions and undo. Papers disagree on what "masking
 * a head" means; every record here says what it does.
 */
public sealed interface Intervention {
  /** What takes the place of a head's output. */
  enum Mode {
    /** {@code hook_z = 0}: the head adds nothing. Off-distribution. */
    ZERO,
    /**
     * {@code hook_z} becomes its mean over the sequences of the request, position by position where
     * all have one length, else over all positions; with a single sequence over its positions.
     */
    MEAN,
    /** {@code hook_z} is that of the next sequence of the request (the last takes the first's). */
    RESAMPLE,
    /**
     * Attention becomes uniform over the keys that the mask allows (Wu et al. 2024, eager path).
     */
    UNIFORM
  }

  /** Replaces the output of heads. */
  record Ablate(Mode mode, HeadSet heads, Positions positions) implements Intervention {}

  /** Multiplies {@code hook_z} of heads by a factor. */
  record ScaleHead(HeadSet heads, double factor, Positions positions) implements Intervention {}

  /**
   * Multiplies the attention to one key by {@code factor} > 0 and renormalises each row
   * (ZeroTuning's γ; the same as adding ln γ to that key's logit).
   */
  record ScaleColumn(HeadSet heads, int key, double factor) implements Intervention {}

  /**
   * Multiplies the attention to some keys by {@code factor}, 0 to 1, and gives what is freed to the
   * other keys of the row, in proportion to what they have (ACT, Yu et al. 2024, with 0.4). A row
   * whose attention all lies on these keys stays as it is.
   */
  record MoveAttention(HeadSet heads, List<Integer> keys, double factor) implements Intervention {
    /** Copies the list. */
    public MoveAttention {
      keys = List.copyOf(keys);
    }
  }

  /**
   * Divides the logits of queries by {@code temperature} > 0 before the softmax: above 1 they look
   * more evenly, below 1 more sharply (Zhang et al. 2024, Selective Attention).
   */
  record Temperature(HeadSet heads, double temperature, Positions queries)
      implements Intervention {}

  /** Cuts edges before the softmax: these queries no longer see these keys. */
  record MaskEdges(HeadSet heads, Positions queries, Positions keys) implements Intervention {}

  /**
   * Puts values of a capture, or of another prompt's pass, in place of those of this run.
   *
   * @param site where
   * @param layer block, or -1 for sites of the model
   * @param head query head (or group for k and v); empty for all
   * @param positions which positions (queries, for patterns)
   * @param source where the values come from
   */
  record Patch(
      Site site, int layer, Optional<Integer> head, Positions positions, PatchSource source)
      implements Intervention {}

  /**
   * Adds {@code scale} times the values of a capture, or of another prompt's pass; a source of one
   * position is added at each (as LoFiT adds an offset to a head's output, Yin et al. 2024).
   *
   * @param head query head (or group for k and v); empty for all
   */
  record AddVector(
      Site site,
      int layer,
      Optional<Integer> head,
      Positions positions,
      PatchSource source,
      double scale)
      implements Intervention {}

  /**
   * Keeps the {@code rank} strongest directions of the keys or values of a layer: those of a
   * truncated singular value decomposition of what the group's keys (before rotation) or values are
   * over all positions of the unchanged sequences, of which {@link Substitutes} tells. The mean is
   * not taken off.
   *
   * @param site {@link Site#K} or {@link Site#V}
   * @param group key/value group; empty for each of the layer
   * @param rank 1 or more; from the head width on nothing is changed
   */
  record LowRank(Site site, int layer, Optional<Integer> group, int rank) implements Intervention {
    /** Checks site and rank. */
    public LowRank {
      if ((site != Site.K && site != Site.V) || rank < 1) {
        throw new IllegalArgumentException(site + " of rank " + rank);
      }
    }
  }

  /**
   * A change in a tower of the model: {@code zero:vision.L3H2}.
   *
   * @param tower {@link #VISION} or {@link #TEXT}
   * @param change what is done there; positions count the tower's tokens
   */
  record InTower(String tower, Intervention change) implements Intervention {
    /** The tower that reads pictures. */
    public static final String VISION = "vision";

    /** The tower that reads text, beside one that reads pictures. */
    public static final String TEXT = "text";

    /** Checks the name. */
    public InTower {
      if (!tower.equals(VISION) && !tower.equals(TEXT) || change instanceof InTower) {
        throw new IllegalArgumentException(tower + ": " + change);
      }
    }
  }

  /** Reads the text form; see {@link InterventionText}. */
  static Intervention parse(String text) {
    return InterventionText.parse(text);
  }

  /** The text form, which parses to an equal value. */
  default String text() {
    return InterventionText.print(this);
  }
}
