package dev.headlight.analysis.text;

/** Makes every character of a label visible. */
final class Visible {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private Visible() {}

  /** Appends a character: as it is if it can be seen, else a mark or its number. */
  static void append(StringBuilder label, int c) {
    switch (c) {
      case ' ' -> label.append('␣');
      case '\n' -> label.append('↵');
      case '\t' -> label.append('⇥');
      case '\r' -> label.append("\\r");
      // Between two characters they shape what is seen; at an end finish() shows them.
      case ZERO_WIDTH_NON_JOINER, ZERO_WIDTH_JOINER -> label.appendCodePoint(c);
      default -> {
        if (isInvisible(c)) {
          label.append(number(c));
        } else {
          label.appendCodePoint(c);
        }
      }
    }
  }

  /**
   * The finished label: joiners at its ends shown by number, a leading combining mark on a dotted
   * circle.
   */
  static String finish(StringBuilder label) {
    if (label.length() == 0) {
      return "∅";
    }
    int last = label.codePointBefore(label.length());
    if (isJoiner(last)) {
      label.setLength(label.length() - 1);
      label.append(number(last));
    }
    int first = label.codePointAt(0);
    if (isJoiner(first)) {
      label.replace(0, 1, number(first));
    } else if (isCombining(first)) {
      label.insert(0, '◌');
    }
    return label.toString();
  }

  private static boolean isJoiner(int c) {
    return c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER;
  }

  private static boolean isCombining(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
          true;
      default -> false;
    };
  }

  private static boolean isInvisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static String number(int c) {
    return c < 0x10000 ? "\\u%04X".formatted(c) : "\\U%08X".formatted(c);
  }
}
