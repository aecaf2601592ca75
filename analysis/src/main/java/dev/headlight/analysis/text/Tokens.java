package dev.headlight.analysis.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * A sequence of tokens with what people need to read it. Immutable.
 *
 * <p>Spans are half open and count UTF-16 units of {@link #text}; a token that stands for no text
 * has [0, 0]. Several tokens may share a span, when they are parts of one character.
 */
public final class Tokens {
  private final String text;
  private final int[] ids;
  private final List<String> pieces;
  private final List<String> labels;
  private final int[] starts;
  private final int[] ends;
  private final boolean[] special;

  Tokens(
      String text,
      int[] ids,
      List<String> pieces,
      List<String> labels,
      int[] starts,
      int[] ends,
      boolean[] special) {
    this.text = text;
    this.ids = ids.clone();
    this.pieces = List.copyOf(pieces);
    this.labels = List.copyOf(labels);
    this.starts = starts.clone();
    this.ends = ends.clone();
    this.special = special.clone();
  }

  /**
   * Tokens that were given as ids: nothing is added, there is no text, all spans are [0, 0].
   *
   * @param tokenizer gives pieces and labels; null if the model has none, then the number is the
   *     label
   * @param ids 0 or more each
   */
  public static Tokens ofIds(TextTokenizer tokenizer, int[] ids) {
    List<String> pieces = new ArrayList<>(ids.length);
    boolean[] special = new boolean[ids.length];
    for (int i = 0; i < ids.length; i++) {
      pieces.add(tokenizer == null ? Integer.toString(ids[i]) : tokenizer.piece(ids[i]));
      special[i] = tokenizer != null && tokenizer.isSpecial(ids[i]);
    }
    List<String> labels = tokenizer == null ? pieces : tokenizer.labels(ids);
    return new Tokens("", ids, pieces, labels, new int[ids.length], new int[ids.length], special);
  }

  /** Places that have names of their own, such as those of a vision tower; ids count them. */
  public static Tokens ofLabels(List<String> labels) {
    int[] none = new int[labels.size()];
    int[] ids = IntStream.range(0, labels.size()).toArray();
    return new Tokens("", ids, labels, labels, none, none, new boolean[labels.size()]);
  }

  /**
   * The same with other labels: image tokens are called after their place.
   *
   * @param others one a token
   */
  public Tokens labelled(List<String> others) {
    if (others.size() != ids.length) {
      throw new IllegalArgumentException(others.size() + " labels for " + ids.length + " tokens");
    }
    return new Tokens(text, ids, pieces, others, starts, ends, special);
  }

  /**
   * The same followed by a padding token, which stands for no text.
   *
   * @param length with the padding, at least the present one
   * @param id of the padding token
   */
  public Tokens filled(int length, int id, TextTokenizer tokenizer) {
    List<String> allPieces = new ArrayList<>(pieces);
    List<String> allLabels = new ArrayList<>(labels);
    int[] allIds = Arrays.copyOf(ids, length);
    boolean[] allSpecial = Arrays.copyOf(special, length);
    for (int i = ids.length; i < length; i++) {
      allIds[i] = id;
      allSpecial[i] = true;
      allPieces.add(tokenizer.piece(id));
      allLabels.add(tokenizer.label(id));
    }
    return new Tokens(
        text,
        allIds,
        allPieces,
        allLabels,
        Arrays.copyOf(starts, length),
        Arrays.copyOf(ends, length),
        allSpecial);
  }

  /**
   * The same in another text, such as the prompt before pictures were written into it.
   *
   * @param begin where a span that begins at a UTF-16 unit of this text begins in the other
   * @param end where a span that ends there ends
   */
  public Tokens in(String other, IntUnaryOperator begin, IntUnaryOperator end) {
    return new Tokens(
        other,
        ids,
        pieces,
        labels,
        Arrays.stream(starts).map(begin).toArray(),
        Arrays.stream(ends).map(end).toArray(),
        special);
  }

  /** Number of tokens. */
  public int size() {
    return ids.length;
  }

  /** The text that was encoded; empty for tokens given as ids. */
  public String text() {
    return text;
  }

  /** A copy of the ids. */
  public int[] ids() {
    return ids.clone();
  }

  /** The id at a position. */
  public int id(int position) {
    return ids[position];
  }

  /** The vocabulary's own spelling of each token. */
  public List<String> pieces() {
    return pieces;
  }

  /** The vocabulary's own spelling. */
  public String piece(int position) {
    return pieces.get(position);
  }

  /**
   * The readable label of each token: {@code ␣} a space, {@code ↵} a new line, {@code 🙂·1/3} a
   * part of a character.
   */
  public List<String> labels() {
    return labels;
  }

  /** The readable label. */
  public String label(int position) {
    return labels.get(position);
  }

  /** First UTF-16 unit of the token's span. */
  public int start(int position) {
    return starts[position];
  }

  /** One past the last UTF-16 unit of the token's span. */
  public int end(int position) {
    return ends[position];
  }

  /** The text of the token's span; empty where it has none. */
  public String spanText(int position) {
    return text.substring(starts[position], ends[position]);
  }

  /**
   * Whether it is a special token: one the post-processor added or one the tokenizer calls special.
   */
  public boolean special(int position) {
    return special[position];
  }

  /** Equal if ids, spans and text are: pieces and labels follow from the ids and the tokenizer. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Tokens tokens
        && text.equals(tokens.text)
        && Arrays.equals(ids, tokens.ids)
        && pieces.equals(tokens.pieces)
        && Arrays.equals(starts, tokens.starts)
        && Arrays.equals(ends, tokens.ends);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(ids) + text.hashCode();
  }

  @Override
  public String toString() {
    return labels.toString();
  }
}
