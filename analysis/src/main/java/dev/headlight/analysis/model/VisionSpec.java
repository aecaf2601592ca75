package dev.headlight.analysis.model;

import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.model.ModelSpec.Activation;
import dev.headlight.analysis.model.ModelSpec.Norm;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

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
 * @param sees what the tokens of a prompt with pictures see beyond the language model's rule
 */
public record VisionSpec(
    ModelSpec tower,
    List<Integer> states,
    int dropped,
    Optional<Projector> projector,
    int imageToken,
    Sees sees) {

  /** Copies the list. */
  public VisionSpec {
    states = List.copyOf(states);
  }

  /** A tower whose projected states take the place of image tokens. */
  public VisionSpec(
      ModelSpec tower, List<Integer> states, int dropped, Projector projector, int imageToken) {
    this(tower, states, dropped, Optional.of(projector), imageToken, Sees.AS_TEXT);
  }

  /** A tower beside another, whose outputs are compared (CLIP). */
  public static VisionSpec beside(ModelSpec tower) {
    return new VisionSpec(tower, List.of(), 0, Optional.empty(), -1, Sees.AS_TEXT);
  }

  /** The same where tokens see more. */
  public VisionSpec seeing(Sees more) {
    return new VisionSpec(tower, states, dropped, projector, imageToken, more);
  }

  /** Whether pictures stand in prompts, rather than beside them. */
  public boolean inPrompt() {
    return projector.isPresent();
  }

  /** Rows that a picture of this grid takes in a prompt, as a grid. */
  public PatchGrid tokens(PatchGrid patches) {
    int factor = projector.map(Projector::factor).orElse(1);
    return new PatchGrid(patches.rows() / factor, patches.columns() / factor);
  }

  /** Rows of the prompt that so many tokens of the tower become. */
  public int rows(int towerTokens) {
    int factor = projector.map(Projector::factor).orElse(1);
    return (towerTokens - dropped) / (factor * factor);
  }

  /** Positions of the tokens that are replaced. */
  public int[] places(int[] tokens) {
    return IntStream.range(0, tokens.length).filter(i -> tokens[i] == imageToken).toArray();
  }

  /** What the tokens of a prompt with pictures see. */
  public enum Sees {
    /** What the language model's rule says. */
    AS_TEXT,
    /** The tokens of a picture see each other too (Gemma 3). */
    OWN_PICTURE,
    /** All tokens of the prompt see each other; what is written behind it sees what is before. */
    WHOLE_PROMPT
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
