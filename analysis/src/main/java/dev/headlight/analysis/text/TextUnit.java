package dev.headlight.analysis.text;

/** What a row and a column of a map stand for. */
public enum TextUnit {
  /** One token. */
  TOKEN,
  /** The tokens of a word. */
  WORD,
  /** The tokens of a sentence. */
  SENTENCE;

  /** The next larger one; tokens after the largest. */
  public TextUnit next() {
    return switch (this) {
      case TOKEN -> WORD;
      case WORD -> SENTENCE;
      case SENTENCE -> TOKEN;
    };
  }

  /** A prompt cut into units of this kind. */
  public TokenSpans spans(Tokens tokens) {
    return switch (this) {
      case TOKEN -> TokenSpans.single(tokens.size());
      case WORD -> TokenSpans.words(tokens);
      case SENTENCE -> TokenSpans.sentences(tokens);
    };
  }
}
