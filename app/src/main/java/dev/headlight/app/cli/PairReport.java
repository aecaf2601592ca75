package dev.headlight.app.cli;

import dev.headlight.analysis.pairs.GeneratedPairs;
import dev.headlight.analysis.pairs.PairKind;
import dev.headlight.analysis.pairs.PairRequest;
import dev.headlight.analysis.pairs.PairRole;
import dev.headlight.analysis.pairs.PairScores;
import dev.headlight.analysis.pairs.ReadPair;
import dev.headlight.analysis.pairs.TextSpan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What {@code pairs} says, for people and for machines. */
final class PairReport {
  private final PairInput.Asked asked;
  private final Optional<PairScores> scores;

  PairReport(PairInput.Asked asked, Optional<PairScores> scores) {
    this.asked = asked;
    this.scores = scores;
  }

  /** The document of {@code --json}. */
  Map<String, Object> document(long seed) {
    Map<String, Object> document = new LinkedHashMap<>();
    asked.drawn().ifPresent(drawn -> drawn(document, drawn, seed));
    document.put("pairs", asked.pairs().stream().map(PairReport::pair).toList());
    scores.ifPresent(s -> document.put("measure", measure(s)));
    return document;
  }

  private static void drawn(Map<String, Object> document, GeneratedPairs drawn, long seed) {
    PairRequest request = drawn.request();
    document.put("kind", request.kind().text());
    document.put("definition", request.kind().definition());
    document.put("seed", seed);
    document.put("words", drawn.words());
    if (request.kind() == PairKind.IOI) {
      document.put("order", request.order().name().toLowerCase(Locale.ROOT));
      document.put("corruption", request.corruption().name().toLowerCase(Locale.ROOT));
    }
    document.put("dropped", drawn.dropped());
    document.put("redrawn", drawn.redrawn());
  }

  private static Map<String, Object> pair(ReadPair pair) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("clean", pair.text().clean());
    row.put("corrupt", pair.text().corrupt());
    row.put("answer", pair.text().answer());
    row.put("wrong", pair.text().wrong());
    row.put("cleanTokens", pair.ids().clean());
    row.put("corruptTokens", pair.ids().corrupt());
    row.put("answerTokens", pair.ids().answer());
    row.put("wrongTokens", pair.ids().wrong());
    row.put("aligned", pair.ids().aligned());
    row.put("lengths", pair.alignment().explanation());
    row.put("roles", pair.text().roles().stream().map(r -> role(pair, r)).toList());
    return row;
  }

  private static Map<String, Object> role(ReadPair pair, PairRole role) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", role.name());
    row.put("clean", span(role.clean()));
    row.put("corrupt", span(role.corrupt()));
    row.put("cleanPositions", positions(pair.inClean(role)));
    row.put("corruptPositions", positions(pair.inCorrupt(role)));
    return row;
  }

  private static int[] span(TextSpan span) {
    return new int[] {span.start(), span.end()};
  }

  private static int[] positions(Optional<ReadPair.Range> range) {
    return range.map(r -> new int[] {r.first(), r.last()}).orElse(null);
  }

  private static Map<String, Object> measure(PairScores scores) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("score", scores.score().text());
    row.put("unit", scores.score().unit());
    row.put("definition", scores.score().definition());
    row.put("accuracy", scores.accuracy());
    row.put("corruptAccuracy", scores.corruptAccuracy());
    row.put("likeliest", scores.likeliest());
    row.put("probability", scores.probability());
    row.put("clean", scores.clean());
    row.put("corrupt", scores.corrupt());
    row.put("pairs", scores.pairs());
    return row;
  }

  /** The first pairs as tables, and what they amount to. */
  void print(Terminal terminal, int show) {
    List<ReadPair> pairs = asked.pairs();
    for (int i = 0; i < Math.min(show, pairs.size()); i++) {
      terminal.out().println(new PairTable(pairs.get(i)).text(i, scores.map(at(i))));
    }
    if (pairs.size() > show) {
      terminal.note("%d pairs more, not printed".formatted(pairs.size() - show));
    }
    long unequal = pairs.stream().filter(p -> !p.ids().aligned()).count();
    if (unequal > 0) {
      terminal.note("%d of %d pairs differ in length".formatted(unequal, pairs.size()));
    }
    asked.drawn().ifPresent(drawn -> tell(terminal, drawn));
    scores.ifPresent(s -> tell(terminal, s));
  }

  private static Function<PairScores, PairScores.One> at(int index) {
    return s -> s.pairs().get(index);
  }

  private static void tell(Terminal terminal, GeneratedPairs drawn) {
    terminal.note(
        "%s, %d pairs from the %s words"
            .formatted(drawn.request().kind().title(), drawn.pairs().size(), drawn.words()));
    drawn.dropped().forEach(d -> terminal.note(d.text()));
    if (drawn.redrawn() > 0) {
      terminal.note(
          "%d pairs were drawn again, as their tokens did not fit".formatted(drawn.redrawn()));
    }
  }

  private static void tell(Terminal terminal, PairScores s) {
    String unit = s.score().unit();
    terminal
        .out()
        .println(
            "clean    answer above wrong %.1f %%, difference %.3f %s, likeliest token %.1f %%, p %.3f"
                .formatted(
                    100 * s.accuracy(), s.clean(), unit, 100 * s.likeliest(), s.probability()));
    terminal
        .out()
        .println(
            "corrupt  answer above wrong %.1f %%, difference %.3f %s"
                .formatted(100 * s.corruptAccuracy(), s.corrupt(), unit));
    terminal.note("difference: " + s.score().definition() + ", mean over the pairs");
  }
}
