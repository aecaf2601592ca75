package dev.headlight.samples.train;

import dev.headlight.samples.world.Mixture;
import dev.headlight.samples.world.Repeats;
import dev.headlight.samples.world.Tales;
import dev.headlight.samples.world.Vocabulary;
import java.util.List;
import java.util.Optional;

/** The recipes of the samples in this jar. */
final class Recipes {
  private Recipes() {}

  /** Names of the samples that can be trained. */
  static List<String> names() {
    return List.of("induction-2l");
  }

  /** The recipe of a sample. */
  static Optional<Recipe> named(String name) {
    return name.equals("induction-2l") ? Optional.of(induction()) : Optional.empty();
  }

  /**
   * Two layers that learn to look for what came before. Short sequences first: heads that look one
   * token back, and those that build on them, form there within a thousand steps; longer ones then
   * carry them to all positions.
   */
  private static Recipe induction() {
    Vocabulary vocabulary = Vocabulary.english();
    List<Stage> stages =
        List.of(new Stage(1600, 16, 48), new Stage(2800, 8, 128), new Stage(5000, 8, 256));
    return new Recipe(
        "induction-2l",
        new Gpt2Blueprint(2, 8, 128, 256, 256, vocabulary.size(), 0.1, 0.2),
        vocabulary,
        new Mixture(new Repeats(vocabulary), new Tales(vocabulary), 0.25, 0.85),
        stages,
        new LearningRate(3e-3, 100, 0.05, 5000),
        new AdamW.Constants(0.9, 0.98, 1e-8, 0.01, 1),
        20261122);
  }
}
