package dev.headlight.samples.world;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Scenes of coloured things, and questions for their colours (Merullo et al. 2024, "Circuit
 * Component Reuse"): "On the table there is a red cup, a blue book and a green hat. What colour is
 * the book? It is blue." The colours answered count.
 */
public final class ColouredObjects implements World {
  private static final List<String> OLD_COLOURS =
      List.of("red", "blue", "green", "black", "white", "grey", "golden", "silver");
  private static final int QUESTIONS = 3;

  private final Vocabulary vocabulary;
  private final List<String> colours = new ArrayList<>(OLD_COLOURS);
  private final float little;

  /**
   * Scenes in this vocabulary.
   *
   * @param little weight of what is not an answer
   */
  public ColouredObjects(Vocabulary vocabulary, float little) {
    this.vocabulary = vocabulary;
    this.little = little;
    colours.addAll(vocabulary.kind("colour"));
  }

  @Override
  public Example draw(Random random, int length) {
    Growing sequence = new Growing(length);
    while (!sequence.full()) {
      scene(random, sequence);
    }
    return sequence.done();
  }

  private void scene(Random random, Growing sequence) {
    int count = 2 + random.nextInt(3);
    List<String> things = some(vocabulary.kind("thing"), count, random);
    List<String> seen = some(colours, count, random);
    StringBuilder text = new StringBuilder("On the table there is");
    for (int i = 0; i < count; i++) {
      String before = i == 0 ? " " : i == count - 1 ? " and " : ", ";
      text.append(before).append(Articles.with(seen.get(i) + " " + things.get(i)));
    }
    sequence.addAll(vocabulary.ids(text + "."), little);
    int questions = 1 + random.nextInt(QUESTIONS);
    for (int i = 0; i < questions; i++) {
      int asked = random.nextInt(count);
      String question = "What colour is the " + things.get(asked) + "? It is";
      sequence.addAll(vocabulary.ids(question), little);
      sequence.addAll(vocabulary.ids(seen.get(asked)), 1);
      sequence.addAll(vocabulary.ids("."), little);
    }
  }

  private static List<String> some(List<String> all, int count, Random random) {
    List<String> mixed = new ArrayList<>(all);
    Collections.shuffle(mixed, random);
    return mixed.subList(0, count);
  }
}
