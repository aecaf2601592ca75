package dev.headlight.samples.train;

import dev.headlight.analysis.model.Transformer;
import dev.headlight.samples.measure.NeedleScores;
import dev.headlight.samples.measure.ObjectScores;
import dev.headlight.samples.measure.StripeScores;
import dev.headlight.samples.world.IndirectObject;
import dev.headlight.samples.world.NeedlePrompt;
import dev.headlight.samples.world.Vocabulary;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The best heads' scores on repeats, hidden facts answered, the highest retrieval score, and
 * indirect objects.
 *
 * @param vocabulary the tokens
 */
record StoryMeasures(Vocabulary vocabulary) implements Measures {
  private static final int PROMPTS = 16;
  private static final int SENTENCES = 50;
  private static final int TOKENS = 240;
  private static final long SEED = 7;

  @Override
  public List<String> names() {
    return List.of("previous", "induction", "needle", "retrieval", "objects");
  }

  @Override
  public double[] of(Transformer transformer) {
    StripeScores best = StripeScores.of(transformer, vocabulary, SEED);
    Random random = new Random(SEED);
    List<NeedlePrompt> prompts =
        IntStream.range(0, PROMPTS)
            .mapToObj(i -> prompt((double) i / (PROMPTS - 1), random))
            .toList();
    NeedleScores needle = NeedleScores.of(transformer, vocabulary, prompts, Set.of());
    double retrieval = needle.retrieval().values().stream().mapToDouble(s -> s).max().orElse(0);
    List<IndirectObject> sentences =
        Stream.generate(() -> IndirectObject.draw(vocabulary, random)).limit(SENTENCES).toList();
    double objects = ObjectScores.of(transformer, vocabulary, sentences).right();
    return new double[] {best.previous(), best.induction(), needle.share(), retrieval, objects};
  }

  private NeedlePrompt prompt(double depth, Random random) {
    return NeedlePrompt.draw(vocabulary, random, TOKENS, depth, 0);
  }
}
