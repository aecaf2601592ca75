package dev.headlight.app.palette;

import java.util.Arrays;
import java.util.Optional;

/**
 * How well typed letters fit a title: each occurs in it, in this order. Beginnings of words and
 * letters side by side count for more, so that {@code epn} finds "Export PNG" before "Open pane".
 *
 * @param score the larger, the better
 * @param positions of the letters in the title, ascending
 */
public record FuzzyMatch(int score, int[] positions) {
  private static final int LETTER = 1;
  private static final int ADJACENT = 9;
  private static final int WORD = 8;
  private static final int START = 3;
  private static final int GAP = 3;
  private static final int NEVER = Integer.MIN_VALUE / 2;

  /**
   * The best way to find the letters in the title; blanks in what was typed count for nothing, nor
   * does the case of letters.
   */
  public static Optional<FuzzyMatch> of(String typed, String title) {
    int[] wanted = letters(typed).filter(c -> !Character.isWhitespace(c)).toArray();
    int[] text = letters(title).toArray();
    if (wanted.length == 0) {
      return Optional.of(new FuzzyMatch(0, new int[0]));
    }
    return wanted.length > text.length ? Optional.empty() : best(wanted, text, title);
  }

  /** One a UTF-16 unit, so that positions are those of the title. */
  private static java.util.stream.IntStream letters(String text) {
    return text.chars().map(Character::toLowerCase);
  }

  /** Best score of the first i letters where the last of them is at j, by dynamic programming. */
  private static Optional<FuzzyMatch> best(int[] wanted, int[] text, String title) {
    int[][] score = new int[wanted.length][text.length];
    int[][] from = new int[wanted.length][text.length];
    for (int i = 0; i < wanted.length; i++) {
      int running = NEVER;
      int runningAt = -1;
      for (int j = 0; j < text.length; j++) {
        score[i][j] = NEVER;
        if (j > 0 && i > 0 && score[i - 1][j - 1] > running) {
          running = score[i - 1][j - 1];
          runningAt = j - 1;
        }
        if (wanted[i] != text[j]) {
          continue;
        }
        int before = i == 0 ? 0 : running - GAP;
        int at = runningAt;
        if (i > 0 && j > 0 && score[i - 1][j - 1] + ADJACENT > before) {
          before = score[i - 1][j - 1] + ADJACENT;
          at = j - 1;
        }
        if (before > NEVER / 2) {
          score[i][j] = before + worth(title, j);
          from[i][j] = at;
        }
      }
    }
    return traced(score, from);
  }

  private static int worth(String title, int at) {
    if (at == 0) {
      return LETTER + WORD + START;
    }
    char before = title.charAt(at - 1);
    char here = title.charAt(at);
    boolean word =
        !Character.isLetterOrDigit(before)
            || (Character.isUpperCase(here) && Character.isLowerCase(before));
    return word && Character.isLetterOrDigit(here) ? LETTER + WORD : LETTER;
  }

  private static Optional<FuzzyMatch> traced(int[][] score, int[][] from) {
    int last = score.length - 1;
    int end = 0;
    for (int j = 1; j < score[last].length; j++) {
      if (score[last][j] > score[last][end]) {
        end = j;
      }
    }
    if (score[last][end] <= NEVER / 2) {
      return Optional.empty();
    }
    int[] positions = new int[score.length];
    int at = end;
    for (int i = last; i >= 0; i--) {
      positions[i] = at;
      at = from[i][at];
    }
    return Optional.of(new FuzzyMatch(score[last][end], positions));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FuzzyMatch m
        && m.score == score
        && Arrays.equals(m.positions, positions);
  }

  @Override
  public int hashCode() {
    return 31 * score + Arrays.hashCode(positions);
  }

  @Override
  public String toString() {
    return score + " at " + Arrays.toString(positions);
  }
}
