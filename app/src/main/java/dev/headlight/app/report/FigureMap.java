package dev.headlight.app.report;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.attention.AttentionMap;
import dev.headlight.analysis.attention.AttentionWeights;
import dev.headlight.analysis.attention.FoldedWeights;
import dev.headlight.analysis.attention.MeanMap;
import dev.headlight.analysis.io.Provenance;
import dev.headlight.analysis.io.Tables;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.text.TextUnit;
import dev.headlight.analysis.text.TokenSpans;
import dev.headlight.analysis.text.Tokens;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One map to draw or write as a table: of a head, or the mean of several, between tokens, words or
 * sentences.
 *
 * @param heads at least one; the mean of several
 * @param unit what its rows and columns stand for
 * @param withoutFirst whether the first token is left out of the sums over keys; never for tokens,
 *     whose first column is masked when it is drawn
 * @param weights the cells
 * @param labels one a row and column
 */
public record FigureMap(
    List<Head> heads,
    TextUnit unit,
    boolean withoutFirst,
    AttentionWeights weights,
    List<String> labels) {
  /** Copies the list. */
  public FigureMap {
    heads = List.copyOf(heads);
  }

  /** One head's map between tokens. */
  static FigureMap of(AttentionMap map, Tokens tokens) {
    return new FigureMap(List.of(map.head()), TextUnit.TOKEN, false, map, tokens.labels());
  }

  /**
   * A map of a run.
   *
   * @param heads the mean of several
   * @param hideFirst whether the first key is hidden
   * @throws HeadlightException when there are too many words or sentences for one map
   */
  public static FigureMap of(
      Run run,
      Tokens tokens,
      List<Head> heads,
      TextUnit unit,
      boolean hideFirst,
      Progress progress) {
    List<AttentionMap> maps = heads.stream().map(run::map).toList();
    AttentionWeights weights = maps.size() == 1 ? maps.get(0) : new MeanMap(maps, progress);
    if (unit == TextUnit.TOKEN) {
      return new FigureMap(heads, unit, false, weights, tokens.labels());
    }
    TokenSpans spans = unit.spans(tokens);
    AttentionWeights folded = new FoldedWeights(weights, spans, hideFirst ? 1 : 0, progress);
    return new FigureMap(heads, unit, hideFirst, folded, spans.labels(tokens));
  }

  /** Where a map's numbers come from, with what was done to them. */
  public static Provenance about(Provenance provenance, boolean mean, TextUnit unit) {
    Provenance about = mean ? provenance.with("mean", "over heads") : provenance;
    return unit == TextUnit.TOKEN
        ? about
        : about.with("unit", unit.name().toLowerCase(Locale.ROOT));
  }

  /** Writes the cells as a table, whole or not at all. */
  public void write(Path csv, Progress progress) {
    Optional<Head> one = heads.size() == 1 ? Optional.of(heads.get(0)) : Optional.empty();
    Tables.attentionMap(csv, one, weights, labels, progress);
  }

  /** Whether rows and columns are single tokens. */
  boolean ofTokens() {
    return unit == TextUnit.TOKEN;
  }

  /** "words" or "sentences". */
  String units() {
    return switch (unit) {
      case TOKEN -> "tokens";
      case WORD -> "words";
      case SENTENCE -> "sentences";
    };
  }
}
