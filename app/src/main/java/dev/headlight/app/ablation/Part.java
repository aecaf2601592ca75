package dev.headlight.app.ablation;

import dev.headlight.analysis.ablation.Curves;
import dev.headlight.analysis.ablation.Importance;
import dev.headlight.analysis.ablation.Interaction;
import dev.headlight.analysis.ablation.Offsets;
import dev.headlight.analysis.ablation.RankSensitivity;
import dev.headlight.analysis.ablation.Redundancy;

/** What an ablation pane can find, each by a question of its own. */
public enum Part {
  /** Heads, groups or layers taken away one after the other. */
  SWEEP(SweepMap.class, "Sweep"),
  /** What the heads that are away take together. */
  EFFECT(Effect.class, "Effect"),
  /** What is written with and without them. */
  TEXTS(Texts.class, "What it writes"),
  /** More and more heads. */
  CURVES(Curves.class, "Heads taken away one after the other"),
  /** Pairs of the heads that are away. */
  PAIRS(Interaction.class, "Heads by twos"),
  /** What gradients say. */
  GRADIENT(Importance.class, "Importance by gradient"),
  /** Each head alone, whatever the sweep is over; its question is that of {@link #SWEEP}. */
  SINGLES(SweepMap.class, "Each head alone"),
  /** Each head's attention made even; its question is that of {@link #SWEEP}. */
  PERTURBED(SweepMap.class, "Each head's attention made even"),
  /** How alike heads are. */
  LIKENESS(Redundancy.class, "How alike heads are"),
  /** Keys and values of few directions. */
  RANKS(RankSensitivity.class, "Keys and values of low rank"),
  /** Offsets on the heads that are away. */
  OFFSETS(Offsets.class, "Offsets on heads");

  private final Class<?> type;
  private final String title;

  Part(Class<?> type, String title) {
    this.type = type;
    this.title = title;
  }

  /** What an answer is. */
  Class<?> type() {
    return type;
  }

  /** For lists of tasks. */
  public String title() {
    return title;
  }
}
