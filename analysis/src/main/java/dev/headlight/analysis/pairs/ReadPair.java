package dev.headlight.analysis.pairs;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.text.Tokens;
import java.util.Optional;

/**
 * A pair as a model's tokenizer reads it.
 *
 * @param text what was read
 * @param clean tokens of the clean prompt
 * @param corrupt tokens of the corrupt prompt
 * @param ids prompts and answers as ids
 */
public record ReadPair(PromptPair text, Tokens clean, Tokens corrupt, TokenPair ids) {
  /** Tokens of a role: first and last, both included. */
  public record Range(int first, int last) {}

  /** One token under the other. */
  public PairAlignment alignment() {
    return PairAlignment.of(clean, corrupt);
  }

  /**
   * Which tokens of the clean prompt a role is; its last one is where a word is complete.
   *
   * @return empty where no token has its characters
   */
  public Optional<Range> inClean(PairRole role) {
    return range(clean, role.clean());
  }

  /** The same in the corrupt prompt. */
  public Optional<Range> inCorrupt(PairRole role) {
    return range(corrupt, role.corrupt());
  }

  private static Optional<Range> range(Tokens tokens, TextSpan span) {
    int first = -1;
    int last = -1;
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.start(i) < span.end() && span.start() < tokens.end(i) && !blank(tokens, i, span)) {
        first = first < 0 ? i : first;
        last = i;
      }
    }
    return first < 0 ? Optional.empty() : Optional.of(new Range(first, last));
  }

  /** Whether only a blank of the token lies in the span. */
  private static boolean blank(Tokens tokens, int token, TextSpan span) {
    int from = Math.max(span.start(), tokens.start(token));
    int to = Math.min(span.end(), tokens.end(token));
    return tokens.text().substring(from, to).isBlank() && !span.in(tokens.text()).isBlank();
  }

  /**
   * Refuses prompts of different lengths.
   *
   * @throws HeadlightException that names the words which take more tokens on one side
   */
  public ReadPair requireAligned() {
    PairAlignment alignment = alignment();
    if (!alignment.aligned()) {
      throw new HeadlightException(
          Kind.INPUT,
          "the prompts differ in length, "
              + alignment.explanation()
              + "; positions stand for each other only where both have as many tokens: choose words of as many tokens");
    }
    return this;
  }
}
