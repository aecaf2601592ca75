package dev.headlight.samples.train;

import dev.headlight.analysis.run.Head;
import dev.headlight.samples.shapes.ShapeQuestion;
import dev.headlight.samples.shapes.ShapesWorld;
import dev.headlight.samples.train.LlamaBlueprint.Leaning;
import dev.headlight.samples.train.LlamaBlueprint.Matching;
import dev.headlight.samples.world.Blend;
import dev.headlight.samples.world.Blend.Part;
import dev.headlight.samples.world.ColouredObjects;
import dev.headlight.samples.world.Facts;
import dev.headlight.samples.world.IndirectObjects;
import dev.headlight.samples.world.Lookups;
import dev.headlight.samples.world.Mixture;
import dev.headlight.samples.world.Repeats;
import dev.headlight.samples.world.Tales;
import dev.headlight.samples.world.Vocabulary;
import dev.headlight.samples.world.World;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The recipes of the samples in this jar. */
final class Recipes {
  private static final String INDUCTION = "induction-2l";
  private static final String STORIES = "world-6l";
  private static final String SHAPES = "shapes-vlm";

  /** Weight of tokens that are no answers. */
  private static final float LITTLE = 0.05f;

  private Recipes() {}

  /** Names of the samples that can be trained. */
  static List<String> names() {
    return List.of(INDUCTION, STORIES, SHAPES);
  }

  /** The recipe of a sample. */
  static Optional<Recipe> named(String name) {
    return switch (name) {
      case INDUCTION -> Optional.of(induction());
      case STORIES -> Optional.of(stories());
      case SHAPES -> Optional.of(shapes());
      default -> Optional.empty();
    };
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
        INDUCTION,
        new Gpt2Blueprint(2, 8, 128, 256, 256, vocabulary.size(), 0.1, 0.2),
        vocabulary,
        new StripeMeasures(vocabulary),
        new Mixture(new Repeats(vocabulary), new Tales(vocabulary), 0.25, 0.85),
        stages,
        new LearningRate(3e-3, 100, 0, 0.05, 5000),
        new AdamW.Constants(0.9, 0.98, 1e-8, 0.01, 1),
        List.of(),
        Seeing.NONE,
        20261122);
  }

  /**
   * Six layers that learn to find what was said. Short sequences first, in which heads form; then
   * longer ones, that carry them over a thousand tokens.
   */
  private static Recipe stories() {
    Vocabulary vocabulary = Vocabulary.stories();
    return new Recipe(
        STORIES,
        storyModel(vocabulary),
        vocabulary,
        new StoryMeasures(vocabulary),
        storyWorld(vocabulary),
        List.of(
            new Stage(800, 32, 96),
            new Stage(900, 12, 256),
            new Stage(1300, 6, 256),
            new Stage(1500, 3, 512),
            new Stage(2300, 2, 1024)),
        new LearningRate(2e-3, 50, 1900, 0.05, 2300),
        new AdamW.Constants(0.9, 0.98, 1e-8, 0.01, 1),
        List.of(
            new Specialists(storyHeads(), 0.1, 0.08, 800),
            new Specialists(storyHeads(), 0.1, 0.2, 1600)),
        Seeing.NONE,
        20261122);
  }

  /** Heads that may fetch: each of its own key/value group. */
  private static Set<Head> storyHeads() {
    return Stream.of("L2H0", "L2H4", "L3H0", "L4H2", "L4H6")
        .map(Head::parse)
        .collect(Collectors.toSet());
  }

  private static Blueprint storyModel(Vocabulary vocabulary) {
    List<Leaning> leaning =
        List.of(new Leaning(0, 0, 1), new Leaning(0, 2, 2), new Leaning(1, 0, 1));
    List<Matching> matching = List.of(new Matching(2, 0), new Matching(3, 0));
    int size = vocabulary.size();
    return new LlamaBlueprint(6, 8, 4, 32, 128, 192, 1024, size, 1e6, leaning, matching);
  }

  private static World storyWorld(Vocabulary vocabulary) {
    List<Part> parts =
        List.of(
            new Part(0.33, new Facts(vocabulary, LITTLE), Integer.MAX_VALUE),
            new Part(0.17, new Repeats(vocabulary), 160),
            new Part(0.3, new IndirectObjects(vocabulary, LITTLE), 96),
            new Part(0.1, new Lookups(vocabulary), 96),
            new Part(0.1, new ColouredObjects(vocabulary, LITTLE), 96));
    return new Mixture(new Blend(parts), new Tales(vocabulary), 0.03, 0.9);
  }

  /** A tower of three layers and a Llama of four that learn to answer questions about pictures. */
  private static Recipe shapes() {
    Vocabulary vocabulary = Vocabulary.shapes();
    return new Recipe(
        SHAPES,
        shapeModel(vocabulary),
        vocabulary,
        new ShapeMeasures(vocabulary),
        ShapesWorld.even(vocabulary),
        List.of(new Stage(400, 32, 122), new Stage(4600, 24, 138)),
        new LearningRate(
            2e-3, 100, 2600, 0.05, 4000, Optional.of(new LearningRate(1e-3, 20, 200, 0.05, 600))),
        new AdamW.Constants(0.9, 0.98, 1e-8, 0.01, 1),
        List.of(),
        new Seeing(
            List.of(
                new Naming(0, 1, true), new Naming(400, 0.5, false), new Naming(2500, 0, false)),
            Optional.of(new Pointer(Head.parse("L2H6"), 0.1, 4000))),
        20261123);
  }

  private static Blueprint shapeModel(Vocabulary vocabulary) {
    ClipBlueprint tower = new ClipBlueprint(3, 8, 96, 192, ShapesWorld.SIZE, ShapesWorld.PATCH);
    List<Leaning> leaning =
        List.of(
            new Leaning(0, 0, 1),
            new Leaning(0, 2, 2),
            new Leaning(0, 4, 3),
            new Leaning(0, 6, 4),
            new Leaning(1, 0, 1),
            new Leaning(1, 2, 2));
    List<Matching> matching =
        List.of(
            new Matching(1, 4, 0, true),
            new Matching(1, 6, 1, true),
            new Matching(2, 1, 0, true),
            new Matching(2, 3, 1, true));
    LlamaBlueprint language =
        new LlamaBlueprint(4, 8, 8, 16, 128, 192, 256, vocabulary.size(), 1e4, leaning, matching);
    return new LlavaBlueprint(tower, language, vocabulary.id(ShapeQuestion.IMAGE));
  }
}
