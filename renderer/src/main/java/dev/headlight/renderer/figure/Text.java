package dev.headlight.renderer.figure;

/** Makes any string fit to be drawn and to be written as XML. */
final class Text {
  private static final char REPLACEMENT = '\ufffd';
  private static final char CONTROL_PICTURES = '\u2400';
  private static final char DELETE = 0x7f;

  private Text() {}

  /** Whether the surrogate at an index has its partner. */
  static boolean isPaired(String text, int index) {
    return Character.isHighSurrogate(text.charAt(index))
        ? index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1))
        : index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
  }

  /** Control characters as their pictures (␊), broken surrogates as the replacement character. */
  static String visible(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ') {
        out.append((char) (CONTROL_PICTURES + c));
      } else if (c == DELETE) {
        out.append('\u2421');
      } else if (Character.isSurrogate(c) && !isPaired(text, i)) {
        out.append(REPLACEMENT);
      } else {
        out.append(c == '\ufffe' || c == '\uffff' ? REPLACEMENT : c);
      }
    }
    return out.toString();
  }

  /** Visible and escaped for XML text and attributes. */
  static String xml(String text) {
    return visible(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
