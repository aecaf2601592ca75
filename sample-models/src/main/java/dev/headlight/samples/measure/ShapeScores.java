package dev.headlight.samples.measure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Engines;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.PassInput;
import dev.headlight.analysis.model.Transformer;
import dev.headlight.analysis.run.Head;
import dev.headlight.samples.shapes.PixelBatch;
import dev.headlight.samples.shapes.ShapeObject;
import dev.headlight.samples.shapes.ShapeQuestion.Kind;
import dev.headlight.samples.shapes.ShapeScene;
import dev.headlight.samples.shapes.ShapesWorld;
import dev.headlight.samples.world.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Answers to questions about pictures, and which heads point at what was asked for. An answer is
 * right when greedy decoding says all of it and then ends. A head points at an object when, of all
 * patches, the one that it looks at most from the position that answers has its middle in the
 * object's mask.
 *
 * @param asked questions of each kind
 * @param right answers of each kind that were right
 * @param pointing share of the pictures in which a head points at the object asked about; of
 *     questions for a colour, a shape, a place or a size, whatever was answered
 */
public record ShapeScores(
    Map<Kind, Integer> asked, Map<Kind, Integer> right, Map<Head, Double> pointing) {
  private static final int ROWS = 32;

  /** Kinds of questions that are about one object which the question names. */
  private static final List<Kind> ABOUT_ONE =
      List.of(Kind.COLOUR, Kind.SHAPE, Kind.WHERE, Kind.SIZE);

  /** Asks. */
  public static ShapeScores of(
      Transformer transformer, Vocabulary vocabulary, List<ShapeScene> scenes) {
    return of(transformer, vocabulary, scenes, Set.of());
  }

  /** Asks. Heads in {@code zeroed} put out zeros at every position. */
  public static ShapeScores of(
      Transformer transformer, Vocabulary vocabulary, List<ShapeScene> scenes, Set<Head> zeroed) {
    Tally tally = new Tally(transformer, ShapesWorld.even(vocabulary), zeroed);
    scenes.stream()
        .collect(
            Collectors.groupingBy(s -> lengths(s, vocabulary), TreeMap::new, Collectors.toList()))
        .values()
        .forEach(tally::addAll);
    return tally.scores();
  }

  /** Tokens of question and answer: scenes of the same numbers go through one pass. */
  private static int lengths(ShapeScene scene, Vocabulary vocabulary) {
    int question = vocabulary.ids(scene.question().text()).length;
    return 100 * question + vocabulary.ids(scene.question().answer()).length;
  }

  /** Share of all answers that were right, 0 to 1. */
  public double share() {
    return (double) sum(right) / sum(asked);
  }

  /** Share of a kind's answers that were right, 0 to 1. */
  public double share(Kind kind) {
    return (double) right.get(kind) / asked.get(kind);
  }

  private static int sum(Map<Kind, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Heads, those that point most often first. */
  public List<Head> ranked() {
    return pointing.entrySet().stream()
        .sorted(Map.Entry.<Head, Double>comparingByValue(Comparator.reverseOrder()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Counts while it asks. */
  private static final class Tally {
    private final Transformer transformer;
    private final ShapesWorld world;
    private final Set<Head> zeroed;
    private final Map<Kind, Integer> asked = new EnumMap<>(Kind.class);
    private final Map<Kind, Integer> right = new EnumMap<>(Kind.class);
    private final Map<Head, Integer> hits = new TreeMap<>();
    private int pointed;

    Tally(Transformer transformer, ShapesWorld world, Set<Head> zeroed) {
      this.transformer = transformer;
      this.world = world;
      this.zeroed = zeroed;
      NeedleScores.heads(transformer.spec()).forEach(head -> hits.put(head, 0));
    }

    /** Scenes whose questions and answers have the same numbers of tokens. */
    void addAll(List<ShapeScene> scenes) {
      for (int from = 0; from < scenes.size(); from += ROWS) {
        add(scenes.subList(from, Math.min(scenes.size(), from + ROWS)));
      }
    }

    private void add(List<ShapeScene> scenes) {
      List<int[]> prompts = scenes.stream().map(s -> world.prompt(s.question())).toList();
      List<int[]> answers = scenes.stream().map(s -> world.answer(s.question())).toList();
      List<int[]> read = new ArrayList<>();
      for (int i = 0; i < scenes.size(); i++) {
        int[] prompt = prompts.get(i);
        int[] answer = answers.get(i);
        int[] whole = Arrays.copyOf(prompt, prompt.length + answer.length - 1);
        System.arraycopy(answer, 0, whole, prompt.length, answer.length - 1);
        read.add(whole);
      }
      ModelSpec spec = transformer.spec();
      int last = prompts.get(0).length - 1;
      PointingHooks hooks = new PointingHooks(zeroed, spec.layers(), last, 1, ShapesWorld.PATCHES);
      int image = spec.vision().orElseThrow().imageToken();
      List<byte[]> pictures = scenes.stream().map(ShapeScene::rgb).toList();
      try (NDManager scope = Engines.manager()) {
        PassInput input =
            new PassInput(read, null, true, false)
                .with(PixelBatch.inPrompts(pictures, read, image, scope));
        NDArray logits = transformer.forward(input, hooks, Progress.NONE, scope);
        long[] likeliest = logits.argMax(-1).toLongArray();
        for (int i = 0; i < scenes.size(); i++) {
          int first = i * read.get(i).length + last;
          count(scenes.get(i), answers.get(i), likeliest, first);
          point(scenes.get(i), i, spec, hooks);
        }
      }
    }

    private void count(ShapeScene scene, int[] answer, long[] likeliest, int first) {
      boolean all = true;
      for (int i = 0; i < answer.length; i++) {
        all &= likeliest[first + i] == answer[i];
      }
      asked.merge(scene.question().kind(), 1, Integer::sum);
      right.merge(scene.question().kind(), all ? 1 : 0, Integer::sum);
    }

    private void point(ShapeScene scene, int prompt, ModelSpec spec, PointingHooks hooks) {
      if (!ABOUT_ONE.contains(scene.question().kind())) {
        return;
      }
      ShapeObject object = scene.objects().get(scene.question().target());
      pointed++;
      hits.replaceAll(
          (head, count) -> {
            long patch = hooks.top(head.layer())[prompt * spec.heads() + head.head()];
            return object.within((int) patch) ? count + 1 : count;
          });
    }

    ShapeScores scores() {
      Map<Head, Double> pointing = new TreeMap<>();
      hits.forEach((head, count) -> pointing.put(head, (double) count / Math.max(1, pointed)));
      return new ShapeScores(asked, right, pointing);
    }
  }
}
