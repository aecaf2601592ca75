package dev.headlight.samples.world;

import java.util.List;
import java.util.Random;

/**
 * A sentence that ends before its indirect object (Wang et al. 2022, "Interpretability in the
 * Wild"): "When Mary and John went to the shop, John gave a drink to".
 *
 * @param text the sentence, without the name that follows
 * @param right the name said once, which follows
 * @param wrong the name said twice
 * @param rightFirst whether the right name stands first (ABB) or second (BAB)
 */
public record IndirectObject(String text, String right, String wrong, boolean rightFirst) {
  private static final List<String> FORMS =
      List.of(
          "When %1$s and %2$s %5$s to the %4$s, %3$s %6$s %7$s to",
          "After %1$s and %2$s %5$s to the %4$s, %3$s %6$s %8$s to",
          "While %1$s and %2$s were in the %4$s, %3$s %6$s %7$s to",
          "Then %1$s and %2$s %5$s to the %4$s, and %3$s %6$s %7$s to",
          "One morning %1$s and %2$s were near the %4$s, and %3$s %6$s %8$s to",
          "At night %1$s and %2$s %5$s to the %4$s. Then %3$s %6$s %7$s to");

  /** Draws a sentence. */
  public static IndirectObject draw(Vocabulary vocabulary, Random random) {
    List<String> names = vocabulary.kind("name");
    int one = random.nextInt(names.size());
    int two = (one + 1 + random.nextInt(names.size() - 1)) % names.size();
    boolean rightFirst = random.nextBoolean();
    String right = names.get(one);
    String wrong = names.get(two);
    String thing = any("thing", vocabulary, random);
    String text =
        FORMS
            .get(random.nextInt(FORMS.size()))
            .formatted(
                rightFirst ? right : wrong,
                rightFirst ? wrong : right,
                wrong,
                any("place", vocabulary, random),
                any("motion", vocabulary, random),
                any("exchange", vocabulary, random),
                Articles.with(thing),
                "the " + thing);
    return new IndirectObject(text, right, wrong, rightFirst);
  }

  private static String any(String kind, Vocabulary vocabulary, Random random) {
    List<String> words = vocabulary.kind(kind);
    return words.get(random.nextInt(words.size()));
  }
}
