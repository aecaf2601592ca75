package dev.headlight.app.bench;

import dev.headlight.analysis.cost.CostEstimate;
import dev.headlight.analysis.cost.FlopCount;
import dev.headlight.analysis.cost.PassPart;
import dev.headlight.analysis.model.GenerateRequest;

/** Times greedy writing with the cache, one text at a time. */
public final class DecodeBench {
  private static final int PROMPT = 32;
  private static final int WRITTEN = 64;
  private static final int REPEATS = 3;

  private DecodeBench() {}

  /** A row whose time is that of reading the prompt and writing all tokens. */
  public static BenchRow run(Bed bed) {
    int prompt = Math.min(PROMPT, bed.spec().maxPositions() / 2);
    int written = Math.min(WRITTEN, bed.spec().maxPositions() - prompt);
    CostEstimate predicted = CostEstimate.generation(bed.calibration(), prompt, written);
    GenerateRequest request = GenerateRequest.greedy(bed.ids(prompt), written);
    String what = "greedy decoding, " + prompt + " tokens and " + written + " more";
    BenchRow row =
        bed.time(
            what,
            prompt + written,
            count(bed, prompt, written),
            1,
            REPEATS,
            () -> bed.model().generate(request, (id, logprob) -> {}, bed.progress()));
    double rate = written / row.milliseconds() * 1e3;
    return row.with(predicted).with(Fact.Kind.TOKENS_PER_SECOND, rate);
  }

  private static FlopCount count(Bed bed, int prompt, int written) {
    FlopCount count = FlopCount.needed(bed.spec(), PassPart.whole(prompt, 1).reading(1));
    for (int past = prompt; past < prompt + written - 1; past++) {
      count = count.plus(FlopCount.needed(bed.spec(), PassPart.step(past)));
    }
    return count;
  }
}
