package dev.headlight.app.ablation;

import dev.headlight.analysis.ablation.AblationMetric;
import dev.headlight.analysis.ablation.Treatment;
import dev.headlight.analysis.run.Positions;
import dev.headlight.analysis.run.Substitutes;
import dev.headlight.app.engine.PromptSource;
import java.util.ArrayList;
import java.util.List;

/**
 * How heads are taken away and what is read, as the pane's controls say it.
 *
 * @param mode what becomes of a head
 * @param factor of a scaled one
 * @param positions where heads are away
 * @param from prompts that means and other outputs are taken from
 * @param metric that is read
 * @param on what it is read on
 * @param answer the right answer as text; empty for the most probable token
 * @param wrong the wrong answer as text; empty for the second most probable one
 * @param over what a sweep takes away
 */
public record AblationChoice(
    Treatment.Mode mode,
    double factor,
    Positions positions,
    PromptSource from,
    AblationMetric metric,
    ReadOn on,
    String answer,
    String wrong,
    Over over) {
  /** When heads are away, by a name. */
  public enum When {
    ALWAYS("reading and writing"),
    READING("reading only"),
    WRITING("writing only"),
    LAST("at the last token");

    private final String title;

    When(String title) {
      this.title = title;
    }

    private Positions positions() {
      return switch (this) {
        case ALWAYS -> Positions.ALL;
        case READING -> Positions.READING;
        case WRITING -> Positions.WRITING;
        case LAST -> Positions.at(-1);
      };
    }

    /** For menus. */
    public String title() {
      return title;
    }
  }

  /** Zero output at every position, read by the logit difference of the two likeliest tokens. */
  public static final AblationChoice STANDARD =
      new AblationChoice(
          Treatment.Mode.ZERO,
          0.5,
          Positions.ALL,
          PromptSource.PROMPT,
          AblationMetric.LOGIT_DIFF,
          ReadOn.PROMPT,
          "",
          "",
          Over.HEADS);

  /** With another mode. */
  public AblationChoice with(Treatment.Mode other) {
    return new AblationChoice(other, factor, positions, from, metric, on, answer, wrong, over);
  }

  /** With another factor. */
  public AblationChoice withFactor(double other) {
    return new AblationChoice(mode, other, positions, from, metric, on, answer, wrong, over);
  }

  /** At another time. */
  public AblationChoice with(When other) {
    return at(other.positions());
  }

  /** At other positions. */
  public AblationChoice at(Positions other) {
    return new AblationChoice(mode, factor, other, from, metric, on, answer, wrong, over);
  }

  /** With outputs from other prompts. */
  public AblationChoice with(PromptSource other) {
    return new AblationChoice(mode, factor, positions, other, metric, on, answer, wrong, over);
  }

  /** Read by another metric. */
  public AblationChoice with(AblationMetric other) {
    return new AblationChoice(mode, factor, positions, from, other, on, answer, wrong, over);
  }

  /** Read on something else. */
  public AblationChoice with(ReadOn other) {
    return new AblationChoice(mode, factor, positions, from, metric, other, answer, wrong, over);
  }

  /** With these answers. */
  public AblationChoice withAnswers(String right, String other) {
    return new AblationChoice(mode, factor, positions, from, metric, on, right, other, over);
  }

  /** With another sweep. */
  public AblationChoice with(Over other) {
    return new AblationChoice(mode, factor, positions, from, metric, on, answer, wrong, other);
  }

  /** The same question with what it does not depend on as at first. */
  AblationChoice plain() {
    AblationChoice choice = mode == Treatment.Mode.SCALE ? this : withFactor(STANDARD.factor);
    choice = substitutes() ? choice : choice.with(PromptSource.PROMPT);
    return on.pairs() ? choice.withAnswers("", "") : choice;
  }

  /** The same where no head is taken away. */
  AblationChoice untreated() {
    return with(STANDARD.mode).at(Positions.ALL).with(Over.HEADS).plain();
  }

  /** When heads are away, in words. */
  public String when() {
    for (When when : When.values()) {
      if (when.positions().equals(positions)) {
        return when.title;
      }
    }
    return "at position " + positions;
  }

  /**
   * What is done to heads.
   *
   * @param others the prompts that {@link #from} means; empty for the sequences themselves
   * @param sequences that a metric is read on; one alone is averaged over its positions
   */
  public Treatment treatment(List<int[]> others, int sequences) {
    double times = mode == Treatment.Mode.SCALE ? factor : 1;
    boolean overall = others.isEmpty() && sequences < 2;
    return new Treatment(mode, times, positions, new Substitutes(others, overall));
  }

  /** Whether other prompts are needed or used. */
  public boolean substitutes() {
    return mode == Treatment.Mode.MEAN || mode == Treatment.Mode.RESAMPLE;
  }

  /**
   * Options of {@code headlight ablate} that do the same, metric and answers left out.
   *
   * @param sequences that a metric is read on
   */
  List<String> arguments(int sequences) {
    List<String> line = new ArrayList<>(List.of("--mode", mode.toString()));
    if (mode == Treatment.Mode.SCALE) {
      line.addAll(List.of("--factor", Double.toString(factor)));
    }
    if (!positions.equals(Positions.ALL)) {
      line.add("--positions=" + positions);
    }
    if (mode == Treatment.Mode.MEAN && from.equals(PromptSource.PROMPT) && sequences < 2) {
      line.addAll(List.of("--mean-over", "all"));
    }
    if (substitutes() && !from.equals(PromptSource.PROMPT)) {
      line.addAll(List.of("--mean-prompts", from.file().isEmpty() ? "library" : from.file()));
    }
    return line;
  }
}
