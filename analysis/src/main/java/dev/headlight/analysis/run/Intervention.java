package dev.headlight.analysis.run;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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

  /**
   * Sets the attention of queries: each of these rows becomes the given weights, 0 on every other
   * key (the repair of Merullo et al. 2024, Circuit Component Reuse). The weights need not sum to
   * 1; what is missing, the head does not read.
   *
   * @param weights weight of each key, above 0, at most 1 together; a key that a query does not see
   *     is refused
   */
  record SetRow(HeadSet heads, Positions queries, SortedMap<Integer, Double> weights)
      implements Intervention {
    private static final double ROUNDING = 1e-4;

    /** Copies and checks the weights. */
    public SetRow {
      weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
      double sum = 0;
      for (Map.Entry<Integer, Double> each : weights.entrySet()) {
        if (each.getKey() < 0 || !(each.getValue() > 0)) {
          throw new IllegalArgumentException("a weight above 0 on a key, found " + weights);
        }
        sum += each.getValue();
      }
      if (weights.isEmpty() || sum > 1 + ROUNDING) {
        throw new IllegalArgumentException("weights of at most 1 together, found " + weights);
      }
    }
  }

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
      if (!(tower.equals(VISION) || tower.equals(TEXT)) || change instanceof InTower) {
        throw new IllegalArgumentException(tower + ": " + change);
      }
    }
  }

  /**
   * Takes keys away before the softmax: these queries no longer see them, but each still sees
   * itself. For visual tokens that are dropped after a layer (FastV, Chen et al. 2024) and for
   * pictures that text no longer sees.
   *
   * @param keys positions, ascending, at least one
   */
  record DropKeys(HeadSet heads, Positions queries, List<Integer> keys) implements Intervention {
    /** Sorts and copies the list. */
    public DropKeys {
      keys = KeyText.ascending(keys);
      if (keys.isEmpty()) {
        throw new IllegalArgumentException("no keys to drop");
      }
    }
  }

  /**
   * Shows keys to queries that stand before them, as modality-mutual attention shows the text to
   * the picture (MMA, Wang et al. 2025, which trains with it; here a trained model is only asked).
   * What a query sees already it still sees.
   *
   * @param heads all heads of the layers meant: what a layer sees is one for all of them
   * @param queries positions, ascending, at least one
   * @param keys positions, ascending, at least one
   */
  record SeeKeys(HeadSet heads, List<Integer> queries, List<Integer> keys) implements Intervention {
    /** Sorts and copies the lists. */
    public SeeKeys {
      queries = KeyText.ascending(queries);
      keys = KeyText.ascending(keys);
      if (queries.isEmpty() || keys.isEmpty()) {
        throw new IllegalArgumentException("no queries or no keys");
      }
    }
  }

  /**
   * Lets the patches of a grid see only patches near them, and everything that is no patch of it;
   * queries that are no patches see what they saw.
   *
   * @param first position of the grid's first patch; the others follow row by row
   * @param rows patches from top to bottom
   * @param columns patches from left to right
   * @param window whether the grid is cut into windows of {@code size} × {@code size} patches that
   *     do not see each other (Swin, Liu et al. 2021), else each patch sees {@code size} patches
   *     into every direction (neighbourhood attention, Hassani et al. 2023)
   * @param size side of a window, 1 or more; or radius, 0 or more
   */
  record Neighbours(HeadSet heads, int first, int rows, int columns, boolean window, int size)
      implements Intervention {
    /** Checks the grid. */
    public Neighbours {
      if (rows < 1 || columns < 1 || first < 0 || size < (window ? 1 : 0)) {
        throw new IllegalArgumentException("a grid of " + rows + " × " + columns);
      }
    }
  }

  /**
   * Leaves each query the keys with the largest logits; equal ones at the border all stay.
   *
   * @param count 1 or more
   */
  record TopKeys(HeadSet heads, int count, Positions queries) implements Intervention {
    /** Checks the count. */
    public TopKeys {
      if (count < 1) {
        throw new IllegalArgumentException(count + " keys");
      }
    }
  }

  /**
   * Redistributes attention from sinks to the picture (VAR, Kang et al. 2025, See What You Are
   * Told: Visual Attention Sink in Large Multimodal Models). In rows that look at the picture,
   * {@code V = Σ A over image ≥ leastImage}, and mostly past its sinks, {@code r = Σ A over image
   * without sinks / V ≥ ρ}, each sink keeps {@code kept} of its weight, and what is freed goes to
   * the image tokens that are no sinks, in proportion to what they have. Rows without such tokens
   * stay. 1 is the identity; the sum of a row never changes.
   *
   * @param image positions of the picture, ascending, at least one
   * @param sinks positions of sinks, text and picture, ascending, at least one
   * @param kept p, 0 to 1 (0.6 in the paper's code)
   * @param leastImage V from which a row is changed, 0 to 1
   * @param rho r from which a row is changed, 0 to 1
   */
  record Redistribute(
      HeadSet heads,
      Positions queries,
      List<Integer> image,
      List<Integer> sinks,
      double kept,
      double leastImage,
      double rho)
      implements Intervention {
    /** p of the paper's code. */
    public static final double KEPT = 0.6;

    /** The paper's threshold on V. */
    public static final double LEAST_IMAGE = 0.2;

    /** The paper's ρ for general tasks. */
    public static final double RHO = 0.8;

    /** Sorts and copies the lists, and checks the shares. */
    public Redistribute {
      image = KeyText.ascending(image);
      sinks = KeyText.ascending(sinks);
      boolean shares = share(kept) && share(leastImage) && share(rho);
      if (image.isEmpty() || sinks.isEmpty() || !shares) {
        throw new IllegalArgumentException("p %s, V %s, ρ %s".formatted(kept, leastImage, rho));
      }
    }

    private static boolean share(double value) {
      return value >= 0 && value <= 1;
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
