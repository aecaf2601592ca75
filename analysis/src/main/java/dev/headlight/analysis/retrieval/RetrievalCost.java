package dev.headlight.analysis.retrieval;

import dev.headlight.analysis.cost.Calibration;
import dev.headlight.analysis.cost.CostEstimate;
import dev.headlight.analysis.cost.PassPart;
import dev.headlight.analysis.model.ModelSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a probe or a curve will cost, told before. How much of an answer can be guessed is not
 * known: unmasked, every token but a quarter of {@code maxNew} is counted as guessed; masked, none.
 */
public final class RetrievalCost {
  private static final int NOT_GUESSED = 4;

  private RetrievalCost() {}

  /** A whole probe. */
  public static CostEstimate probe(Calibration calibration, RetrievalRequest request) {
    boolean masked = !request.masking().none();
    List<PassPart> parts = prompts(request.episodes());
    for (Episode episode : request.episodes()) {
      answer(episode, calibration.spec(), masked, parts);
    }
    return CostEstimate.parts(calibration, parts)
        .plus(cache(calibration.spec(), request.episodes()));
  }

  /** A whole curve. */
  public static CostEstimate curve(Calibration calibration, CurveRequest request) {
    int sets = request.sets().size();
    boolean shared = request.when() == Masking.When.DECODING;
    List<PassPart> parts = new ArrayList<>();
    for (int i = 0; i < (shared ? 1 : sets); i++) {
      parts.addAll(prompts(request.episodes()));
    }
    for (int i = 0; i < sets; i++) {
      for (Episode episode : request.episodes()) {
        answer(episode, calibration.spec(), true, parts);
      }
    }
    return CostEstimate.parts(calibration, parts)
        .plus(cache(calibration.spec(), request.episodes()));
  }

  /** The prompts, each without what it shares with the one before. */
  private static List<PassPart> prompts(List<Episode> episodes) {
    List<PassPart> parts = new ArrayList<>();
    int[] before = new int[0];
    for (int i : RetrievalProbe.order(episodes).toArray()) {
      int[] prompt = episodes.get(i).tokens();
      int differs = Arrays.mismatch(before, prompt);
      int shared = Math.min(differs < 0 ? prompt.length : differs, prompt.length - 1);
      parts.add(PassPart.whole(prompt.length, 1).lastRows(prompt.length - shared).reading(1));
      before = prompt;
    }
    return parts;
  }

  private static void answer(
      Episode episode, ModelSpec spec, boolean masked, List<PassPart> parts) {
    int limit = Math.min(episode.maxNew(), spec.maxPositions() - episode.length());
    int steps = masked ? limit : limit / NOT_GUESSED;
    for (int i = 0; i < steps; i++) {
      parts.add(PassPart.step(episode.length() + i));
    }
  }

  /** Keys and values of the longest prompt and its answer. */
  private static CostEstimate cache(ModelSpec spec, List<Episode> episodes) {
    int tokens = episodes.stream().mapToInt(e -> e.length() + e.maxNew()).max().orElse(0);
    long row = 2L * Float.BYTES * spec.layers() * spec.kvHeads() * spec.headDim();
    return new CostEstimate(0, row * Math.min(tokens, spec.maxPositions()));
  }
}
