package dev.headlight.analysis.ablation;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.PatchSource;
import dev.headlight.analysis.run.Positions;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Substitutes;
import dev.headlight.analysis.sweep.Cell;
import dev.headlight.analysis.sweep.Sweep;
import dev.headlight.analysis.sweep.SweepListener;
import dev.headlight.analysis.sweep.SweepRequest;
import dev.headlight.analysis.sweep.SweepResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What adding an offset to a head's output does: {@code hook_z + α · (z[prompt] − z[other])} at the
 * last position of each sequence, each head alone. LoFiT (Yin et al. 2024, Localized Fine-tuning on
 * LLM Representations) adds such an offset to a few heads and learns it; here it is the difference
 * of two prompts. α = 0 is the model as it is, α = −1 puts the other prompt's output in place.
 *
 * @param metric that is read
 * @param baseline its mean without an offset
 * @param heads that have one, each alone
 * @param scales the α that were tried
 * @param values mean of the metric, {@code [heads][scales]}
 */
public record Offsets(
    AblationMetric metric,
    double baseline,
    List<Head> heads,
    List<Double> scales,
    double[][] values) {
  /** Most heads. */
  public static final int MOST = 24;

  /** Scales that show how a head's offset turns the answer around. */
  public static final List<Double> SCALES = List.of(-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 4.0);

  /** Copies what is mutable. */
  public Offsets {
    heads = List.copyOf(heads);
    scales = List.copyOf(scales);
    values = Arrays.stream(values).map(double[]::clone).toArray(double[][]::new);
  }

  /**
   * Tries every scale on every head; a sweep for each sequence, as each has its own offset.
   *
   * @param request whose sequences and metric are taken; nothing is taken away
   * @param others one a sequence, of any length; of sequences with a picture about the same one
   * @param heads one to {@value #MOST}
   * @throws HeadlightException when there are not as many others as sequences, or no or too many
   *     heads
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static Offsets run(
      Model model,
      AblationRequest request,
      List<int[]> others,
      HeadSet heads,
      List<Double> scales,
      Progress progress) {
    request.checkReading(model.spec());
    List<Head> all = List.copyOf(heads.resolve(model.spec()));
    check(request, others, all, heads);
    double[][] sums = new double[all.size()][scales.size()];
    double baseline = 0;
    double count = others.size();
    for (int s = 0; s < count; s++) {
      SweepRequest sweep = sweep(request, s, others.get(s), all, scales);
      Progress part = progress.part(s / count, (s + 1) / count);
      SweepResult found = Sweep.run(model, sweep, SweepListener.NONE, part);
      baseline += request.metric().shown(found.baseline()[0]) / count;
      for (int c = 0; c < found.values().length; c++) {
        double value = request.metric().shown(found.values()[c][0]);
        sums[c / scales.size()][c % scales.size()] += value / count;
      }
    }
    return new Offsets(request.metric(), baseline, all, scales, sums);
  }

  private static void check(
      AblationRequest request, List<int[]> others, List<Head> heads, HeadSet named) {
    if (others.size() != request.sequences().size()) {
      throw new HeadlightException(
          Kind.INPUT,
          "offsets: expected %d other prompts, one a sequence, found %d"
              .formatted(request.sequences().size(), others.size()));
    }
    if (heads.isEmpty() || heads.size() > MOST) {
      throw new HeadlightException(
          Kind.INPUT,
          "offsets: expected 1 to %d heads, found %d in %s".formatted(MOST, heads.size(), named));
    }
  }

  private static SweepRequest sweep(
      AblationRequest request, int s, int[] other, List<Head> heads, List<Double> scales) {
    int[] tokens = request.sequences().get(s);
    List<Cell> cells = new ArrayList<>();
    for (Head head : heads) {
      scales.forEach(
          scale -> cells.add(new Cell(changes(head, scale, tokens, other, request.picturesOf(s)))));
    }
    List<int[]> types =
        request.tokenTypes().isEmpty() ? List.of() : List.of(request.tokenTypes().get(s));
    return new SweepRequest(
            List.of(tokens),
            types,
            cells,
            request.metric().read(request.answers().map(a -> a.only(s))),
            Substitutes.OWN)
        .withPictures(request.picturesOf(s));
  }

  /** The changes of a pass that add an offset; none at a scale of 0. */
  private static List<Intervention> changes(
      Head head, double scale, int[] tokens, int[] other, List<Pixels> pictures) {
    return scale == 0
        ? List.of()
        : List.of(add(head, tokens, pictures, scale), add(head, other, pictures, -scale));
  }

  private static Intervention add(Head head, int[] from, List<Pixels> pictures, double scale) {
    return new Intervention.AddVector(
        Site.Z,
        head.layer(),
        Optional.of(head.head()),
        Positions.at(-1),
        PatchSource.Prompt.of(from).seeing(pictures),
        scale);
  }
}
