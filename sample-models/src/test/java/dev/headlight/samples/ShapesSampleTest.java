package dev.headlight.samples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.samples.measure.ShapeScores;
import dev.headlight.samples.shapes.ShapeQuestion.Kind;
import dev.headlight.samples.shapes.ShapeScene;
import dev.headlight.samples.shapes.ShapesWorld;
import dev.headlight.samples.world.Vocabulary;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the shipped model of shapes can do, on pictures that are new in every run. */
class ShapesSampleTest {
  private static final String NAME = "shapes-vlm";
  private static final int PICTURES = 60;

  private static Model model;
  private static long seed;
  private static List<ShapeScene> scenes;
  private static ShapeScores scores;

  @BeforeAll
  static void ask() {
    model = Model.open(Samples.folder(NAME), Progress.NONE);
    seed = System.nanoTime();
    Random random = new Random(seed);
    scenes = new ArrayList<>();
    for (Kind kind : ShapesWorld.ASKED) {
      for (int i = 0; i < PICTURES; i++) {
        scenes.add(ShapesWorld.draw(random, kind));
      }
    }
    scores = ShapeScores.of(model.transformer(), Vocabulary.shapes(), scenes);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void answersAreRight() {
    String found = scores.right() + " of " + scores.asked() + ", seed " + seed;
    assertTrue(scores.share() >= 0.95, found);
  }

  @Test
  void someHeadPointsAtWhatIsAskedAbout() {
    Head best = scores.ranked().get(0);
    assertTrue(scores.pointing().get(best) >= 0.8, scores.pointing() + ", seed " + seed);
  }

  /** Heads do not point by chance: the picture of another question is not answered by them. */
  @Test
  void thePictureDecides() {
    List<ShapeScene> exchanged = new ArrayList<>();
    for (int i = 0; i < PICTURES; i++) {
      ShapeScene asked = scenes.get(i);
      byte[] other = scenes.get((i + 1) % PICTURES).rgb();
      exchanged.add(new ShapeScene(asked.size(), other, asked.objects(), asked.question()));
    }
    ShapeScores blind = ShapeScores.of(model.transformer(), Vocabulary.shapes(), exchanged);
    assertTrue(blind.share() < 0.5, blind.share() + ", seed " + seed);
    Head best = scores.ranked().get(0);
    assertTrue(blind.pointing().get(best) < 0.5, blind.pointing() + ", seed " + seed);
  }

  /** The examples are pictures of the world, and their masks show what is asked about. */
  @Test
  void examplesAreAnswered() {
    List<SampleExample> examples = Samples.examples(NAME);
    assertTrue(examples.size() >= 4, examples.toString());
    assertEquals(Samples.describe(NAME).prompt(), examples.get(0).prompt());
    List<ShapeScene> drawn = new ArrayList<>();
    for (SampleExample example : examples) {
      assertTrue(Files.exists(example.picture()), example.toString());
      assertTrue(example.mask().map(Files::exists).orElse(true), example.toString());
      String seed = example.picture().getFileName().toString().replace(".png", "");
      ShapeScene scene = ShapesWorld.draw(Long.parseLong(seed));
      assertEquals(scene.question().prompt(), example.prompt());
      assertEquals(scene.question().answer(), example.answer());
      drawn.add(scene);
    }
    ShapeScores said = ShapeScores.of(model.transformer(), Vocabulary.shapes(), drawn);
    assertEquals(1, said.share(), said.right() + " of " + said.asked());
  }

  @Test
  void itIsALlava() {
    assertEquals("llava", model.spec().family());
    assertEquals(
        ShapesWorld.PATCHES,
        model.spec().vision().orElseThrow().tower().patches().orElseThrow().trained().size());
  }

  @Test
  void promptsAreReadAsTheyWereDrawn() {
    for (ShapeScene scene : scenes.subList(0, 20)) {
      int[] drawn = ShapesWorld.even(Vocabulary.shapes()).prompt(scene.question());
      int[] read = model.tokenizer().orElseThrow().encode(scene.question().prompt()).ids();
      int[] expanded = new int[read.length + ShapesWorld.PATCHES - 1];
      expanded[0] = read[0];
      Arrays.fill(expanded, 1, 1 + ShapesWorld.PATCHES, read[1]);
      System.arraycopy(read, 2, expanded, 1 + ShapesWorld.PATCHES, read.length - 2);
      assertArrayEquals(drawn, expanded, scene.question().prompt());
    }
  }
}
