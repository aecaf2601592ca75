package dev.headlight.app.workbench;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.sinks.LaterSink;
import dev.headlight.analysis.sinks.SequenceSinks;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.engine.SinkMeasured;
import dev.headlight.renderer.Ticks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Tokens of the prompt by the attention that rests on them.
 *
 * @param strongest largest α_k of the heads, one a token
 * @param by the head that has it, one a token
 * @param counted how many tokens from the first on are seen by enough queries to count
 * @param above later tokens above the threshold, rising
 * @param threshold θ
 */
public record LaterTokens(
    List<Float> strongest, List<Head> by, int counted, List<Integer> above, double threshold) {
  /** Copies the lists. */
  public LaterTokens {
    strongest = List.copyOf(strongest);
    by = List.copyOf(by);
    above = List.copyOf(above);
  }

  /**
   * Reads them out.
   *
   * @param head one head, or null for the strongest of all
   */
  public static LaterTokens of(SinkMeasured measured, Head head, double threshold) {
    SequenceSinks sequence = measured.sequence().orElseThrow();
    Collection<Head> heads =
        head == null ? HeadSet.parse("L*H*").resolve(measured.model().spec()) : List.of(head);
    int length = sequence.length();
    float[] most = new float[length];
    Head[] by = new Head[length];
    for (Head one : heads) {
      float[] means = sequence.columnMeans(one);
      for (int k = 0; k < length; k++) {
        if (by[k] == null || means[k] > most[k]) {
          most[k] = means[k];
          by[k] = one;
        }
      }
    }
    int counted = Math.max(1, length - LaterSink.LEAST_ROWS + 1);
    List<Float> strongest = new ArrayList<>();
    List<Integer> above = new ArrayList<>();
    for (int k = 0; k < length; k++) {
      strongest.add(most[k]);
      if (k > 0 && k < counted && most[k] > threshold) {
        above.add(k);
      }
    }
    return new LaterTokens(strongest, List.of(by), counted, above, threshold);
  }

  /** How many there are and which is the strongest, in a sentence. */
  public String sentence(Tokens tokens) {
    String count =
        "%d of %d tokens after the first %s above θ"
            .formatted(above.size(), counted - 1, above.size() == 1 ? "is" : "are");
    if (above.isEmpty()) {
      return count + ".";
    }
    int best = above.get(0);
    for (int k : above) {
      best = strongest.get(k) > strongest.get(best) ? k : best;
    }
    return "%s; the strongest is %d “%s” in %s, α %s."
        .formatted(
            count, best, tokens.label(best), by.get(best), Ticks.format(strongest.get(best)));
  }

  /** What a token gets, in words. */
  public String words(int token, Tokens tokens) {
    String counts =
        token == 0
            ? " (the first token)"
            : token < counted ? "" : " (fewer than 8 queries see it: it does not count)";
    return "%d “%s”: α %s in %s%s"
        .formatted(
            token, tokens.label(token), Ticks.format(strongest.get(token)), by.get(token), counts);
  }
}
