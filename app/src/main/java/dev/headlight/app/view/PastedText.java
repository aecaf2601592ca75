package dev.headlight.app.view;

/**
 * What becomes of a text that comes from outside: bytes that are no text are refused, single
 * characters that cannot be seen are replaced by signs that can.
 *
 * @param text to use; empty where it is refused
 * @param refused whether it is no text at all
 * @param sentence what was done to it, for people; empty if nothing was
 */
record PastedText(String text, boolean refused, String sentence) {
  private static final int PICTURES = 0x2400;
  private static final int DELETE = 0x7f;
  private static final int DELETE_PICTURE = 0x2421;
  private static final int MOST_SHARE = 10;

  /** Looks at a text; new lines of any system become one kind. */
  static PastedText of(String raw) {
    String lines = raw.replace("\r\n", "\n").replace('\r', '\n');
    int nuls = 0;
    int controls = 0;
    int halves = 0;
    StringBuilder shown = new StringBuilder(lines.length());
    for (int i = 0; i < lines.length(); i += Character.charCount(lines.codePointAt(i))) {
      int point = lines.codePointAt(i);
      nuls += point == 0 ? 1 : 0;
      controls += control(point) ? 1 : 0;
      halves += half(point) ? 1 : 0;
      shown.appendCodePoint(visible(point));
    }
    int bad = controls + halves;
    if (nuls > 0 || bad * MOST_SHARE > lines.length()) {
      return new PastedText("", true, refusal(nuls, controls, halves, lines.length()));
    }
    return new PastedText(shown.toString(), false, bad == 0 ? "" : replaced(controls, halves));
  }

  private static boolean control(int point) {
    return Character.isISOControl(point) && point != '\n' && point != '\t';
  }

  private static boolean half(int point) {
    return Character.getType(point) == Character.SURROGATE;
  }

  private static int visible(int point) {
    if (half(point) || (control(point) && point > DELETE)) {
      return 0xFFFD;
    }
    if (!control(point)) {
      return point;
    }
    return point == DELETE ? DELETE_PICTURE : PICTURES + point;
  }

  private static String refusal(int nuls, int controls, int halves, int length) {
    return "This is not text: of %,d characters %,d are control characters (%,d NUL) and %,d halves of characters. The prompt stays as it was."
        .formatted(length, controls, nuls, halves);
  }

  private static String replaced(int controls, int halves) {
    return "Characters that cannot be seen were replaced by signs: %s and %s."
        .formatted(Ui.count(controls, "control character"), halves + " halves of characters");
  }
}
