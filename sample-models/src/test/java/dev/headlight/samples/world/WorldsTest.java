package dev.headlight.samples.world;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The generators say what they claim to. */
class WorldsTest {
  private static final Vocabulary WORDS = Vocabulary.english();

  @Test
  void drawsDependOnTheSeedOnly() {
    for (World world : List.of(new Repeats(WORDS), new Tales(WORDS))) {
      int[] first = world.draw(new Random(3), 90).tokens();
      assertArrayEquals(first, world.draw(new Random(3), 90).tokens());
      assertFalse(Arrays.equals(first, world.draw(new Random(4), 90).tokens()));
    }
  }

  /** Where a repeat counts, the same two tokens stood side by side before. */
  @Test
  void whatCountsCanBeForeseen() {
    World world = new Repeats(WORDS);
    int counted = 0;
    for (int seed = 0; seed < 200; seed++) {
      Example example = world.draw(new Random(seed), 129);
      Set<Long> pairs = new HashSet<>();
      for (int i = 1; i < example.length(); i++) {
        long pair = ((long) example.tokens()[i - 1] << 32) | example.tokens()[i];
        assertTrue(example.weights()[i] == 0 || pairs.contains(pair), "seed " + seed + " at " + i);
        counted += example.weights()[i] > 0 ? 1 : 0;
        pairs.add(pair);
      }
      assertEquals(0, example.weights()[0]);
    }
    assertTrue(counted > 200 * 129 / 3, counted + " tokens count");
  }

  @Test
  void repeatsComeAtManyDistances() {
    World world = new Repeats(WORDS);
    Set<Integer> distances = new HashSet<>();
    for (int seed = 0; seed < 200; seed++) {
      int[] tokens = world.draw(new Random(seed), 129).tokens();
      int last = tokens.length - 1;
      IntStream.range(0, last).filter(i -> tokens[i] == tokens[last]).forEach(distances::add);
    }
    assertTrue(distances.size() > 50, distances.toString());
  }

  @Test
  void talesReadAsSentencesWithThreeCharacters() {
    for (int seed = 0; seed < 50; seed++) {
      Example example = new Tales(WORDS).draw(new Random(seed), 200);
      String text = text(example);
      assertTrue(Character.isUpperCase(text.charAt(0)), text);
      for (String sentence : text.split(" \\. ", -1)) {
        assertTrue(Character.isUpperCase(sentence.charAt(0)), sentence);
      }
      Set<String> creatures =
          Arrays.stream(text.split(" ", -1))
              .filter(w -> WORDS.kind("animal").contains(w) || WORDS.kind("name").contains(w))
              .collect(Collectors.toSet());
      assertTrue(creatures.size() <= 3, text);
    }
  }

  private static String text(Example example) {
    List<String> pieces = WORDS.pieces();
    return Arrays.stream(example.tokens())
        .mapToObj(id -> pieces.get(id).replace("Ġ", ""))
        .collect(Collectors.joining(" "));
  }

  @Test
  void mixturesMostlyBeginWithTheBeginning() {
    World world = new Mixture(new Repeats(WORDS), new Tales(WORDS), 0.25, 0.85);
    Random random = new Random(1);
    int begun = 0;
    for (int i = 0; i < 1000; i++) {
      Example example = world.draw(random, 20);
      assertEquals(20, example.length());
      begun += example.tokens()[0] == Vocabulary.BOS_ID ? 1 : 0;
    }
    assertEquals(850, begun, 50);
  }

  @Test
  void everyTokenHasItsOwnPiece() {
    List<String> pieces = WORDS.pieces();
    assertEquals(WORDS.size(), pieces.size());
    assertEquals(pieces.size(), new HashSet<>(pieces).size());
    assertEquals("Ġfox", pieces.get(WORDS.id("fox")));
    assertEquals(".", pieces.get(WORDS.id(".")));
    assertEquals("Ġ", pieces.get(1 + ' '));
    assertEquals("Ċ", pieces.get(1 + '\n'));
  }
}
