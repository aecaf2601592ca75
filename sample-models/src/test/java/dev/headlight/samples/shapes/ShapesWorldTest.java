package dev.headlight.samples.shapes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.samples.shapes.ShapeQuestion.Kind;
import dev.headlight.samples.world.Example;
import dev.headlight.samples.world.Vocabulary;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is drawn is what is said of it. */
class ShapesWorldTest {
  private static final int SIZE = ShapesWorld.SIZE;

  private static final List<ShapeScene> SCENES =
      LongStream.range(0, 400).mapToObj(ShapesWorld::draw).toList();

  private static Stream<ShapeScene> scenes() {
    return SCENES.stream();
  }

  @Test
  void aSeedAlwaysGivesTheSamePicture() {
    Set<String> questions = new HashSet<>();
    for (long seed = 0; seed < 20; seed++) {
      ShapeScene scene = ShapesWorld.draw(seed);
      ShapeScene again = ShapesWorld.draw(seed);
      assertArrayEquals(scene.rgb(), again.rgb());
      assertEquals(scene.question(), again.question());
      questions.add(scene.question() + Arrays.toString(scene.rgb()));
    }
    assertEquals(20, questions.size());
  }

  /** Within its mask an object has its colour, but for noise and its edge. */
  @Test
  void masksShowObjectsInTheirColours() {
    scenes()
        .forEach(
            scene -> {
              for (ShapeObject object : scene.objects()) {
                Tone tone = object.colour().tone();
                double[] mean = mean(scene, object.mask());
                assertEquals(tone.red(), mean[0], 40, object.words());
                assertEquals(tone.green(), mean[1], 40, object.words());
                assertEquals(tone.blue(), mean[2], 40, object.words());
              }
            });
  }

  private static double[] mean(ShapeScene scene, boolean[] mask) {
    double[] sum = new double[3];
    int count = 0;
    for (int pixel = 0; pixel < mask.length; pixel++) {
      for (int channel = 0; mask[pixel] && channel < 3; channel++) {
        sum[channel] += scene.rgb()[3 * pixel + channel] & 0xff;
      }
      count += mask[pixel] ? 1 : 0;
    }
    return new double[] {sum[0] / count, sum[1] / count, sum[2] / count};
  }

  @Test
  void masksLieInTheirPlacesAndDoNotOverlap() {
    scenes()
        .forEach(
            scene -> {
              boolean[] taken = new boolean[SIZE * SIZE];
              for (ShapeObject object : scene.objects()) {
                int[] seen = pixels(object);
                assertTrue(seen.length > 35, object.words() + " has " + seen.length + " pixels");
                for (int pixel : seen) {
                  assertFalse(taken[pixel]);
                  taken[pixel] = true;
                }
                double x = IntStream.of(seen).map(p -> p % SIZE).average().orElseThrow();
                double y = IntStream.of(seen).map(p -> p / SIZE).average().orElseThrow();
                assertEquals(object.place().column(), (int) (3 * x / SIZE), object.toString());
                assertEquals(object.place().row(), (int) (3 * y / SIZE), object.toString());
              }
            });
  }

  private static int[] pixels(ShapeObject object) {
    return IntStream.range(0, SIZE * SIZE).filter(p -> object.mask()[p]).toArray();
  }

  @Test
  void bigOnesAreBigger() {
    for (Shape shape : Shape.values()) {
      assertTrue(area(shape, false) * 1.5 < area(shape, true), shape.word());
    }
  }

  private static double area(Shape shape, boolean big) {
    return scenes()
        .flatMap(scene -> scene.objects().stream())
        .filter(object -> object.shape() == shape && object.big() == big)
        .mapToInt(object -> pixels(object).length)
        .average()
        .orElseThrow();
  }

  /** Every answer is found again from the objects by the words of the question. */
  @Test
  void answersAreTrue() {
    Set<Kind> asked = new HashSet<>();
    scenes()
        .forEach(
            scene -> {
              ShapeQuestion question = scene.question();
              asked.add(question.kind());
              assertEquals(answer(scene), question.answer(), question.toString());
              if (question.target() >= 0 && question.kind() != Kind.WHAT) {
                ShapeObject target = scene.objects().get(question.target());
                boolean named =
                    question.text().contains(" " + target.shape().word())
                        || question.text().contains(" " + target.colour().word());
                assertTrue(named, question.toString());
              }
            });
    assertEquals(Set.copyOf(ShapesWorld.ASKED), asked);
  }

  private static String answer(ShapeScene scene) {
    String text = scene.question().text();
    List<String> words = List.of(text.replace("?", "").split(" "));
    List<ShapeObject> named =
        scene.objects().stream()
            .filter(
                o ->
                    Stream.of(Colour.values()).noneMatch(c -> words.contains(c.word()))
                        || words.contains(o.colour().word()))
            .filter(
                o ->
                    Stream.of(Shape.values()).noneMatch(s -> names(words, s))
                        || names(words, o.shape()))
            .toList();
    return switch (scene.question().kind()) {
      case COLOUR -> only(named).colour().word();
      case SHAPE -> only(named).shape().word();
      case WHERE -> only(named).place().name().toLowerCase(Locale.ROOT).replace("_", " ");
      case SIZE -> only(named).big() ? "big" : "small";
      case COUNT -> List.of("zero", "one", "two", "three", "four").get(named.size());
      case EXISTS -> named.isEmpty() ? "no" : "yes";
      case WHAT ->
          scene.objects().stream()
              .filter(o -> text.equals("What is at the " + o.place().words() + "?"))
              .map(ShapeObject::words)
              .findFirst()
              .orElse("nothing");
    };
  }

  private static boolean names(List<String> words, Shape shape) {
    return words.contains(shape.word()) || words.contains(shape.plural());
  }

  private static ShapeObject only(List<ShapeObject> objects) {
    assertEquals(1, objects.size());
    return objects.get(0);
  }

  @Test
  void somethingIsHiddenInSomePictures() {
    long hidden =
        scenes().filter(scene -> scene.objects().stream().anyMatch(o -> !o.whole())).count();
    assertTrue(hidden > 40 && hidden < 300, hidden + " of 400");
  }

  @Test
  void onlyAnswersCount() {
    Vocabulary vocabulary = Vocabulary.shapes();
    ShapesWorld world = ShapesWorld.even(vocabulary);
    Example example = world.draw(new Random(3), 130);
    assertEquals(130, example.length());
    assertEquals(3 * SIZE * SIZE, example.sight().orElseThrow().rgb().length);
    assertEquals(Vocabulary.BOS_ID, example.tokens()[0]);
    int image = vocabulary.id(ShapeQuestion.IMAGE);
    int[] patches = Arrays.copyOfRange(example.tokens(), 1, 1 + ShapesWorld.PATCHES);
    assertTrue(IntStream.of(patches).allMatch(token -> token == image));
    int question = vocabulary.id("?");
    for (int i = 1; i < example.length(); i++) {
      boolean first = example.tokens()[i - 1] == question;
      assertTrue(!first || example.weights()[i] == 1, "answers begin after a question mark");
      assertTrue(example.tokens()[i] != question || example.weights()[i] == 0);
    }
  }

  @Test
  void promptsHaveAnImageTokenForEveryPatch() {
    Vocabulary vocabulary = Vocabulary.shapes();
    ShapeQuestion question = ShapesWorld.draw(5).question();
    int[] prompt = ShapesWorld.even(vocabulary).prompt(question);
    int[] text = vocabulary.ids(question.prompt());
    assertEquals(vocabulary.id(ShapeQuestion.IMAGE), text[0]);
    assertEquals(prompt.length, 1 + ShapesWorld.PATCHES + text.length - 1);
    int asked = text.length - 1;
    assertArrayEquals(
        Arrays.copyOfRange(text, 1, text.length),
        Arrays.copyOfRange(prompt, prompt.length - asked, prompt.length));
  }
}
