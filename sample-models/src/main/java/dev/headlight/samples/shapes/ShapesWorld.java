package dev.headlight.samples.shapes;

import dev.headlight.samples.shapes.ShapeQuestion.Kind;
import dev.headlight.samples.world.Aim;
import dev.headlight.samples.world.Example;
import dev.headlight.samples.world.Growing;
import dev.headlight.samples.world.Vocabulary;
import dev.headlight.samples.world.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Pictures of coloured shapes, and questions about them one after the other. Only answers count in
 * the loss, each with the token that ends it.
 *
 * @param vocabulary {@link Vocabulary#shapes}
 * @param shares how often each kind of question is drawn, against the others
 */
public record ShapesWorld(Vocabulary vocabulary, Map<Kind, Double> shares) implements World {
  /** Width and height of a picture in pixels. */
  public static final int SIZE = Scenery.SIZE;

  /** Sides of a patch in pixels. */
  public static final int PATCH = 8;

  /** Tokens of a picture. */
  public static final int PATCHES = SIZE / PATCH * (SIZE / PATCH);

  /** The kinds that a question is drawn from where nothing else is said. */
  public static final List<Kind> ASKED =
      List.of(Kind.COLOUR, Kind.SHAPE, Kind.WHERE, Kind.COUNT, Kind.EXISTS, Kind.WHAT, Kind.SIZE);

  /** Copies the shares. */
  public ShapesWorld {
    shares = Map.copyOf(shares);
  }

  /** A world in which every kind of question is asked as often. */
  public static ShapesWorld even(Vocabulary vocabulary) {
    Map<Kind, Double> shares = new EnumMap<>(Kind.class);
    ASKED.forEach(kind -> shares.put(kind, 1.0));
    return new ShapesWorld(vocabulary, shares);
  }

  /** The picture and the question of a seed; always the same ones. */
  public static ShapeScene draw(long seed) {
    Random random = new Random(seed);
    Kind kind = ASKED.get(random.nextInt(ASKED.size()));
    return draw(random, kind);
  }

  /** A picture and a question of a kind. */
  public static ShapeScene draw(Random random, Kind kind) {
    while (true) {
      Scenery.View view = new Scenery(random).draw();
      Optional<ShapeQuestion> asked = new ShapeQuestions(view.objects(), random).draw(kind);
      if (asked.isPresent()) {
        return new ShapeScene(SIZE, view.rgb(), view.objects(), asked.get());
      }
    }
  }

  @Override
  public Example draw(Random random, int length) {
    Scenery.View view = new Scenery(random).draw();
    ShapeQuestions questions = new ShapeQuestions(view.objects(), random);
    Growing sequence = new Growing(length);
    sequence.addAll(head(), 0);
    List<Aim> aims = new ArrayList<>();
    while (!sequence.full()) {
      Optional<ShapeQuestion> question = questions.draw(anyKind(random));
      if (question.isPresent()) {
        ask(question.get(), sequence);
        int target = question.get().target();
        int answered = sequence.size() - answer(question.get()).length - 1;
        if (target >= 0 && !sequence.full()) {
          aims.add(new Aim(answered, view.objects().get(target).patches()));
        }
      }
    }
    return sequence.done().with(new PatchWords(vocabulary).of(view, aims));
  }

  private void ask(ShapeQuestion question, Growing sequence) {
    sequence.addAll(vocabulary.ids(question.text()), 0);
    for (int token : answer(question)) {
      sequence.add(token, 1);
    }
  }

  /** Tokens of an answer, and the one that ends it. */
  public int[] answer(ShapeQuestion question) {
    int[] words = vocabulary.ids(question.answer());
    int[] answer = Arrays.copyOf(words, words.length + 1);
    answer[words.length] = Vocabulary.BOS_ID;
    return answer;
  }

  /** The token that begins, and those of the picture. */
  private int[] head() {
    int[] head = new int[1 + PATCHES];
    Arrays.fill(head, vocabulary.id(ShapeQuestion.IMAGE));
    head[0] = Vocabulary.BOS_ID;
    return head;
  }

  /** Tokens of a prompt: the beginning, the picture, the question. */
  public int[] prompt(ShapeQuestion question) {
    int[] asked = vocabulary.ids(question.text());
    int[] prompt = Arrays.copyOf(head(), 1 + PATCHES + asked.length);
    System.arraycopy(asked, 0, prompt, 1 + PATCHES, asked.length);
    return prompt;
  }

  private Kind anyKind(Random random) {
    double at = random.nextDouble() * shares.values().stream().mapToDouble(s -> s).sum();
    for (Kind kind : ASKED) {
      at -= shares.getOrDefault(kind, 0.0);
      if (at < 0) {
        return kind;
      }
    }
    return Kind.WHAT;
  }
}
