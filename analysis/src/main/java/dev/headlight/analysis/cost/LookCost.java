package dev.headlight.analysis.cost;

import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.PatchSpec;
import dev.headlight.analysis.model.VisionSpec;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Sites;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What it takes to see the pictures of a prompt: each picture or tile goes through the tower and
 * the projector. Image tokens of the prompt are counted with its other tokens.
 */
final class LookCost {
  private final ModelSpec main;
  private final VisionSpec vision;
  private final RunRequest request;

  private LookCost(ModelSpec main, VisionSpec vision, RunRequest request) {
    this.main = main;
    this.vision = vision;
    this.request = request;
  }

  /** Empty where a request has no pictures, or the model is a tower itself. */
  static Optional<LookCost> of(ModelSpec spec, RunRequest request) {
    return spec.vision()
        .filter(v -> !request.pictures().isEmpty())
        .map(v -> new LookCost(spec, v, request));
  }

  private PassPart part(int tokens) {
    PassPart part = PassPart.whole(tokens, 0);
    return request.statistics() || request.maps() ? part.withStatistics() : part;
  }

  /** Operations a token of cutting patches and projecting them. */
  private double around() {
    PatchSpec patches = vision.tower().patches().orElseThrow();
    double width = vision.tower().width();
    double cut = 2.0 * patches.numbers() * width;
    if (!vision.inPrompt()) {
      return cut;
    }
    double states = vision.states().size();
    double first = 2.0 * states * width * main.width();
    double merged = Math.pow(vision.projector().orElseThrow().factor(), 2);
    boolean two = vision.projector().orElseThrow().activation().isPresent();
    return cut + first + (two ? 2.0 * main.width() * main.width() / merged : 0);
  }

  /** Operations of a prompt's pictures. */
  FlopCount flops(int sequence) {
    return Arrays.stream(request.looks(main, sequence))
        .mapToObj(
            tokens ->
                FlopCount.computed(vision.tower(), part(tokens))
                    .plus(new FlopCount(0, 0, 0, 0, 0, tokens * around(), 0)))
        .reduce(new FlopCount(0, 0, 0, 0, 0, 0, 0), FlopCount::plus);
  }

  /**
   * Seconds, and bytes that stay; no more than a prompt's pass needs while it runs.
   *
   * @param calibration of the model, with its tower
   */
  CostEstimate estimate(Calibration calibration, int sequence) {
    Calibration tower = calibration.tower().orElse(calibration);
    PassMemory memory = new PassMemory(vision.tower());
    double seconds = 0;
    double kept = 0;
    for (int tokens : request.looks(main, sequence)) {
      double floats = memory.kept(asked(), tokens);
      seconds += tower.seconds(part(tokens)) + tower.beside(tokens, around());
      seconds += tower.copy(floats);
      kept += Float.BYTES * floats;
    }
    return new CostEstimate(seconds, (long) kept);
  }

  /** What the tower is asked for: the same as the model, as far as it has it. */
  private RunRequest asked() {
    ModelSpec tower = vision.tower();
    Set<Site> sites = new TreeSet<>(request.sites());
    sites.retainAll(Sites.of(tower));
    int last = tower.layers() - 1;
    return new RunRequest(
        List.of(),
        sites,
        request.layers().map(l -> new int[] {Math.min(l[0], last), Math.min(l[1], last)}),
        Optional.empty(),
        false,
        request.maps(),
        request.statistics(),
        List.of());
  }
}
