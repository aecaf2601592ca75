package dev.headlight.analysis.text.jinja;

import java.util.List;

/**
 * A part of a template between its marks.
 *
 * @param kind what it is
 * @param text of {@link Kind#DATA}: as it is printed, white space already taken away
 * @param tokens of the others
 * @param line where it begins, from 1
 */
record Piece(Kind kind, String text, List<Token> tokens, int line) {
  /** What a part is. */
  enum Kind {
    /** Text between the marks. */
    DATA,
    /** <code>{{ … }}</code>. */
    OUTPUT,
    /** <code>{% … %}</code>. */
    TAG
  }
}
