package dev.headlight.analysis.pairs;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Pairs of words, one of which is looked up: "fox: lamp, owl: bread, cat: tea. owl:". */
final class LookupTask implements PairGenerator.Task {
  private static final int PAIRS = 5;

  private final List<String> keys;
  private final List<String> values;

  LookupTask(FittingWords words) {
    keys = words.single("key", PAIRS);
    values = words.single("value", 2 * PAIRS);
  }

  @Override
  public PromptPair draw(int index, Random random) {
    List<String> own = FittingWords.some(keys, PAIRS, random);
    List<String> rest = values.stream().filter(v -> !own.contains(v)).toList();
    List<String> held = FittingWords.some(rest, PAIRS, random);
    StringBuilder list = new StringBuilder();
    List<TextSpan> keySpans = new ArrayList<>();
    List<TextSpan> valueSpans = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      list.append(i == 0 ? "" : ", ");
      keySpans.add(appended(list, own.get(i)));
      list.append(": ");
      valueSpans.add(appended(list, held.get(i)));
    }
    list.append(". ");
    // Not the first key: at the beginning of a text it may be another token than in the middle.
    int asked = 1 + random.nextInt(PAIRS - 1);
    int other = 1 + (asked + random.nextInt(PAIRS - 2)) % (PAIRS - 1);
    String clean = list + own.get(asked) + ":";
    String corrupt = list + own.get(other) + ":";
    TextSpan cleanQuery = new TextSpan(list.length(), clean.length() - 1);
    TextSpan corruptQuery = new TextSpan(list.length(), corrupt.length() - 1);
    List<PairRole> roles =
        List.of(
            new PairRole("KEY", keySpans.get(asked), keySpans.get(asked)),
            new PairRole("VALUE", valueSpans.get(asked), valueSpans.get(asked)),
            new PairRole("WRONG", valueSpans.get(other), valueSpans.get(other)),
            new PairRole("QUERY", cleanQuery, corruptQuery),
            new PairRole(
                "END",
                new TextSpan(clean.length() - 1, clean.length()),
                new TextSpan(corrupt.length() - 1, corrupt.length())));
    return new PromptPair(clean, corrupt, " " + held.get(asked), " " + held.get(other), roles);
  }

  private static TextSpan appended(StringBuilder text, String word) {
    int start = text.length();
    text.append(word);
    return new TextSpan(start, text.length());
  }
}
