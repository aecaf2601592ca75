package dev.headlight.samples.train;

import dev.headlight.analysis.model.Transformer;
import dev.headlight.samples.measure.StripeScores;
import dev.headlight.samples.world.Vocabulary;
import java.util.List;

/**
 * The best heads' scores on repeats.
 *
 * @param vocabulary the tokens
 */
record StripeMeasures(Vocabulary vocabulary) implements Measures {
  private static final long SEED = 7;

  @Override
  public List<String> names() {
    return List.of("previous", "induction");
  }

  @Override
  public double[] of(Transformer transformer) {
    StripeScores best = StripeScores.of(transformer, vocabulary, SEED);
    return new double[] {best.previous(), best.induction()};
  }
}
