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
 * @param when while reading, while writing, or both
 * @param metric that the sweep reads
 * @param from prompts that means and other outputs are taken from
 * @param answer the right answer as text; empty for the most probable token
 * @param wrong the wrong answer as text; empty for the second most probable one
 */
public record AblationChoice(
    Treatment.Mode mode,
    double factor,
    When when,
    AblationMetric metric,
    PromptSource from,
    String answer,
    String wrong) {
  /** When heads are away. */
  public enum When {
    ALWAYS("reading and writing"),
    READING("reading only"),
    WRITING("writing only");

    private final String title;

    When(String title) {
      this.title = title;
    }

    private Positions positions() {
      return switch (this) {
        case ALWAYS -> Positions.ALL;
        case READING -> Positions.READING;
        case WRITING -> Positions.WRITING;
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
          When.ALWAYS,
          AblationMetric.LOGIT_DIFF,
          PromptSource.PROMPT,
          "",
          "");

  /** With another mode. */
  public AblationChoice with(Treatment.Mode other) {
    return new AblationChoice(other, factor, when, metric, from, answer, wrong);
  }

  /** With another factor. */
  public AblationChoice withFactor(double other) {
    return new AblationChoice(mode, other, when, metric, from, answer, wrong);
  }

  /** At another time. */
  public AblationChoice with(When other) {
    return new AblationChoice(mode, factor, other, metric, from, answer, wrong);
  }

  /** Read by another metric. */
  public AblationChoice with(AblationMetric other) {
    return new AblationChoice(mode, factor, when, other, from, answer, wrong);
  }

  /** With outputs from other prompts. */
  public AblationChoice with(PromptSource other) {
    return new AblationChoice(mode, factor, when, metric, other, answer, wrong);
  }

  /** With these answers. */
  public AblationChoice withAnswers(String right, String other) {
    return new AblationChoice(mode, factor, when, metric, from, right, other);
  }

  /**
   * What is done to heads.
   *
   * @param others the prompts that {@link #from} means; empty for the prompt itself, whose own mean
   *     is over all its positions
   */
  public Treatment treatment(List<int[]> others) {
    double times = mode == Treatment.Mode.SCALE ? factor : 1;
    return new Treatment(mode, times, when.positions(), new Substitutes(others, others.isEmpty()));
  }

  /** Whether other prompts are needed or used. */
  public boolean substitutes() {
    return mode == Treatment.Mode.MEAN || mode == Treatment.Mode.RESAMPLE;
  }

  /** Options of {@code headlight ablate} that do the same. */
  public List<String> arguments() {
    List<String> line = new ArrayList<>(List.of("--mode", mode.toString()));
    if (mode == Treatment.Mode.SCALE) {
      line.addAll(List.of("--factor", Double.toString(factor)));
    }
    if (when != When.ALWAYS) {
      line.addAll(List.of("--positions", when.positions().toString()));
    }
    if (mode == Treatment.Mode.MEAN && from.equals(PromptSource.PROMPT)) {
      line.addAll(List.of("--mean-over", "all"));
    }
    if (substitutes() && !from.equals(PromptSource.PROMPT)) {
      line.addAll(List.of("--mean-prompts", from.file().isEmpty() ? "library" : from.file()));
    }
    line.addAll(List.of("--metric", metric.toString()));
    return line;
  }
}
