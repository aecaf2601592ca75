package dev.headlight.analysis.pairs;

import dev.headlight.analysis.text.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The tokens of two prompts one under the other. Prompts of one length stand position by position,
 * as activations are moved between them. Else words are matched, with as few changes as can be, and
 * the tokens of two matched words begin together.
 *
 * @param columns from left to right; every token is in one
 * @param cleanTokens tokens of the clean prompt
 * @param corruptTokens tokens of the corrupt prompt
 * @param differences matched words of different numbers of tokens; empty where the lengths agree
 */
public record PairAlignment(
    List<Column> columns, int cleanTokens, int corruptTokens, List<LengthDifference> differences) {
  /** Stands where a prompt has no token. */
  public static final int NONE = -1;

  /** What two tokens are to each other. */
  public enum Mark {
    /** The same id. */
    SAME,
    /** Another id. */
    DIFFERENT,
    /** One of the prompts has no token there. */
    GAP
  }

  /**
   * Two tokens, one under the other.
   *
   * @param clean position in the clean prompt, or {@link #NONE}
   * @param corrupt position in the corrupt prompt, or {@link #NONE}
   */
  public record Column(int clean, int corrupt, Mark mark) {}

  /** Copies the lists. */
  public PairAlignment {
    columns = List.copyOf(columns);
    differences = List.copyOf(differences);
  }

  /** Aligns two prompts. */
  public static PairAlignment of(Tokens clean, Tokens corrupt) {
    if (clean.size() == corrupt.size()) {
      List<Column> columns = new ArrayList<>();
      for (int i = 0; i < clean.size(); i++) {
        columns.add(column(clean, i, corrupt, i));
      }
      return new PairAlignment(columns, clean.size(), corrupt.size(), List.of());
    }
    List<Column> columns = new ArrayList<>();
    List<LengthDifference> differences = new ArrayList<>();
    for (WordMatch match : WordMatch.all(clean, corrupt)) {
      int width = Math.max(match.clean().tokens(), match.corrupt().tokens());
      for (int i = 0; i < width; i++) {
        int a = i < match.clean().tokens() ? match.clean().first() + i : NONE;
        int b = i < match.corrupt().tokens() ? match.corrupt().first() + i : NONE;
        columns.add(column(clean, a, corrupt, b));
      }
      if (match.clean().tokens() != match.corrupt().tokens()) {
        differences.add(match.difference());
      }
    }
    return new PairAlignment(columns, clean.size(), corrupt.size(), differences);
  }

  private static Column column(Tokens clean, int a, Tokens corrupt, int b) {
    if (a == NONE || b == NONE) {
      return new Column(a, b, Mark.GAP);
    }
    return new Column(a, b, clean.id(a) == corrupt.id(b) ? Mark.SAME : Mark.DIFFERENT);
  }

  /** Whether both prompts have as many tokens. */
  public boolean aligned() {
    return cleanTokens == corruptTokens;
  }

  /** How many columns are not the same on both sides. */
  public int different() {
    return (int) columns.stream().filter(c -> c.mark() != Mark.SAME).count();
  }

  /** The lengths, and which words make the difference, in a sentence without a capital. */
  public String explanation() {
    if (aligned()) {
      return cleanTokens + " tokens each";
    }
    return "%d tokens against %d: %s"
        .formatted(
            cleanTokens,
            corruptTokens,
            differences.stream()
                .map(LengthDifference::text)
                .distinct()
                .collect(Collectors.joining("; ")));
  }
}
