package dev.headlight.analysis.patching;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.run.Sites;
import dev.headlight.analysis.sweep.Cell;
import dev.headlight.analysis.sweep.Sweep;
import dev.headlight.analysis.sweep.SweepListener;
import dev.headlight.analysis.sweep.SweepRequest;
import java.util.Arrays;
import java.util.List;

/**
 * Activation patching (Meng et al. 2022; Wang et al. 2023): the values of a site in one prompt's
 * pass become those of the other's, one cell at a time, and the logit difference is read. All cells
 * are one {@link Sweep}, which can be cancelled and gone on with.
 */
public final class ActivationPatching {
  private final PatchRequest request;
  private final Contrast contrast;
  private final List<PatchCell> cells;
  private final Sweep sweep;

  private ActivationPatching(
      Model model, PatchRequest request, Contrast contrast, List<PatchCell> cells) {
    this.request = request;
    this.contrast = contrast;
    this.cells = cells;
    sweep = new Sweep(model, sweep(request, cells));
  }

  /**
   * Runs both prompts and prepares the cells; none is computed yet.
   *
   * @throws dev.headlight.analysis.HeadlightException when the model lacks the site or cannot read
   *     a prompt
   */
  public static ActivationPatching of(Model model, PatchRequest request, Progress progress) {
    Sites.require(model.spec(), request.site());
    return of(model, request, Contrast.measure(model, request.pair(), progress));
  }

  /**
   * Prepares the cells where what both prompts say is known; none is computed yet.
   *
   * @param contrast of the request's pair
   * @throws dev.headlight.analysis.HeadlightException when the model lacks the site
   */
  public static ActivationPatching of(Model model, PatchRequest request, Contrast contrast) {
    Sites.require(model.spec(), request.site());
    return new ActivationPatching(model, request, contrast, request.cells(model.spec()));
  }

  /** The whole map at once. */
  public static PatchMap run(
      Model model, PatchRequest request, SweepListener listener, Progress progress) {
    return of(model, request, progress.part(0, 0.05)).run(listener, progress.part(0.05, 1));
  }

  /** Some cells of a map whose contrast is known, in the order given. */
  static double[] values(
      Model model,
      PatchRequest request,
      List<PatchCell> cells,
      SweepListener listener,
      Progress progress) {
    double[][] found = Sweep.run(model, sweep(request, cells), listener, progress).values();
    return Arrays.stream(found).mapToDouble(v -> v[0]).toArray();
  }

  /** The sweep that computes cells, for estimates of its cost. */
  public static SweepRequest sweep(PatchRequest request, List<PatchCell> cells) {
    return new SweepRequest(
            List.of(request.direction().changed(request.pair())),
            cells.stream().map(c -> new Cell(request.changes(c))).toList(),
            TokenPair.logitDiff(List.of(request.pair())))
        .withPictures(request.direction().changedPictures(request.pair()));
  }

  /** What the two prompts say unchanged. */
  public Contrast contrast() {
    return contrast;
  }

  /** The cells, in the order in which the listener counts them. */
  public List<PatchCell> cells() {
    return cells;
  }

  /** What is there so far. */
  public PatchMap map() {
    double[] values = Arrays.stream(sweep.result().values()).mapToDouble(v -> v[0]).toArray();
    return new PatchMap(request, PatchMap.Method.EXACT, contrast, cells, values);
  }

  /**
   * Computes the cells that are not there yet.
   *
   * @param listener hears the patched metric of each cell as it is done
   * @throws java.util.concurrent.CancellationException when the progress was cancelled; the cells
   *     that the listener heard of stay
   */
  public PatchMap run(SweepListener listener, Progress progress) {
    sweep.run(listener, progress);
    return map();
  }
}
