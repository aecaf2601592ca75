package dev.headlight.analysis.text.jinja;

/**
 * A word of an expression or tag.
 *
 * @param kind what it is
 * @param text a name, a symbol, the digits of a number, or a text without its quotes and escapes
 * @param line counted from 1
 */
record Token(Kind kind, String text, int line) {
  /** What a word is. */
  enum Kind {
    NAME,
    SYMBOL,
    INTEGER,
    FLOAT,
    TEXT,
    END
  }

  boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }
}
