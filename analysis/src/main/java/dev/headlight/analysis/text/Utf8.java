package dev.headlight.analysis.text;

/** Single UTF-8 sequences in a byte array. */
final class Utf8 {
  private Utf8() {}

  /** Bytes of the well-formed sequence that begins here, or 0 if there is none. */
  static int length(byte[] bytes, int at) {
    int lead = bytes[at] & 0xFF;
    int length =
        lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (at + length > bytes.length) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length < 3 || isShortest(codePoint(bytes, at, length), length) ? length : 0;
  }

  /** The character of a sequence that {@link #length} found. */
  static int codePoint(byte[] bytes, int at, int length) {
    if (length == 1) {
      return bytes[at];
    }
    int value = bytes[at] & (0x7F >> length);
    for (int i = 1; i < length; i++) {
      value = value << 6 | (bytes[at + i] & 0x3F);
    }
    return value;
  }

  private static boolean isShortest(int codePoint, int length) {
    if (length == 3) {
      return codePoint >= 0x800 && (codePoint < 0xD800 || codePoint > 0xDFFF);
    }
    return codePoint >= 0x10000 && codePoint <= 0x10FFFF;
  }
}
