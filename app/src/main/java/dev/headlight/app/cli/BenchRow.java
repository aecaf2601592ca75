package dev.headlight.app.cli;

import dev.headlight.renderer.bench.PaintBench;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One measured thing.
 *
 * @param what its name
 * @param tokens length of the prompt, or null
 * @param milliseconds median of the repeats
 * @param best least of the repeats
 * @param gflop floating-point operations of the matrix products in it, 10⁹, or null
 * @param rate GFLOP/s of matrix products, measured around it, or null
 * @param limit milliseconds it may take, or null
 */
record BenchRow(
    String what,
    Integer tokens,
    double milliseconds,
    double best,
    Double gflop,
    Double rate,
    Double limit) {
  static final String HEADER =
      "%-60s %7s %10s %10s %9s %9s %7s"
          .formatted("what", "tokens", "median ms", "min ms", "GFLOP", "floor ms", "rate");
  private static final int PAINT_REPEATS = 15;

  /** A pass whose products are known. */
  static BenchRow pass(
      String what, int tokens, double milliseconds, double best, double gflop, double rate) {
    return new BenchRow(what, tokens, milliseconds, best, gflop, rate, null);
  }

  /** What the window draws, off-screen. */
  static List<BenchRow> paint() {
    return PaintBench.run(PAINT_REPEATS).stream()
        .map(t -> new BenchRow(t.name(), null, t.milliseconds(), t.best(), null, null, t.limit()))
        .toList();
  }

  /** Milliseconds the products take at the measured rate; null without products. */
  private Double floor() {
    return rate == null ? null : gflop / rate * 1e3;
  }

  /** The share of the matmul rate that was reached, by the median; null without products. */
  Double rateOverMatmul() {
    return rate == null ? null : floor() / milliseconds;
  }

  Map<String, Object> document() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("what", what);
    map.put("tokens", tokens);
    map.put("milliseconds", milliseconds);
    map.put("best", best);
    map.put("gflop", gflop);
    map.put("matmulGflops", rate);
    map.put("floorMilliseconds", floor());
    map.put("rateOverMatmul", rateOverMatmul());
    map.put("limitMilliseconds", limit);
    return map;
  }

  String line() {
    String last =
        limit != null
            ? "limit %.0f ms".formatted(limit)
            : rate == null ? "" : "%.0f %%".formatted(100 * rateOverMatmul());
    return "%-60s %7s %10.1f %10.1f %9s %9s %7s"
        .formatted(
            what,
            tokens == null ? "" : tokens,
            milliseconds,
            best,
            gflop == null ? "" : "%.2f".formatted(gflop),
            rate == null ? "" : "%.1f".formatted(floor()),
            last);
  }
}
