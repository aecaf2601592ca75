package dev.headlight.analysis.pairs;

/**
 * Two words in the same place that are not as many tokens.
 *
 * @param clean the word of the clean prompt; empty where it has none there
 * @param cleanTokens its tokens
 * @param corrupt the word of the corrupt prompt; empty where it has none there
 * @param corruptTokens its tokens
 */
public record LengthDifference(String clean, int cleanTokens, String corrupt, int corruptTokens) {
  /** Says it: "“Elizabeth” is 3 tokens, “Mary” 1". */
  public String text() {
    if (clean.isEmpty() || corrupt.isEmpty()) {
      boolean inClean = corrupt.isEmpty();
      return "“%s” (%s) stands only in the %s prompt"
          .formatted(
              inClean ? clean : corrupt,
              tokens(inClean ? cleanTokens : corruptTokens),
              inClean ? "clean" : "corrupt");
    }
    return cleanTokens > corruptTokens
        ? said(clean, cleanTokens, corrupt, corruptTokens)
        : said(corrupt, corruptTokens, clean, cleanTokens);
  }

  private static String said(String longer, int more, String shorter, int less) {
    return "“%s” is %s, “%s” %d".formatted(longer, tokens(more), shorter, less);
  }

  private static String tokens(int count) {
    return count + (count == 1 ? " token" : " tokens");
  }
}
