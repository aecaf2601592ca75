package dev.headlight.samples.train;

import dev.headlight.analysis.run.Head;
import dev.headlight.samples.shapes.ShapeQuestion;
import dev.headlight.samples.shapes.ShapesWorld;
import dev.headlight.samples.world.Facts;
import dev.headlight.samples.world.Mixture;
import dev.headlight.samples.world.Repeats;
import dev.headlight.samples.world.Tales;
import dev.headlight.samples.world.Vocabulary;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The recipe of the sample, in the small. */
final class Small {
  private Small() {}

  static Recipe recipe(int steps) {
    Vocabulary vocabulary = Vocabulary.english();
    return new Recipe(
        "small",
        new Gpt2Blueprint(2, 4, 32, 64, 128, vocabulary.size(), 0.1, 0.2),
        vocabulary,
        new StripeMeasures(vocabulary),
        new Mixture(new Repeats(vocabulary), new Tales(vocabulary), 0.5, 0.85),
        List.of(new Stage(steps / 2, 8, 16), new Stage(steps, 4, 24)),
        new LearningRate(3e-3, 10, 0, 0.05, steps),
        new AdamW.Constants(0.9, 0.98, 1e-8, 0.01, 1),
        List.of(),
        Seeing.NONE,
        5);
  }

  /** The recipe of the story sample, in the small. */
  static Recipe stories(int steps) {
    return stories(steps, new LlamaBlueprint.Matching(1, 0));
  }

  /** The same with a head that begins by asking. */
  static Recipe asking() {
    return stories(40, new LlamaBlueprint.Matching(1, 0, 0, true));
  }

  private static Recipe stories(int steps, LlamaBlueprint.Matching matching) {
    Vocabulary vocabulary = Vocabulary.stories();
    return new Recipe(
        "small",
        new LlamaBlueprint(
            3,
            4,
            2,
            32,
            32,
            48,
            128,
            vocabulary.size(),
            1e6,
            List.of(new LlamaBlueprint.Leaning(0, 0, 1), new LlamaBlueprint.Leaning(0, 2, 2)),
            List.of(matching)),
        vocabulary,
        new StripeMeasures(vocabulary),
        new Facts(vocabulary, 0.05f),
        List.of(new Stage(steps, 4, 64)),
        new LearningRate(3e-3, 10, 0, 0.05, steps),
        new AdamW.Constants(0.9, 0.98, 1e-8, 0.01, 1),
        List.of(new Specialists(Set.of(new Head(1, 0)), 0.1, 0.1, 4)),
        Seeing.NONE,
        5);
  }

  /** The recipe of the sample of shapes, in the small. */
  static Recipe shapes(int steps) {
    Vocabulary vocabulary = Vocabulary.shapes();
    ClipBlueprint tower = new ClipBlueprint(2, 2, 32, 48, ShapesWorld.SIZE, ShapesWorld.PATCH);
    LlamaBlueprint language =
        new LlamaBlueprint(
            2,
            2,
            2,
            16,
            32,
            48,
            128,
            vocabulary.size(),
            1e4,
            List.of(new LlamaBlueprint.Leaning(0, 0, 1)),
            List.of());
    return new Recipe(
        "small",
        new LlavaBlueprint(tower, language, vocabulary.id(ShapeQuestion.IMAGE)),
        vocabulary,
        new ShapeMeasures(vocabulary),
        ShapesWorld.even(vocabulary),
        List.of(new Stage(steps, 8, 106)),
        new LearningRate(3e-3, 10, 0, 0.05, steps),
        new AdamW.Constants(0.9, 0.98, 1e-8, 0.01, 1),
        List.of(),
        new Seeing(
            List.of(new Naming(0, 1, true), new Naming(2, 0.5, false)),
            Optional.of(new Pointer(new Head(1, 1), 0.3, 3))),
        5);
  }
}
