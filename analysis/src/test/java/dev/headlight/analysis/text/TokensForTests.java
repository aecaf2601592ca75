package dev.headlight.analysis.text;

import java.util.Arrays;
import java.util.List;

/** Tokens without a tokenizer, for tests of other packages. */
public final class TokensForTests {
  private TokensForTests() {}

  /** Tokens that follow each other without gaps; none is special. */
  public static Tokens of(String... pieces) {
    int[] starts = new int[pieces.length];
    int[] ends = new int[pieces.length];
    int at = 0;
    for (int i = 0; i < pieces.length; i++) {
      starts[i] = at;
      at += pieces[i].length();
      ends[i] = at;
    }
    List<String> labels = Arrays.asList(pieces);
    return new Tokens(
        String.join("", pieces),
        new int[pieces.length],
        labels,
        labels,
        starts,
        ends,
        new boolean[pieces.length]);
  }
}
