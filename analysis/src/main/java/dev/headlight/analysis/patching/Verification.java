package dev.headlight.analysis.patching;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.sweep.SweepListener;
import java.util.ArrayList;
import java.util.List;

/**
 * The strongest cells of a first-order map, beside real passes.
 *
 * @param rows the strongest first
 */
public record Verification(List<Row> rows) {
  /** Copies the list. */
  public Verification {
    rows = List.copyOf(rows);
  }

  /**
   * A cell that was computed too.
   *
   * @param cell which
   * @param estimated change of the metric to first order, in logits
   * @param exact change of the metric by a pass, in logits
   */
  public record Row(PatchCell cell, double estimated, double exact) {}

  /**
   * Computes the strongest cells of a map.
   *
   * @param map first-order
   * @param count how many cells
   * @param listener hears the patched metric of each, counted from the strongest
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static Verification of(
      Model model, PatchMap map, int count, SweepListener listener, Progress progress) {
    List<Integer> strongest = map.strongest(count);
    List<PatchCell> cells = strongest.stream().map(map.cells()::get).toList();
    double[] exact = ActivationPatching.values(model, map.request(), cells, listener, progress);
    double baseline = map.request().direction().baseline(map.contrast());
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < exact.length; i++) {
      rows.add(new Row(cells.get(i), map.change(strongest.get(i)), exact[i] - baseline));
    }
    return new Verification(rows);
  }
}
