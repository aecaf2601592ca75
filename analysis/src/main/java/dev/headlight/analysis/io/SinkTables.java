package dev.headlight.analysis.io;

import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.analysis.sinks.EntropyTable;
import dev.headlight.analysis.sinks.SinkRates;
import dev.headlight.analysis.sinks.SinkStatistics;
import dev.headlight.analysis.sinks.TokenConcentration;
import dev.headlight.analysis.sinks.TokenConcentration.Masked;
import dev.headlight.analysis.sinks.UniformAttention;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Tables of sinks, written as {@link Tables} are. */
public final class SinkTables {
  /** Columns of {@link #tokens}. */
  public static final List<String> TOKENS =
      List.of(
          "model",
          "model_sha256",
          "sequence",
          "index",
          "id",
          "token",
          "column_score",
          "uniform_column_score",
          "share",
          "uniform_share",
          "rank");

  /** Columns of {@link #concentration}. */
  public static final List<String> CONCENTRATION =
      List.of(
          "model",
          "model_sha256",
          "sequence",
          "tokens",
          "top",
          "share",
          "uniform_share",
          "loss",
          "masked_loss",
          "random_masked_loss");

  private SinkTables() {}

  /**
   * Sink rate, mean attention to the key and entropy of every head, in the columns of {@link
   * Tables#headScores}.
   *
   * @param seed of drawn ids, or null
   * @param params how the sequences were made
   */
  public static void heads(
      Path file,
      Provenance provenance,
      SinkStatistics statistics,
      SinkRates rates,
      EntropyTable entropy,
      Long seed,
      String params) {
    String all = "eps=%s key=%d %s".formatted(rates.epsilon(), rates.key(), params).strip();
    int runs = rates.sequences().size();
    List<Tables.HeadScore> rows = new ArrayList<>();
    rows(rows, statistics.spec(), "sinkRate", rates.byHead(), null, runs, seed, all);
    rows(
        rows, statistics.spec(), "meanToFirst", rates.means(), rates.deviations(), runs, seed, all);
    rows(rows, statistics.spec(), "entropy", entropy.nats(), null, runs, seed, params);
    Tables.headScores(file, provenance, rows);
  }

  private static void rows(
      List<Tables.HeadScore> into,
      ModelSpec spec,
      String metric,
      Tensor values,
      Tensor deviations,
      int runs,
      Long seed,
      String params) {
    for (int i = 0; i < values.data().length; i++) {
      int head = i % spec.heads();
      boolean known = deviations != null && !Float.isNaN(deviations.data()[i]);
      into.add(
          new Tables.HeadScore(
              metric,
              i / spec.heads(),
              head,
              spec.kvGroup(head),
              values.data()[i],
              known ? (double) deviations.data()[i] : null,
              runs,
              seed,
              params));
    }
  }

  /**
   * How much attention each token gets, over all heads.
   *
   * @param labels what an id is called
   */
  public static void tokens(
      Path file,
      Provenance provenance,
      List<TokenConcentration> sequences,
      IntFunction<String> labels) {
    Tables.write(
        file,
        TOKENS,
        csv -> {
          for (TokenConcentration s : sequences) {
            List<Integer> ranked = s.ranked();
            int length = s.tokens().length;
            for (int k = 0; k < length; k++) {
              csv.printRecord(
                  provenance.model(),
                  provenance.sha256(),
                  s.sequence(),
                  k,
                  s.tokens()[k],
                  labels.apply(s.tokens()[k]),
                  s.columnScores()[k],
                  UniformAttention.columnMean(length, k),
                  s.shares()[k],
                  UniformAttention.columnMean(length, k) * (length - k) / length,
                  ranked.indexOf(k) + 1);
            }
          }
        });
  }

  /**
   * On how few tokens attention concentrates, a row a sequence and number of tokens.
   *
   * @param counts numbers of tokens
   * @param masked losses with tokens hidden, by sequence; empty for none
   */
  public static void concentration(
      Path file,
      Provenance provenance,
      List<TokenConcentration> sequences,
      List<Integer> counts,
      Map<Integer, List<Masked>> masked) {
    Tables.write(
        file,
        CONCENTRATION,
        csv -> {
          for (TokenConcentration s : sequences) {
            for (int count : counts) {
              Masked losses =
                  masked.getOrDefault(s.sequence(), List.of()).stream()
                      .filter(m -> m.count() == count)
                      .findFirst()
                      .orElse(null);
              csv.printRecord(
                  provenance.model(),
                  provenance.sha256(),
                  s.sequence(),
                  s.tokens().length,
                  count,
                  s.topShare(count),
                  UniformAttention.topShare(s.tokens().length, count),
                  losses == null ? null : losses.loss(),
                  losses == null ? null : losses.top(),
                  losses == null || Double.isNaN(losses.random()) ? null : losses.random());
            }
          }
        });
  }
}
