package dev.headlight.app.view;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

/** Tokens set as lines of text: where each stands, and which one is under a point. */
final class TokenFlow {
  private final double[] x;
  private final double[] width;
  private final int[] line;

  /** First token of each line, and the number of tokens at the end. */
  private final int[] firsts;

  private TokenFlow(double[] x, double[] width, int[] line, int[] firsts) {
    this.x = x;
    this.width = width;
    this.line = line;
    this.firsts = firsts;
  }

  /**
   * Sets tokens into lines. A token wider than a line has one to itself.
   *
   * @param widths of each token, in pixels
   * @param ends whether a line ends after a token
   * @param room pixels of a line
   * @param gap pixels between tokens
   */
  static TokenFlow of(
      int tokens, IntToDoubleFunction widths, IntPredicate ends, double room, double gap) {
    double[] x = new double[tokens];
    double[] width = new double[tokens];
    int[] line = new int[tokens];
    int[] firsts = new int[tokens + 1];
    int lines = 0;
    double at = 0;
    for (int i = 0; i < tokens; i++) {
      width[i] = widths.applyAsDouble(i);
      boolean fresh = i == 0 || ends.test(i - 1) || at + width[i] > room;
      if (fresh) {
        firsts[lines++] = i;
        at = 0;
      }
      x[i] = at;
      line[i] = lines - 1;
      at += width[i] + gap;
    }
    firsts[lines] = tokens;
    return new TokenFlow(x, width, line, Arrays.copyOf(firsts, lines + 1));
  }

  int lines() {
    return firsts.length - 1;
  }

  /** First token of a line; the number of tokens for the line after the last. */
  int first(int ofLine) {
    return firsts[ofLine];
  }

  double x(int token) {
    return x[token];
  }

  double width(int token) {
    return width[token];
  }

  int line(int token) {
    return line[token];
  }

  /** The token of a line that is at or nearest to a place along it. */
  int at(int ofLine, double px) {
    int last = firsts[ofLine + 1] - 1;
    int token = firsts[ofLine];
    while (token < last && px >= x[token + 1]) {
      token++;
    }
    return token;
  }

  /** The token some lines below (above, if negative) another, at the same place along the line. */
  int moved(int token, int lines) {
    int to = Math.max(0, Math.min(lines() - 1, line[token] + lines));
    return at(to, x[token] + width[token] / 2);
  }
}
