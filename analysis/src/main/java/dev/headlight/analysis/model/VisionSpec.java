package dev.headlight.analysis.model;

import dev.headlight.analysis.model.ModelSpec.Activation;
import dev.headlight.analysis.model.ModelSpec.Norm;
import java.util.List;
import java.util.Optional;

/**
 * How a language model sees: the tower that reads pictures, which of its states are taken, and how
 * they become rows that take the place of image tokens.
 *
 * @param tower shape of the tower
 * @param states which states of the tower are taken, side by side: the one that enters this block;
 *     the number of blocks for the one that leaves the last, behind the final norm where the tower
 *     has one
 * @param dropped tokens of the tower that are left out from the front
 * @param projector from the tower's states to the language model's rows
 * @param imageToken id of the tokens that are replaced, one a row
 */
public record VisionSpec(
    ModelSpec tower, List<Integer> states, int dropped, Projector projector, int imageToken) {

  /** Copies the list. */
  public VisionSpec {
    states = List.copyOf(states);
  }

  /** Which tokens of the tower become one of the language model. */
  public enum Merge {
    /** Each its own. */
    NONE,
    /** Blocks of {@code factor × factor} patches side by side, row by row (pixel shuffle). */
    BLOCKS,
    /** The mean of blocks of {@code factor × factor} patches. */
    MEANS,
    /** {@code factor²} tokens that follow each other. */
    FOLLOWING
  }

  /**
   * What stands between tower and language model.
   *
   * @param merge which tokens become one
   * @param factor sides of the blocks that become one
   * @param norm of the projector's norm: behind {@link Merge#MEANS}, else before tokens are merged;
   *     empty without one
   * @param activation between two projections; empty where there is one
   */
  public record Projector(
      Merge merge, int factor, Optional<Norm> norm, Optional<Activation> activation) {
    /** Each token by itself through two projections (LLaVA 1.5). */
    public static Projector twoLayers(Activation activation) {
      return new Projector(Merge.NONE, 1, Optional.empty(), Optional.of(activation));
    }
  }
}
