package dev.headlight.analysis.retrieval;

import java.util.Arrays;

/**
 * What the model will probably write next: the needle. A guess costs a few rows of a pass that is
 * made anyway and saves a pass for each token that is right; what is wrong is thrown away, so the
 * text is the greedy one whatever was guessed (Leviathan et al. 2023, speculative decoding with the
 * prompt as the draft).
 */
final class Guess {
  private Guess() {}

  /**
   * The tokens after those that are known.
   *
   * @param episode whose needle is guessed from
   * @param last the token that was written last; negative where none was yet
   * @param room how many may be guessed at most
   * @return 0 to {@code room} ids
   */
  static int[] after(Episode episode, int last, int room) {
    int[] tokens = episode.tokens();
    int from = last < 0 ? episode.needleStart() : next(episode, tokens, last);
    // The token behind the needle too: it often ends the answer.
    int end = Math.min(tokens.length, episode.needleEnd() + 1);
    int to = Math.min(end, from + room);
    return from < 0 || from >= to ? new int[0] : Arrays.copyOfRange(tokens, from, to);
  }

  private static int next(Episode episode, int[] tokens, int last) {
    for (int i = episode.needleStart(); i < episode.needleEnd(); i++) {
      if (tokens[i] == last) {
        return i + 1;
      }
    }
    return -1;
  }
}
