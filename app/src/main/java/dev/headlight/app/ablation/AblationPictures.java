package dev.headlight.app.ablation;

import dev.headlight.analysis.ablation.AblationMetric;
import dev.headlight.analysis.ablation.Importance;
import dev.headlight.analysis.ablation.Interaction;
import dev.headlight.analysis.ablation.RankSensitivity;
import dev.headlight.analysis.ablation.Redundancy;
import dev.headlight.analysis.run.Head;
import dev.headlight.renderer.Ticks;
import dev.headlight.renderer.ValueScale;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What was found as tables of colours. */
public final class AblationPictures {
  private static final double LEAST_LIMIT = 1e-6;

  private AblationPictures() {}

  /** How gradients are made one number a head. */
  public enum Variant {
    TOKEN("per token", "Michel et al., per token: mean of |z · ∂m/∂z| over tokens"),
    BATCH(
        "per batch",
        "Hugging Face, per batch: mean of |∂m/∂ξ| over sequences, ξ a mask on the head"),
    TOKEN_LAYER(
        "per token, by layer", "Michel et al., per token, each layer divided by its L2 norm"),
    BATCH_LAYER(
        "per batch, by layer", "Hugging Face, per batch, each layer divided by its L2 norm");

    private final String title;
    private final String words;

    Variant(String title, String words) {
      this.title = title;
      this.words = words;
    }

    /** For menus. */
    public String title() {
      return title;
    }

    /** A number a head, layer by layer. */
    public double[] of(Importance importance, int layers) {
      boolean layered = this == TOKEN_LAYER || this == BATCH_LAYER;
      Importance shown = layered ? importance.normalisedByLayer(layers) : importance;
      return this == TOKEN || this == TOKEN_LAYER ? shown.perToken() : shown.perBatch();
    }
  }

  /** What each target takes. */
  public static MapPicture sweep(SweepMap sweep) {
    String metric = title(sweep.metric());
    return new MapPicture(
        sweep.over().title(),
        numbers(sweep.deltas().length),
        numbers(sweep.deltas()[0].length),
        sweep.deltas(),
        signed(sweep.largest()),
        "Δ " + metric + ", " + sweep.metric().unit(),
        "layer",
        sweep.over() == Over.GROUPS ? "KV group" : "head",
        sweepWords(sweep, metric),
        (row, column) -> name(sweep.over(), row, column) + ": " + change(sweep, row, column));
  }

  private static String sweepWords(SweepMap sweep, String metric) {
    String baseline =
        Double.isNaN(sweep.baseline()) ? "" : " Baseline " + Ticks.format(sweep.baseline()) + ".";
    String on = sweep.sequences() > 1 ? " Mean over " + sweep.sequences() + " sequences." : "";
    String what = sweep.over() == Over.LEAVE_ONE_IN ? "with the head alone" : "without it";
    return "Δ %s %s, %s.%s%s %s"
        .formatted(metric, what, sweep.metric().unit(), baseline, on, sweep.semantics())
        .strip();
  }

  private static String name(Over over, int layer, int column) {
    return switch (over) {
      case HEADS -> new Head(layer, column).toString();
      case GROUPS -> "L" + layer + "G" + column;
      case LAYERS -> "layer " + layer;
      case LEAVE_ONE_IN -> "only " + new Head(layer, column);
    };
  }

  private static String change(SweepMap sweep, int row, int column) {
    double delta = sweep.deltas()[row][column];
    return Double.isNaN(delta) ? "not yet" : "Δ " + Ticks.signed(delta);
  }

  /** How much more, or less, pairs of heads take than one by one. */
  public static MapPicture pairs(Interaction found) {
    int n = found.heads().size();
    double[][] beyond = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        beyond[i][j] = i == j ? Double.NaN : found.beyondSum(i, j);
      }
    }
    List<String> names = found.heads().stream().map(Head::toString).toList();
    String unit = found.metric().unit();
    return new MapPicture(
        "Pairs of heads beyond their sum",
        names,
        names,
        beyond,
        signed(largest(beyond)),
        unit,
        "head",
        "head",
        ("Change of %s without both less the sum of the two alone, %s. Of the sign of the change"
                + " itself: they back each other up; of the other sign: what they do overlaps."
                + " All together %s, sum of single %s.")
            .formatted(
                title(found.metric()),
                unit,
                Ticks.signed(found.together()),
                Ticks.signed(found.sum())),
        (i, j) ->
            i.equals(j)
                ? "%s alone: Δ %s".formatted(names.get(i), Ticks.signed(found.single()[i]))
                : "%s and %s: Δ %s, beyond the sum %s"
                    .formatted(
                        names.get(i),
                        names.get(j),
                        Ticks.signed(found.pairs()[i][j]),
                        Ticks.signed(found.beyondSum(i, j))));
  }

  /** What gradients say of each head. */
  public static MapPicture gradient(Importance found, Variant variant, int layers) {
    double[] flat = variant.of(found, layers);
    double[][] values = new double[layers][];
    for (int l = 0; l < layers; l++) {
      int heads = flat.length / layers;
      values[l] = Arrays.copyOfRange(flat, l * heads, (l + 1) * heads);
    }
    return new MapPicture(
        "Importance by gradient, " + variant.title(),
        numbers(layers),
        numbers(values[0].length),
        values,
        ValueScale.of(ValueScale.Kind.LINEAR, 0, Math.max(LEAST_LIMIT, largest(values))),
        "importance",
        "layer",
        "head",
        variant.words + "; m is " + title(found.metric()) + ".",
        (l, h) -> "%s: %s".formatted(new Head(l, h), Ticks.format(values[l][h])));
  }

  /** How alike what heads add is, alike ones side by side. */
  public static MapPicture outputs(Redundancy found) {
    return likeness(
        found,
        found.cosine(),
        found.orderByOutput(),
        signed(1),
        "Outputs of heads",
        "cosine",
        "Cosine of what two heads add to the stream, mean over positions; heads stand in the order"
            + " of average linkage.");
  }

  /** How alike attention is, alike ones side by side. */
  public static MapPicture patterns(Redundancy found) {
    return likeness(
        found,
        found.divergence(),
        found.orderByPattern(),
        ValueScale.of(ValueScale.Kind.LINEAR, 0, Math.log(2)),
        "Attention of heads",
        "JS, nats",
        "Jensen–Shannon divergence of two heads' attention, mean over queries, 0 to ln 2; heads"
            + " stand in the order of average linkage.");
  }

  private static MapPicture likeness(
      Redundancy found,
      double[][] matrix,
      int[] order,
      ValueScale scale,
      String title,
      String unit,
      String sentence) {
    List<String> names =
        Arrays.stream(order).mapToObj(i -> found.heads().get(i).toString()).toList();
    double[][] values = new double[order.length][order.length];
    for (int i = 0; i < order.length; i++) {
      for (int j = 0; j < order.length; j++) {
        values[i][j] = matrix[order[i]][order[j]];
      }
    }
    return new MapPicture(
        title,
        names,
        names,
        values,
        scale,
        unit,
        "head",
        "head",
        sentence,
        (i, j) ->
            "%s and %s: %s".formatted(names.get(i), names.get(j), Ticks.format(values[i][j])));
  }

  /** What is lost when the keys, or the values, of a group keep few directions. */
  public static MapPicture ranks(RankSensitivity found, boolean keys) {
    List<RankSensitivity.Group> groups = found.groups();
    double[][] values =
        groups.stream().map(g -> keys ? g.keys() : g.values()).toArray(double[][]::new);
    double most =
        groups.stream()
            .flatMapToDouble(
                g ->
                    Arrays.stream(new double[][] {g.keys(), g.values()})
                        .flatMapToDouble(Arrays::stream))
            .map(Math::abs)
            .filter(Double::isFinite)
            .max()
            .orElse(0);
    List<String> names = groups.stream().map(g -> "L" + g.layer() + "G" + g.group()).toList();
    List<String> ranks = found.ranks().stream().map(String::valueOf).toList();
    String what = keys ? "Keys" : "Values";
    return new MapPicture(
        what + " of low rank",
        names,
        ranks,
        values,
        signed(most),
        "Δ " + title(found.metric()) + ", " + found.metric().unit(),
        "KV group",
        "rank that is kept",
        "Δ %s where the %s of one group keep only their strongest directions (truncated SVD over the positions read). Both maps have one scale."
            .formatted(title(found.metric()), keys ? "keys, before rotation," : "values"),
        (g, r) ->
            "%s of %s at rank %s: Δ %s"
                .formatted(what, names.get(g), ranks.get(r), Ticks.signed(values[g][r])));
  }

  private static ValueScale signed(double limit) {
    return ValueScale.signed(ValueScale.Kind.LINEAR, Math.max(LEAST_LIMIT, limit));
  }

  private static double largest(double[][] values) {
    return Arrays.stream(values)
        .flatMapToDouble(Arrays::stream)
        .filter(Double::isFinite)
        .map(Math::abs)
        .max()
        .orElse(0);
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  /** A metric for people. */
  public static String title(AblationMetric metric) {
    return switch (metric) {
      case KL -> "KL";
      case LOSS -> "loss";
      case LOGIT_DIFF -> "logit difference";
      case LOGPROB -> "ln P(answer)";
      case ACCURACY -> "accuracy";
    };
  }
}
