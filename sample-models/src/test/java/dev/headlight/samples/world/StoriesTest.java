package dev.headlight.samples.world;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What counts in the stories can be known from what stands before it. */
class StoriesTest {
  private static final Vocabulary WORDS = Vocabulary.stories();
  private static final float LITTLE = 0.05f;

  private static List<World> worlds() {
    return List.of(
        new Facts(WORDS, LITTLE),
        new IndirectObjects(WORDS, LITTLE),
        new Lookups(WORDS),
        new ColouredObjects(WORDS, LITTLE));
  }

  @Test
  void drawsFillTheLengthAndDependOnTheSeedOnly() {
    for (World world : worlds()) {
      for (int length : new int[] {7, 95, 96, 257, 1025}) {
        Example first = world.draw(new Random(3), length);
        assertEquals(length, first.length());
        assertArrayEquals(first.tokens(), world.draw(new Random(3), length).tokens());
        assertArrayEquals(first.weights(), world.draw(new Random(3), length).weights());
        assertFalse(Arrays.equals(first.tokens(), world.draw(new Random(4), length).tokens()));
      }
    }
  }

  /** The tokens of an answer stood in the story, in the same order, and did not count there. */
  @Test
  void answersStoodInTheStory() {
    for (int seed = 0; seed < 200; seed++) {
      Example example = new Facts(WORDS, LITTLE).draw(new Random(seed), 128);
      int[] hidden = indices(example, 0);
      int[] counted = indices(example, 1);
      assertTrue(counted.length >= 4, "seed " + seed);
      assertTrue(hidden[hidden.length - 1] < counted[0], "seed " + seed);
      Set<Integer> story =
          Arrays.stream(hidden).map(i -> example.tokens()[i]).boxed().collect(Collectors.toSet());
      story.add(WORDS.id("."));
      for (int i : counted) {
        assertTrue(story.contains(example.tokens()[i]), "seed " + seed + " at " + i);
      }
    }
  }

  private static int[] indices(Example example, float weight) {
    return IntStream.range(0, example.length())
        .filter(i -> example.weights()[i] == weight)
        .toArray();
  }

  @Test
  void lookupsSayWhatTheListSaid() {
    Map<Integer, Integer> list = new HashMap<>();
    Example example = new Lookups(WORDS).draw(new Random(5), 400);
    int[] tokens = example.tokens();
    for (int i = 2; i < tokens.length; i++) {
      if (tokens[i - 1] == WORDS.id(":")) {
        if (example.weights()[i] == 1) {
          assertEquals(list.get(tokens[i - 2]), tokens[i], "at " + i);
        }
        list.put(tokens[i - 2], tokens[i]);
      }
    }
    assertTrue(indices(example, 1).length > 30);
  }

  @Test
  void theIndirectObjectIsTheNameSaidOnce() {
    Random random = new Random(1);
    Set<String> openings = new HashSet<>();
    int first = 0;
    for (int i = 0; i < 400; i++) {
      IndirectObject sentence = IndirectObject.draw(WORDS, random);
      List<String> words = List.of(sentence.text().split("[ ,.]+"));
      assertEquals(1, words.stream().filter(sentence.right()::equals).count());
      assertEquals(2, words.stream().filter(sentence.wrong()::equals).count());
      assertEquals("to", words.get(words.size() - 1));
      assertEquals(
          sentence.rightFirst(), words.indexOf(sentence.right()) < words.indexOf(sentence.wrong()));
      openings.add(words.get(0));
      first += sentence.rightFirst() ? 1 : 0;
    }
    assertEquals(200, first, 50);
    assertEquals(6, openings.size());
  }

  @Test
  void aNeedleLiesWhereItIsSaidToLie() {
    for (int seed = 0; seed < 50; seed++) {
      double depth = seed % 11 / 10.0;
      NeedlePrompt prompt = NeedlePrompt.draw(WORDS, new Random(seed), 400, depth, seed % 4);
      int[] ids = prompt.ids();
      assertTrue(ids.length <= 400 && ids.length > 370, ids.length + " tokens");
      assertEquals(Vocabulary.BOS_ID, ids[0]);
      int[] answer = WORDS.ids(prompt.needle().answer());
      assertArrayEquals(answer, Arrays.copyOfRange(ids, prompt.from(), prompt.to()));
      assertEquals(WORDS.id("is"), ids[prompt.from() - 1]);
      assertEquals(WORDS.id("is"), ids[ids.length - 1]);
      double place = (double) prompt.from() / (ids.length - 20);
      assertEquals(depth, place, 0.15, "seed " + seed);
      String owner = prompt.needle().owner();
      assertEquals(4, prompt.text().split("\\b" + owner + "\\b", -1).length, prompt.text());
    }
  }

  @Test
  void fillerHasWholeSentencesOfAllLengthsAndNoneOfTheWords() {
    Set<String> without = Set.of("fox", "Anna", "golden");
    Filler filler = new Filler(WORDS, new Random(2), without);
    String text = filler.text(3000);
    int tokens = WORDS.ids(text).length;
    assertTrue(tokens <= 3000 && tokens > 2970, tokens + " tokens");
    assertTrue(Character.isUpperCase(text.charAt(0)) && text.endsWith("."), text);
    for (String word : without) {
      assertFalse(text.matches(".*\\b" + word + "\\b.*"), word);
    }
    assertNotEquals(text, filler.text(3000));
  }

  @Test
  void wordsThatBeginALineAreOtherTokens() {
    int[] ids = WORDS.ids("Question.\n\nQuestion: What");
    List<String> pieces = Arrays.stream(ids).mapToObj(WORDS.pieces()::get).toList();
    assertEquals(List.of("ĠQuestion", ".", "Ċ", "Ċ", "Question", ":", "ĠWhat"), pieces);
  }

  @Test
  void aBlendHasAllItsParts() {
    World words = (random, length) -> Example.of(new int[length], 1);
    World others =
        (random, length) -> {
          int[] ids = new int[length];
          Arrays.fill(ids, 1);
          return Example.of(ids, 1);
        };
    Blend blend = new Blend(List.of(new Blend.Part(1, words, 10), new Blend.Part(3, others, 10)));
    int[] tokens = blend.draw(new Random(1), 20_000).tokens();
    assertEquals(0.75, Arrays.stream(tokens).average().orElseThrow(), 0.05);
  }
}
