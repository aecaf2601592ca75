package dev.headlight.analysis.pairs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.headlight.analysis.Parity;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a model answers to pairs, against its logits. */
class PairMeasureTest {
  private static final int[] CLEAN = {7, 3, 11, 5, 2, 9};
  private static final int[] CORRUPT = {7, 3, 11, 8, 2, 9};

  private static Model model;

  @BeforeAll
  static void open() {
    model = Model.open(Parity.folder("llama"), Progress.NONE);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static double[] logProbabilities(int... prompt) {
    try (Run run = model.run(RunRequest.of(prompt), Progress.NONE).get(0)) {
      float[] logits = run.logits(-1);
      double sum = 0;
      for (float logit : logits) {
        sum += Math.exp(logit);
      }
      double[] all = new double[logits.length];
      for (int i = 0; i < all.length; i++) {
        all[i] = logits[i] - Math.log(sum);
      }
      return all;
    }
  }

  private static PairScores measure(AnswerScore score, TokenPair... pairs) {
    return PairMeasure.measure(model, List.of(pairs), score, Progress.NONE);
  }

  @Test
  void firstTokensAreComparedByTheirLogits() {
    double[] clean = logProbabilities(CLEAN);
    double[] corrupt = logProbabilities(CORRUPT);
    int best = 0;
    for (int i = 1; i < clean.length; i++) {
      best = clean[i] > clean[best] ? i : best;
    }
    int wrong = best == 4 ? 5 : 4;
    TokenPair right = new TokenPair(CLEAN, CORRUPT, new int[] {best, 1}, new int[] {wrong});
    TokenPair other = new TokenPair(CLEAN, CORRUPT, new int[] {wrong}, new int[] {best});
    PairScores scores = measure(AnswerScore.FIRST, right, other);
    PairScores.One one = scores.pairs().get(0);
    assertEquals(clean[best] - clean[wrong], one.clean(), 1e-4);
    assertEquals(corrupt[best] - corrupt[wrong], one.corrupt(), 1e-4);
    assertEquals(Math.exp(clean[best]), one.probability(), 1e-5);
    assertEquals(0.5, scores.accuracy());
    assertEquals(0.5, scores.likeliest());
    assertEquals(0, scores.clean(), 1e-4);
  }

  @Test
  void severalTokensAreSummed() {
    TokenPair pair = new TokenPair(CLEAN, CORRUPT, new int[] {4, 1, 6}, new int[] {10});
    double right =
        logProbabilities(CLEAN)[4]
            + logProbabilities(TokenPair.followed(CLEAN, new int[] {4, 1}))[1]
            + logProbabilities(TokenPair.followed(CLEAN, new int[] {4, 1, 6}))[6];
    PairScores scores = measure(AnswerScore.SUMMED, pair);
    assertEquals(right - logProbabilities(CLEAN)[10], scores.clean(), 1e-4);
  }

  @Test
  void ofOneTokenBothAreTheSame() {
    TokenPair pair = new TokenPair(CLEAN, CORRUPT, new int[] {4}, new int[] {10});
    PairScores first = measure(AnswerScore.FIRST, pair);
    PairScores summed = measure(AnswerScore.SUMMED, pair);
    assertEquals(first.clean(), summed.clean(), 1e-4);
    assertEquals(first.corrupt(), summed.corrupt(), 1e-4);
  }

  @Test
  void anAnswerIsPutBehindItsPromptButForItsLastToken() {
    assertArrayEquals(new int[] {1, 2}, TokenPair.followed(new int[] {1, 2}, new int[] {3}));
    assertArrayEquals(
        new int[] {1, 2, 3, 4}, TokenPair.followed(new int[] {1, 2}, new int[] {3, 4, 5}));
  }
}
