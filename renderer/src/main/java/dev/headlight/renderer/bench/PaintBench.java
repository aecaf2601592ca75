package dev.headlight.renderer.bench;

import dev.headlight.renderer.HeatmapPainter;
import dev.headlight.renderer.Matrix;
import dev.headlight.renderer.MatrixPyramid;
import dev.headlight.renderer.Palette;
import dev.headlight.renderer.Theme;
import dev.headlight.renderer.Thumbnails;
import dev.headlight.renderer.ValueScale;
import dev.headlight.renderer.Viewport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Times what the workbench draws, off-screen, on made-up causal maps. */
public final class PaintBench {
  private static final int SIDE = 4096;
  private static final int GRID = 32 * 32;
  private static final int TOKENS = 512;
  private static final int THUMBNAIL = 28;
  private static final int WIDTH = 800;
  private static final int HEIGHT = 800;

  private final int repeats;
  private final int distinctHeads;
  private final ValueScale scale = ValueScale.weights();
  private final Palette palette = Palette.sequential(Theme.LIGHT);
  private final List<Timing> timings = new ArrayList<>();

  private PaintBench(int repeats, int distinctHeads) {
    this.repeats = repeats;
    this.distinctHeads = distinctHeads;
  }

  /**
   * One measured task.
   *
   * @param name what was drawn
   * @param first milliseconds of the very first time, before the compiler has warmed up
   * @param best least milliseconds of the later repeats
   * @param milliseconds median of the later repeats
   * @param limit milliseconds the task may take
   */
  public record Timing(String name, double first, double best, double milliseconds, double limit) {}

  /**
   * Runs all tasks. Needs about 350 MB of heap: of the 1024 heads of the grid 128 are distinct
   * (more than any cache holds) and taken in turn.
   *
   * @param repeats how often each task is repeated after the first time, at least 1
   */
  public static List<Timing> run(int repeats) {
    return run(repeats, 128);
  }

  /**
   * Like {@link #run(int)} with a number of distinct heads: 1024 needs 1.1 GB of heap.
   *
   * @param distinctHeads 1..1024
   */
  public static List<Timing> run(int repeats, int distinctHeads) {
    if (repeats < 1 || distinctHeads < 1 || distinctHeads > GRID) {
      throw new IllegalArgumentException(
          "the bench needs at least one repeat and 1..1024 heads, found %d and %d"
              .formatted(repeats, distinctHeads));
    }
    PaintBench bench = new PaintBench(repeats, distinctHeads);
    bench.grid();
    bench.largeMap();
    return List.copyOf(bench.timings);
  }

  private void grid() {
    List<Matrix> distinct = new ArrayList<>();
    for (int i = 0; i < distinctHeads; i++) {
      distinct.add(causal(TOKENS, i));
    }
    List<Matrix> heads = new ArrayList<>();
    for (int i = 0; i < GRID; i++) {
      heads.add(distinct.get(i % distinctHeads));
    }
    time(
        "grid of 32 × 32 heads × 512 tokens, pooled and coloured",
        500,
        () -> Thumbnails.colourAll(Thumbnails.poolAll(heads, THUMBNAIL, scale), scale, palette));
  }

  private void largeMap() {
    Matrix map = causal(SIDE, 7);
    int[] argb = new int[WIDTH * HEIGHT];
    Viewport all = Viewport.all(map);
    time(
        "overview of a 4096² map, from its cells",
        150,
        () -> HeatmapPainter.paint(map, all, scale, palette, argb, WIDTH, HEIGHT));
    time(
        "pyramid of a 4096² map",
        150,
        () -> MatrixPyramid.of(map, scale).level(1, scale.pooling()));
    MatrixPyramid pyramid = MatrixPyramid.of(map, scale);
    for (double zoom : new double[] {1, 1.7, 4, 16, 128}) {
      Viewport view = all.zoomed(zoom, SIDE * 0.6, SIDE * 0.3).moved(0.3, 0.7);
      time(
          "frame of a 4096² map at zoom %s".formatted(zoom),
          33,
          () -> HeatmapPainter.paint(pyramid, view, scale, palette, argb, WIDTH, HEIGHT));
    }
    ValueScale log = ValueScale.of(ValueScale.Kind.LOG, 1e-5, 1);
    time(
        "frame of a 4096² map at zoom 1, log scale",
        33,
        () -> HeatmapPainter.paint(pyramid, all, log, palette, argb, WIDTH, HEIGHT));
  }

  private void time(String name, double limit, Runnable task) {
    double first = milliseconds(task);
    double[] later = new double[repeats];
    for (int i = 0; i < repeats; i++) {
      later[i] = milliseconds(task);
    }
    Arrays.sort(later);
    timings.add(new Timing(name, first, later[0], later[repeats / 2], limit));
  }

  static double milliseconds(Runnable task) {
    long start = System.nanoTime();
    task.run();
    return (System.nanoTime() - start) / 1e6;
  }

  /** A causal map: a sink, a local band and some noise; rows sum to 1, NaN above the diagonal. */
  static Matrix causal(int side, int seed) {
    Random random = new Random(seed);
    float[] cells = new float[side * side];
    for (int query = 0; query < side; query++) {
      int at = query * side;
      double sum = 0;
      for (int key = 0; key <= query; key++) {
        double score = random.nextDouble() + (key == 0 ? side / 4.0 : 0) + 40.0 / (1 + query - key);
        cells[at + key] = (float) score;
        sum += score;
      }
      for (int key = 0; key <= query; key++) {
        cells[at + key] /= (float) sum;
      }
      Arrays.fill(cells, at + query + 1, at + side, Float.NaN);
    }
    return Matrix.of(side, side, cells);
  }
}
