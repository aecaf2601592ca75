package dev.headlight.analysis.text;

/** Code-point indices of a text to indices of its UTF-16 units. */
final class Utf16Offsets {
  private final int length;
  private final int[] units; // null where both are the same

  Utf16Offsets(String text) {
    int codePoints = text.codePointCount(0, text.length());
    length = text.length();
    units = codePoints == text.length() ? null : new int[codePoints + 1];
    if (units != null) {
      int unit = 0;
      for (int i = 0; i < codePoints; i++) {
        units[i] = unit;
        unit += Character.charCount(text.codePointAt(unit));
      }
      units[codePoints] = unit;
    }
  }

  /** The UTF-16 index of a code-point index; what lies behind the end counts as the end. */
  int of(int codePoint) {
    if (units == null) {
      return Math.min(codePoint, length);
    }
    return units[Math.min(codePoint, units.length - 1)];
  }
}
