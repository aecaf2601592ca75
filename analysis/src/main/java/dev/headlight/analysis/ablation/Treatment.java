package dev.headlight.analysis.ablation;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Intervention.InTower;
import dev.headlight.analysis.run.Positions;
import dev.headlight.analysis.run.Substitutes;
import java.util.List;
import java.util.Locale;

/**
 * What is done to heads that are taken away. Papers disagree on what that means, so {@link #says}
 * stands beside every result.
 *
 * @param mode what becomes of a head
 * @param factor of {@link Mode#SCALE}; 1 for the others
 * @param positions where
 * @param substitutes whose outputs are put in its place ({@link Mode#MEAN}, {@link Mode#RESAMPLE})
 */
public record Treatment(Mode mode, double factor, Positions positions, Substitutes substitutes) {
  /** What becomes of a head. */
  public enum Mode {
    /** {@code hook_z = 0}. */
    ZERO,
    /** {@code hook_z} is its mean over prompts. */
    MEAN,
    /** {@code hook_z} is that of another prompt. */
    RESAMPLE,
    /** Its attention is even over what the mask allows. */
    UNIFORM,
    /** {@code hook_z} is multiplied by a factor. */
    SCALE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Checks the factor.
   *
   * @throws HeadlightException when it is no number
   */
  public Treatment {
    if (!Double.isFinite(factor)) {
      throw new HeadlightException(Kind.INPUT, "a factor: expected a number, found " + factor);
    }
  }

  /** At every position; means are over the sequences themselves. */
  public static Treatment of(Mode mode) {
    return new Treatment(mode, 1, Positions.ALL, Substitutes.OWN);
  }

  /** Heads' outputs multiplied by a factor, 0 to 1 in most papers. */
  public static Treatment scale(double factor) {
    return new Treatment(Mode.SCALE, factor, Positions.ALL, Substitutes.OWN);
  }

  /** At these positions. */
  public Treatment at(Positions where) {
    return new Treatment(mode, factor, where, substitutes);
  }

  /** With these substitutes. */
  public Treatment with(Substitutes others) {
    return new Treatment(mode, factor, positions, others);
  }

  /**
   * The substitutes for writing after one of several sequences alone: means are then over all of
   * them, as in a sweep, and the same other sequence is resampled from.
   *
   * @param sequences that a metric is read on
   * @param pictures of the sequences; empty for none
   * @param index of the one that is written after
   */
  public Substitutes forWriting(List<int[]> sequences, List<Pixels> pictures, int index) {
    boolean own = substitutes.own();
    List<int[]> from = own ? sequences : substitutes.sequences();
    List<Pixels> seen = own ? pictures : substitutes.pictures();
    if (own && from.size() < 2) {
      return substitutes;
    }
    if (mode == Mode.RESAMPLE) {
      int other = (own ? index + 1 : index) % from.size();
      List<Pixels> one = seen.isEmpty() ? seen : List.of(seen.get(other));
      return new Substitutes(List.of(from.get(other)), false, one);
    }
    return new Substitutes(from, substitutes.overall(), seen);
  }

  /** The change to a pass. */
  public Intervention on(HeadSet heads) {
    return switch (mode) {
      case ZERO -> new Intervention.Ablate(Intervention.Mode.ZERO, heads, positions);
      case MEAN -> new Intervention.Ablate(Intervention.Mode.MEAN, heads, positions);
      case RESAMPLE -> new Intervention.Ablate(Intervention.Mode.RESAMPLE, heads, positions);
      case UNIFORM -> new Intervention.Ablate(Intervention.Mode.UNIFORM, heads, positions);
      case SCALE -> new Intervention.ScaleHead(heads, factor, positions);
    };
  }

  /** The change to a pass that takes a target away, in the transformer whose heads it names. */
  public Intervention on(Target target) {
    Intervention change = on(target.heads());
    return target.vision() ? new InTower(InTower.VISION, change) : change;
  }

  /**
   * What is done, in words.
   *
   * @param sequences that it is done to
   */
  public String says(List<int[]> sequences) {
    return what(sequences) + " " + where() + ".";
  }

  private String what(List<int[]> sequences) {
    return switch (mode) {
      case ZERO -> "Zero output: hook_z = 0, off-distribution (compare with mean),";
      case MEAN -> "Mean output: hook_z is its mean over " + over(sequences);
      case RESAMPLE ->
          substitutes.own()
              ? "Resampled output: hook_z is that of the next sequence (the last takes the first's)"
              : "Resampled output: hook_z is that of another prompt at the same position";
      case UNIFORM -> "Uniform attention: even over the keys that the mask allows,";
      case SCALE -> "Scaled output: hook_z times " + factor;
    };
  }

  private String over(List<int[]> sequences) {
    List<int[]> from = substitutes.own() ? sequences : substitutes.sequences();
    int length = from.get(0).length;
    boolean same = from.stream().allMatch(s -> s.length == length);
    boolean fits = sequences.stream().allMatch(s -> s.length == length);
    String whose = from.size() + (substitutes.own() ? " sequences" : " other sequences");
    return !substitutes.overall() && from.size() > 1 && same && fits
        ? whose + ", position by position,"
        : "all positions of " + whose;
  }

  private String where() {
    if (positions.equals(Positions.ALL)) {
      // What another prompt would have had at tokens written later nobody knows.
      return mode == Mode.RESAMPLE
          ? "at every position of the prompt"
          : "at every position, while reading and while writing";
    }
    if (positions.equals(Positions.READING)) {
      return "at every position of the prompt, while reading only";
    }
    if (positions.equals(Positions.WRITING)) {
      return "from the prompt's last position on, while writing only";
    }
    return "at position " + positions;
  }

  /**
   * Checks that it can be done to sequences.
   *
   * @throws HeadlightException for a mean that would be over one prompt
   */
  void check(int sequences) {
    int from = substitutes.own() ? sequences : substitutes.sequences().size();
    if (mode == Mode.MEAN && from < 2 && !substitutes.overall()) {
      throw new HeadlightException(
          Kind.INPUT,
          "a mean needs two sequences or more, found 1: its mean by position would be the head's"
              + " own output. Give more sequences, take the mean over all positions, or use zero");
    }
  }
}
