package dev.headlight.app.workbench;

import dev.headlight.analysis.text.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds tokens by text, whatever their case. */
public final class TokenSearch {
  private TokenSearch() {}

  /**
   * The tokens that a text covers: those under each place where it stands in the prompt, and those
   * whose label contains it. A blank text finds nothing.
   *
   * @return indices, rising
   */
  public static List<Integer> find(Tokens tokens, String text) {
    String wanted = text.toLowerCase(Locale.ROOT);
    if (wanted.isBlank()) {
      return List.of();
    }
    boolean[] found = new boolean[tokens.size()];
    String prompt = tokens.text().toLowerCase(Locale.ROOT);
    if (prompt.length() == tokens.text().length()) {
      cover(tokens, prompt, wanted, found);
    }
    List<Integer> indices = new ArrayList<>();
    for (int i = 0; i < found.length; i++) {
      if (found[i] || tokens.label(i).toLowerCase(Locale.ROOT).contains(wanted)) {
        indices.add(i);
      }
    }
    return List.copyOf(indices);
  }

  private static void cover(Tokens tokens, String prompt, String wanted, boolean[] found) {
    int token = 0;
    int at = prompt.indexOf(wanted);
    while (at >= 0) {
      int end = at + wanted.length();
      while (token > 0 && tokens.end(token - 1) > at) {
        token--;
      }
      while (token < found.length && (empty(tokens, token) || tokens.start(token) < end)) {
        found[token] |= !empty(tokens, token) && tokens.end(token) > at;
        token++;
      }
      at = prompt.indexOf(wanted, at + 1);
    }
  }

  private static boolean empty(Tokens tokens, int i) {
    return tokens.start(i) == tokens.end(i);
  }

  /**
   * The next of some indices, round the end.
   *
   * @param indices rising, at least one
   * @param now where to go on from
   * @param forward whether upwards
   */
  public static int next(List<Integer> indices, int now, boolean forward) {
    int size = indices.size();
    for (int i = 0; i < size; i++) {
      int candidate = indices.get(forward ? i : size - 1 - i);
      if (forward ? candidate > now : candidate < now) {
        return candidate;
      }
    }
    return indices.get(forward ? 0 : size - 1);
  }
}
