package dev.headlight.analysis.pairs;

import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Years that come later (after Hanna et al. 2023). Answers lie in other decades than the first
 * year, so that the pair is right whether a tokenizer cuts years into two digits or into single
 * ones.
 */
final class YearTask implements PairGenerator.Task {
  private static final int FIRST_CENTURY = 12;
  private static final int CENTURIES = 8;

  private final List<String> sentences;
  private final List<String> events;

  YearTask(FittingWords words) {
    sentences = words.sentences("years");
    events = words.single("event", 1);
  }

  @Override
  public PromptPair draw(int index, Random random) {
    int century = FIRST_CENTURY + random.nextInt(CENTURIES);
    int decade = 2 + random.nextInt(7);
    int later = decade + 1 + random.nextInt(9 - decade);
    int earlier = 1 + random.nextInt(decade - 1);
    String sentence = FittingWords.any(sentences, random);
    String event = FittingWords.any(events, random);
    Filled clean = filled(sentence, event, century, "" + decade + random.nextInt(10));
    Filled corrupt = filled(sentence, event, century, "01");
    List<PairRole> roles =
        List.of(
            new PairRole("YEAR", clean.span("year"), corrupt.span("year")),
            new PairRole("YY", digits(clean), digits(corrupt)),
            new PairRole("END", clean.last(), corrupt.last()));
    return new PromptPair(
        clean.text(),
        corrupt.text(),
        "" + later + random.nextInt(10),
        "" + earlier + random.nextInt(10),
        roles);
  }

  private static Filled filled(String sentence, String event, int century, String year) {
    String number = Integer.toString(century);
    return Filled.of(sentence, Map.of("event", event, "year", number + year, "century", number));
  }

  private static TextSpan digits(Filled filled) {
    TextSpan year = filled.span("year");
    return new TextSpan(year.end() - 2, year.end());
  }
}
