package dev.headlight.app.bench;

import dev.headlight.analysis.cost.CostEstimate;
import dev.headlight.analysis.cost.FlopCount;
import dev.headlight.analysis.cost.PassPart;
import dev.headlight.analysis.model.GenerateRequest;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Intervention.Mode;
import dev.headlight.analysis.run.Positions;
import java.util.List;
import java.util.stream.IntStream;

/** Times greedy writing with the cache, one text at a time. */
public final class DecodeBench {
  private static final int PROMPT = 32;
  private static final int WRITTEN = 64;
  private static final int REPEATS = 3;
  private static final int EVERY = 4;

  private DecodeBench() {}

  /**
   * Reading the prompt and writing all tokens, as the model is and with a quarter of its heads
   * masked.
   */
  public static List<BenchRow> run(Bed bed) {
    int prompt = Math.min(PROMPT, bed.spec().maxPositions() / 2);
    int written = Math.min(WRITTEN, bed.spec().maxPositions() - prompt);
    GenerateRequest request = GenerateRequest.greedy(bed.ids(prompt), written);
    CostEstimate predicted = CostEstimate.generation(bed.calibration(), prompt, written);
    String what = "greedy decoding, " + prompt + " tokens and " + written + " more";
    BenchRow plain = time(bed, what, request).with(predicted);
    HeadSet mask = mask(bed.spec());
    BenchRow masked =
        time(
            bed,
            "the same without " + mask.resolve(bed.spec()).size() + " heads",
            request.withInterventions(
                List.of(new Intervention.Ablate(Mode.ZERO, mask, Positions.ALL))));
    double share = plain.milliseconds() / masked.milliseconds();
    return List.of(
        rated(plain, written), rated(masked, written).with(Fact.Kind.OF_UNMASKED, share));
  }

  private static BenchRow rated(BenchRow row, int written) {
    return row.with(Fact.Kind.TOKENS_PER_SECOND, written / row.milliseconds() * 1e3);
  }

  private static BenchRow time(Bed bed, String what, GenerateRequest request) {
    int prompt = request.prompt().length;
    return bed.time(
        what,
        prompt + request.maxNew(),
        count(bed, prompt, request.maxNew()),
        1,
        REPEATS,
        () -> bed.model().generate(request, (id, logprob) -> {}, bed.progress()));
  }

  private static HeadSet mask(ModelSpec spec) {
    return HeadSet.of(
        IntStream.range(0, spec.layers() * spec.heads())
            .filter(i -> i % EVERY == 0)
            .mapToObj(i -> new Head(i / spec.heads(), i % spec.heads()))
            .toList());
  }

  private static FlopCount count(Bed bed, int prompt, int written) {
    FlopCount count = FlopCount.needed(bed.spec(), PassPart.whole(prompt, 1).reading(1));
    for (int past = prompt; past < prompt + written - 1; past++) {
      count = count.plus(FlopCount.needed(bed.spec(), PassPart.step(past)));
    }
    return count;
  }
}
