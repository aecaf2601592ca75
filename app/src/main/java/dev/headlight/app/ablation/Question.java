package dev.headlight.app.ablation;

import dev.headlight.analysis.ablation.Treatment;
import dev.headlight.analysis.run.Head;
import java.util.List;

/**
 * One thing that is asked: equal questions have equal answers, so what was found once is shown
 * again when controls come back to it.
 *
 * @param part what is asked
 * @param asked on which prompts and how, as far as the part depends on it
 * @param heads that it is about; none where it is about all
 * @param count tokens of texts, or draws of curves; else 0
 */
public record Question(Part part, Asked asked, List<Head> heads, int count) {
  /** Copies the list. */
  public Question {
    heads = List.copyOf(heads);
  }

  /** With pictures whose pixels are known, where it is about them. */
  public Question seeing(Seen known) {
    return new Question(part, asked.seeing(known), heads, count);
  }

  /** Makes the question of a part; what it does not depend on is left out. */
  static Question of(Part part, Asked asked, List<Head> taken, AblationSettings settings) {
    AblationChoice choice = asked.choice();
    AblationChoice heads = choice.with(Over.HEADS);
    return switch (part) {
      case SWEEP -> new Question(part, asked, List.of(), 0);
      case SINGLES -> new Question(Part.SWEEP, asked.with(heads), List.of(), 0);
      case PERTURBED ->
          new Question(
              Part.SWEEP, asked.with(heads.with(Treatment.Mode.UNIFORM).plain()), List.of(), 0);
      case EFFECT, PAIRS -> new Question(part, asked.with(heads), taken, 0);
      case CURVES -> new Question(part, asked.with(heads), List.of(), settings.draws());
      case TEXTS -> new Question(part, asked, taken, settings.length());
      case GRADIENT, RANKS -> new Question(part, asked.with(choice.untreated()), List.of(), 0);
      case OFFSETS -> new Question(part, asked.with(choice.untreated()), taken, 0);
      case LIKENESS ->
          new Question(part, asked.with(AblationChoice.STANDARD.with(choice.on())), List.of(), 0);
    };
  }
}
