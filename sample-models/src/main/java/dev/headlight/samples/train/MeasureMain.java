package dev.headlight.samples.train;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.samples.measure.NeedleScores;
import dev.headlight.samples.measure.ShapeScores;
import dev.headlight.samples.measure.StoryTrial;
import dev.headlight.samples.shapes.ShapeQuestion.Kind;
import dev.headlight.samples.shapes.ShapeScene;
import dev.headlight.samples.shapes.ShapesWorld;
import dev.headlight.samples.world.NeedlePrompt;
import dev.headlight.samples.world.Vocabulary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what a model of stories or of shapes can do: {@code MeasureMain FOLDER [SEED]}. */
public final class MeasureMain {
  private static final Logger LOG = LoggerFactory.getLogger(MeasureMain.class);
  private static final int PROMPTS = 12;
  private static final int TOKENS = 300;
  private static final int SENTENCES = 200;
  private static final int SHOWN = 8;

  /** Score from which a head is said to fetch. */
  private static final double FETCHES = 0.1;

  private MeasureMain() {}

  /** See the class. */
  public static void main(String[] args) {
    TrainMain.oneThread();
    long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
    LOG.info("seed {}", seed);
    try (Model model = Model.open(Path.of(args[0]), Progress.NONE)) {
      if (model.spec().vision().isPresent()) {
        shapes(model, seed);
      } else {
        stories(model, seed);
      }
    }
  }

  /** Answers about pictures, the heads that point, and answers without these. */
  private static void shapes(Model model, long seed) {
    Vocabulary vocabulary = Vocabulary.shapes();
    Random random = new Random(seed);
    List<ShapeScene> scenes = new ArrayList<>();
    for (Kind kind : ShapesWorld.ASKED) {
      for (int i = 0; i < SENTENCES; i++) {
        scenes.add(ShapesWorld.draw(random, kind));
      }
    }
    ShapeScores all = ShapeScores.of(model.transformer(), vocabulary, scenes);
    LOG.info("right {}: {} of {}", all.share(), all.right(), all.asked());
    Set<Head> pointing = new HashSet<>();
    for (Head head : all.ranked().subList(0, SHOWN)) {
      pointing.add(head);
      LOG.info(
          "{} points in {}; without it, and those before, right {}; without it alone {}",
          head,
          all.pointing().get(head),
          ShapeScores.of(model.transformer(), vocabulary, scenes, pointing).share(),
          ShapeScores.of(model.transformer(), vocabulary, scenes, Set.of(head)).share());
    }
  }

  private static void stories(Model model, long seed) {
    Vocabulary vocabulary = Vocabulary.stories();
    StoryTrial trial = new StoryTrial(model.transformer(), vocabulary, seed);
    LOG.info("best heads: {}", trial.stripes());
    LOG.info("indirect objects: {}", trial.objects(SENTENCES));
    for (int tokens : new int[] {120, 250, 500, 1000}) {
      for (int others : new int[] {0, 3}) {
        NeedleScores found = trial.needles(trial.prompts(PROMPTS, tokens, others), Set.of());
        LOG.info("needles, {} tokens, {} others: {}", tokens, others, shown(found));
      }
    }
    silence(trial);
  }

  private static void silence(StoryTrial trial) {
    List<NeedlePrompt> prompts = trial.prompts(PROMPTS, TOKENS, 0);
    NeedleScores all = trial.needles(prompts, Set.of());
    if (all.above(FETCHES) > 0) {
      Set<Head> top = new HashSet<>(all.ranked().subList(0, (int) all.above(FETCHES)));
      LOG.info(
          "{} tokens: {}; without {}: {}; without as many others: {}",
          TOKENS,
          all.share(),
          top,
          trial.needles(prompts, top).share(),
          trial.withoutOthers(prompts, top));
    }
  }

  private static String shown(NeedleScores scores) {
    String top =
        scores.ranked().stream()
            .limit(SHOWN)
            .map(head -> "%s %.2f".formatted(head, scores.retrieval().get(head)))
            .collect(Collectors.joining(", "));
    return "%d of %d; over 0.1: %d; %s"
        .formatted(scores.right(), scores.asked(), scores.above(FETCHES), top);
  }
}
