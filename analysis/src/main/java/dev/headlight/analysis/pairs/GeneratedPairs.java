package dev.headlight.analysis.pairs;

import java.util.List;

/**
 * Pairs that were drawn, and what did not fit.
 *
 * @param request what was asked for
 * @param words name of the words they were drawn from
 * @param pairs as many as were asked for, different from each other, of equal lengths each
 * @param dropped words that were left out, a sentence a kind
 * @param redrawn pairs that were drawn again, as their prompts differed in length or an answer did
 *     not fit
 */
public record GeneratedPairs(
    PairRequest request, String words, List<ReadPair> pairs, List<Dropped> dropped, int redrawn) {
  /** Copies the lists. */
  public GeneratedPairs {
    pairs = List.copyOf(pairs);
    dropped = List.copyOf(dropped);
  }

  /**
   * Words of a kind that the tokenizer does not read as one token.
   *
   * @param kind such as {@code name}
   * @param of how many there are
   * @param words those that were left out
   */
  public record Dropped(String kind, int of, List<String> words) {
    private static final int SAID = 6;

    /** Copies the list. */
    public Dropped {
      words = List.copyOf(words);
    }

    /** "12 of 100 names are more than one token: Fiona, Clara, …". */
    public String text() {
      String some = String.join(", ", words.subList(0, Math.min(SAID, words.size())));
      return "%d of %d words of the kind %s are more than one token and were left out: %s%s"
          .formatted(words.size(), of, kind, some, words.size() > SAID ? ", …" : "");
    }
  }

  /** The pairs as text. */
  public List<PromptPair> texts() {
    return pairs.stream().map(ReadPair::text).toList();
  }

  /** The pairs as ids. */
  public List<TokenPair> ids() {
    return pairs.stream().map(ReadPair::ids).toList();
  }
}
