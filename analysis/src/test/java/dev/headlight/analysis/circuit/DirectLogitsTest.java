package dev.headlight.analysis.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectLogitsTest {
  private static final int[] TOKENS = {7, 3, 11, 5, 2, 9, 14, 6, 1};
  private static final int ANSWER = 17;
  private static final int WRONG = 40;

  /** LayerNorm and RMSNorm; serial, parallel, post-norm, sandwich; scales, caps and biases. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "gpt2",
        "llama",
        "gpt_neox",
        "cohere",
        "falcon",
        "gemma2",
        "olmo2",
        "opt",
        "opt_350m",
        "bloom",
        "granite",
        "mixtral",
        "phi"
      })
  void partsSumToTheLogitDifference(String family) {
    Toy.on(
        family,
        model -> {
          LogitParts parts =
              DirectLogits.of(model, RunRequest.of(TOKENS), ANSWER, WRONG, Progress.NONE);
          ModelSpec spec = model.spec();
          try (Run run = model.run(RunRequest.of(TOKENS), Progress.NONE).get(0)) {
            double difference = run.logits(-1)[ANSWER] - (double) run.logits(-1)[WRONG];
            assertEquals(difference, parts.logitDiff(), 1e-5);
          }
          assertEquals(parts.logitDiff(), parts.sum(), 1e-4);
          assertTrue(parts.sums());
          long heads = parts.parts().stream().filter(p -> p.head() >= 0).count();
          assertEquals((long) spec.layers() * spec.heads(), heads);
          long mlps = parts.parts().stream().filter(p -> p.name().startsWith("MLP")).count();
          assertEquals(spec.layers(), mlps);
          assertEquals(3, parts.strongest(3).size());
          double c = spec.output().softcap();
          if (c > 0) {
            // The part is what the cap takes of the difference that stands before it.
            try (Run run = model.run(RunRequest.of(TOKENS), Progress.NONE).get(0)) {
              double before =
                  c * atanh(run.logits(-1)[ANSWER] / c) - c * atanh(run.logits(-1)[WRONG] / c);
              LogitParts.Part cap = parts.parts().get(parts.parts().size() - 1);
              assertEquals("softcap", cap.name());
              assertEquals(parts.logitDiff() - before, cap.value(), 1e-3);
            }
          }
        });
  }

  private static double atanh(double x) {
    return 0.5 * Math.log((1 + x) / (1 - x));
  }

  @Test
  void whatIsNotLinearIsRefused() {
    Toy.on(
        "bert",
        model ->
            assertThrows(
                HeadlightException.class,
                () -> DirectLogits.of(model, RunRequest.of(TOKENS), ANSWER, WRONG, Progress.NONE)));
  }

  /** The lens ends in what the model says. */
  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "llama", "opt_350m", "gemma2"})
  void theLensEndsInTheModelsAnswer(String family) {
    Toy.on(
        family,
        model -> {
          LogitLens lens =
              LogitLens.of(model, RunRequest.of(TOKENS), ANSWER, WRONG, 4, Progress.NONE);
          int layers = model.spec().layers();
          assertEquals(layers + 1, lens.layers().size());
          LogitLens.Layer end = lens.layers().get(layers);
          try (Run run = model.run(RunRequest.of(TOKENS), Progress.NONE).get(0)) {
            float[] logits = run.logits(-1);
            assertEquals(logits[ANSWER] - (double) logits[WRONG], end.logitDiff(), 1e-4);
            int best = 0;
            for (int i = 0; i < logits.length; i++) {
              best = logits[i] > logits[best] ? i : best;
            }
            assertEquals(best, end.next().get(0).id());
          }
          List<Double> shares = end.next().stream().map(LogitLens.Candidate::probability).toList();
          assertEquals(4, shares.size());
          assertTrue(shares.get(0) >= shares.get(3) && shares.get(3) > 0);
          assertFalse(lens.layers().get(0).logitDiff() == end.logitDiff());
        });
  }
}
