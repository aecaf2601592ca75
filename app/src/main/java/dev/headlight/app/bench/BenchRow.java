package dev.headlight.app.bench;

import com.google.gson.JsonObject;
import dev.headlight.analysis.cost.CostEstimate;
import dev.headlight.analysis.cost.FlopCount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One measured thing.
 *
 * @param what its name
 * @param tokens length of the prompt, or null
 * @param milliseconds median of the repeats
 * @param best least of the repeats
 * @param gflop floating-point operations of the matrix products it cannot avoid, 10⁹, or null
 * @param rate GFLOP/s of matrix products, measured around it, or null
 * @param predicted what was told before it was done, or null
 * @param facts what else is known of it
 */
public record BenchRow(
    String what,
    Integer tokens,
    double milliseconds,
    double best,
    Double gflop,
    Double rate,
    CostEstimate predicted,
    List<Fact> facts) {
  private static final List<String> COLUMNS =
      List.of(
          "what",
          "tokens",
          "median ms",
          "min ms",
          "GFLOP",
          "floor ms",
          "rate",
          "predicted ms",
          "pred./meas.",
          "");
  private static final String LINE = "%-60s %7s %10s %10s %9s %9s %7s %12s %11s  %s";

  /** The line over all rows. */
  public static final String HEADER = LINE.formatted(COLUMNS.toArray()).stripTrailing();

  /** The same as a table in Markdown. */
  public static final String MARKDOWN_HEADER =
      markdown(COLUMNS) + "\n" + "|---".repeat(COLUMNS.size()) + "|";

  /** Copies the list. */
  public BenchRow {
    facts = List.copyOf(facts);
  }

  /** A thing of which only the time is known. */
  static BenchRow of(String what, Integer tokens, double milliseconds, double best) {
    return new BenchRow(what, tokens, milliseconds, best, null, null, null, List.of());
  }

  /** Of work that was done in part, as if it had been done so many times over. */
  BenchRow times(double factor) {
    Double all = gflop == null ? null : Double.valueOf(factor * gflop);
    return new BenchRow(
        what, tokens, factor * milliseconds, factor * best, all, rate, predicted, facts);
  }

  /** With the products in it and the rate of such products. */
  BenchRow with(FlopCount count, double gflops) {
    double gflop = count.total() / 1e9;
    return new BenchRow(what, tokens, milliseconds, best, gflop, gflops, predicted, facts);
  }

  /** With what was predicted. */
  BenchRow with(CostEstimate estimate) {
    return new BenchRow(what, tokens, milliseconds, best, gflop, rate, estimate, facts);
  }

  /** With a further number. */
  BenchRow with(Fact.Kind kind, double value) {
    List<Fact> more = new ArrayList<>(facts);
    more.add(new Fact(kind, value));
    return new BenchRow(what, tokens, milliseconds, best, gflop, rate, predicted, more);
  }

  /** Milliseconds the products take at the measured rate. */
  private Optional<Double> floor() {
    return Optional.ofNullable(rate).map(r -> gflop / r * 1e3);
  }

  /** The share of the matmul rate that was reached, by the median. */
  private Optional<Double> rateOverMatmul() {
    return floor().map(f -> f / milliseconds);
  }

  private Optional<Double> predictedMilliseconds() {
    return Optional.ofNullable(predicted).map(p -> p.seconds() * 1e3);
  }

  /** What JSON says of the row. */
  public Map<String, Object> document() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("what", what);
    map.put("tokens", tokens);
    map.put("milliseconds", milliseconds);
    map.put("best", best);
    map.put("gflop", gflop);
    map.put("matmulGflops", rate);
    map.put("floorMilliseconds", floor().orElse(null));
    map.put("rateOverMatmul", rateOverMatmul().orElse(null));
    map.put("predictedMilliseconds", predictedMilliseconds().orElse(null));
    map.put("predictedOver", predictedMilliseconds().map(p -> p / milliseconds).orElse(null));
    map.put("predictedBytes", predicted == null ? null : predicted.bytes());
    facts.forEach(f -> map.put(f.kind().key(), f.value()));
    return map;
  }

  /** A row out of what JSON says of it. */
  public static BenchRow read(JsonObject o) {
    Optional<Double> seconds = number(o, "predictedMilliseconds").map(ms -> ms / 1e3);
    return new BenchRow(
        o.get("what").getAsString(),
        number(o, "tokens").map(Double::intValue).orElse(null),
        o.get("milliseconds").getAsDouble(),
        o.get("best").getAsDouble(),
        number(o, "gflop").orElse(null),
        number(o, "matmulGflops").orElse(null),
        seconds.map(s -> new CostEstimate(s, o.get("predictedBytes").getAsLong())).orElse(null),
        Fact.read(o));
  }

  private static Optional<Double> number(JsonObject o, String key) {
    boolean there = o.has(key) && !o.get(key).isJsonNull();
    return there ? Optional.of(o.get(key).getAsDouble()) : Optional.empty();
  }

  /** The row under {@link #HEADER}. */
  public String line() {
    return LINE.formatted(cells().toArray()).stripTrailing();
  }

  /** The row under {@link #MARKDOWN_HEADER}. */
  public String markdown() {
    return markdown(cells());
  }

  private static String markdown(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
  }

  private List<String> cells() {
    return List.of(
        what,
        tokens == null ? "" : tokens.toString(),
        "%.1f".formatted(milliseconds),
        "%.1f".formatted(best),
        text("%.2f", Optional.ofNullable(gflop)),
        text("%.1f", floor()),
        text("%.0f %%", rateOverMatmul().map(r -> 100 * r)),
        text("%.1f", predictedMilliseconds()),
        text("%.2f", predictedMilliseconds().map(p -> p / milliseconds)),
        facts.stream().map(Fact::text).collect(Collectors.joining(", ")));
  }

  private static String text(String format, Optional<Double> value) {
    return value.map(format::formatted).orElse("");
  }
}
