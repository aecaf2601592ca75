package dev.headlight.app.workbench;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.sinks.EntropyTable;
import dev.headlight.analysis.sinks.SinkRates;
import dev.headlight.analysis.sinks.SinkStatistics;
import dev.headlight.app.engine.SinkMeasured;
import dev.headlight.renderer.Ticks;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How often attention rests on a first token, at one ε, T and k; answered from what was measured.
 *
 * @param measured what the passes left
 * @param rates of the texts
 * @param entropy of the texts' rows
 * @param figures the row of rates, that of the texts first
 */
public record SinkNumbers(
    SinkMeasured measured, SinkRates rates, EntropyTable entropy, List<Figure> figures) {
  /**
   * A rate.
   *
   * @param name what it is of
   * @param value as text
   * @param about how it comes about, in a sentence
   * @param nothing whether it is the null model
   */
  public record Figure(String name, String value, String about, boolean nothing) {}

  private static final String PAPER =
      "Gu et al. 2024, When Attention Sink Emerges in Language Models";

  /** Copies the list. */
  public SinkNumbers {
    figures = List.copyOf(figures);
  }

  /**
   * Answers.
   *
   * @param length T, 10 to the longest text; 0 for whole texts
   * @param key k, zero-based
   */
  public static SinkNumbers of(SinkMeasured measured, double epsilon, int length, int key) {
    SinkRates rates = measured.ofTexts().rates(epsilon, length, key);
    EntropyTable entropy = measured.ofTexts().entropy(length, EntropyTable.Limits.STANDARD);
    int texts = rates.sequences().size();
    String start = measured.begins() ? "without BOS" : "with BOS";
    return new SinkNumbers(
        measured,
        rates,
        entropy,
        List.of(
            new Figure(
                texts == 1 ? "Sink rate, one text" : "Sink rate, " + texts + " texts",
                percent(rates.model()),
                "Share of texts, layers and heads whose mean attention %s to token %d is above"
                        .formatted(alpha(key), key)
                    + " ε = %s; compared text by text, before the mean. %s."
                        .formatted(number(epsilon), PAPER),
                false),
            figure(
                start,
                measured.otherStart(),
                epsilon,
                length,
                key,
                "The same texts "
                    + start
                    + ". "
                    + (measured.otherStart().isEmpty()
                        ? "The tokenizer has no BOS token."
                        : "A BOS token is unlike all others, so it often takes the sink.")),
            figure(
                "random ids",
                measured.random(),
                epsilon,
                length,
                key,
                SinkMeasured.COUNT
                    + " sequences of ids drawn one by one, no BOS: a sink needs no meaning. "
                    + PAPER
                    + "."),
            figure(
                "one id repeated",
                measured.repeated(),
                epsilon,
                length,
                key,
                "Negative control: under rotary or no positions all tokens are alike and the sink"
                    + " vanishes; learned positions keep it. "
                    + PAPER
                    + "."),
            new Figure(
                "uniform attention",
                percent(rates.belowUniform() ? 1 : 0),
                "Null model: every query attends to all keys it sees alike; %s = %s."
                    .formatted(alpha(key), Ticks.format(rates.uniform())),
                true)));
  }

  private static Figure figure(
      String name, Optional<SinkStatistics> of, double epsilon, int length, int key, String about) {
    String value =
        of.map(s -> percent(s.rates(epsilon, fitting(s, length), key).model())).orElse("N/A");
    return new Figure(name, value, about, false);
  }

  /** Probes are not longer than the paper's T, and encoders cannot be cut. */
  private static int fitting(SinkStatistics of, int length) {
    return length == 0 || !of.spec().causal() ? 0 : Math.min(length, of.longest());
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** α with the number of a key below it. */
  public static String alpha(int key) {
    StringBuilder text = new StringBuilder("α");
    Integer.toString(key).chars().forEach(digit -> text.append((char) (digit - '0' + '₀')));
    return text.toString();
  }

  /** α of every head as a table with a row a head and a column a layer. */
  public double[][] shares() {
    int layers = rates.means().size(0);
    int heads = rates.means().size(1);
    double[][] shares = new double[heads][layers];
    for (int h = 0; h < heads; h++) {
      for (int l = 0; l < layers; l++) {
        shares[h][l] = rates.mean(new Head(l, h));
      }
    }
    return shares;
  }

  /** A head's share in words. */
  public String words(Head head) {
    float deviation = rates.deviations().data()[head.layer() * rates.means().size(1) + head.head()];
    String spread = Float.isNaN(deviation) ? "" : " ± " + Ticks.format(deviation);
    int texts = rates.sequences().size();
    String above =
        texts == 1
            ? (rates.rate(head) > 0 ? "above" : "not above") + " ε"
            : "above ε in %s of %d texts".formatted(percent(rates.rate(head)), texts);
    return "%s: %s %s%s, %s"
        .formatted(head, alpha(rates.key()), Ticks.format(rates.mean(head)), spread, above);
  }

  /** What the rates are of, and what was left out. */
  public String caption() {
    String length =
        rates.length() == 0 ? "whole texts" : "first %d tokens, per text".formatted(rates.length());
    String left =
        rates.leftOut() == 0
            ? ""
            : " · %d shorter %s left out"
                .formatted(rates.leftOut(), rates.leftOut() == 1 ? "text" : "texts");
    String warning = rates.belowUniform() ? " · ε is below uniform attention" : "";
    return length + left + warning;
  }
}
