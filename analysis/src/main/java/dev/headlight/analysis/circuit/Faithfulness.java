package dev.headlight.analysis.circuit;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.patching.Contrast;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * How much of the answer circuits of growing size keep: (m(circuit) − m(corrupt)) / (m(clean) −
 * m(corrupt)), with m the logit difference, mean over the pairs. 1 is the whole model, 0 the
 * corrupt prompt; values outside are possible.
 *
 * @param contrast m of the clean and the corrupt prompts
 * @param points by number of edges asked for, ascending
 */
public record Faithfulness(Contrast contrast, List<Point> points) {
  /** Copies the list. */
  public Faithfulness {
    points = List.copyOf(points);
  }

  /**
   * A circuit's faithfulness.
   *
   * @param asked number of edges that were chosen
   * @param edges left when what dangles is pruned
   * @param nodes at their ends
   * @param threshold least absolute score among the edges; NaN without any
   * @param logitDiff m(circuit), in logits
   * @param faithfulness its place between corrupt (0) and clean (1)
   */
  public record Point(
      int asked, int edges, int nodes, double threshold, double logitDiff, double faithfulness) {}

  /** Hears points as they are done, on the thread of the work. */
  @FunctionalInterface
  public interface Listener {
    /** Hears nothing. */
    Listener NONE = point -> {};

    /** A point is done. */
    void point(Point point);
  }

  /** Sizes that show a curve: about {@code count} of them, evenly on a logarithmic scale. */
  public static List<Integer> sizes(Wiring wiring, int count) {
    TreeSet<Integer> sizes = new TreeSet<>();
    double end = Math.log(wiring.edges());
    for (int i = 0; i < count; i++) {
      sizes.add((int) Math.round(Math.exp(end * (i + 1) / count)));
    }
    return List.copyOf(sizes);
  }

  /**
   * The curve over sizes.
   *
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static Faithfulness curve(
      CircuitPasses passes,
      EdgeScores scores,
      CircuitGraph.Selection selection,
      List<Integer> sizes,
      Listener listener,
      Progress progress) {
    List<Point> points = new ArrayList<>();
    int step = 4;
    for (int from = 0; from < sizes.size(); from += step) {
      progress.report((double) from / sizes.size(), "circuits of " + sizes.get(from) + " edges");
      List<Integer> some = sizes.subList(from, Math.min(sizes.size(), from + step));
      List<CircuitGraph> circuits =
          some.stream().map(n -> CircuitGraph.select(scores, selection, n)).toList();
      double[] found = passes.logitDiffs(circuits, progress.silent());
      for (int i = 0; i < found.length; i++) {
        points.add(point(some.get(i), circuits.get(i), found[i], passes.contrast()));
        listener.point(points.get(points.size() - 1));
      }
    }
    return new Faithfulness(passes.contrast(), points);
  }

  /** Of one circuit. */
  public static Point of(CircuitPasses passes, CircuitGraph circuit, Progress progress) {
    double found = passes.logitDiffs(List.of(circuit), progress)[0];
    return point(circuit.edges().size(), circuit, found, passes.contrast());
  }

  private static Point point(int asked, CircuitGraph circuit, double found, Contrast contrast) {
    double least =
        circuit.edges().stream().mapToDouble(e -> Math.abs(e.score())).min().orElse(Double.NaN);
    return new Point(
        asked,
        circuit.edges().size(),
        circuit.nodes().size(),
        least,
        found,
        contrast.normalised(found));
  }
}
