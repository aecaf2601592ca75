package dev.headlight.analysis.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Readable labels for a sequence of ids.
 *
 * <p>Neighbouring tokens are looked at together: the bytes of a character that is split over three
 * tokens give {@code 🙂·1/3}, {@code 🙂·2/3}, {@code 🙂·3/3}. Bytes that complete no character are
 * shown as {@code \xF0}.
 */
final class Labels {
  private final Vocabulary vocabulary;

  Labels(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** One label an id. */
  List<String> of(int[] ids) {
    List<String> labels = new ArrayList<>(ids.length);
    List<byte[]> run = new ArrayList<>();
    for (int id : ids) {
      byte[] bytes = bytes(id);
      if (bytes == null) {
        flush(run, labels);
        labels.add(standalone(id));
      } else {
        run.add(bytes);
      }
    }
    flush(run, labels);
    return labels;
  }

  private String standalone(int id) {
    String piece = vocabulary.piece(id);
    if (piece == null) {
      return unknown(id);
    }
    StringBuilder label = new StringBuilder();
    piece.codePoints().forEach(c -> Visible.append(label, c));
    return Visible.finish(label);
  }

  /** The stand-in for an id the vocabulary does not have. */
  static String unknown(int id) {
    return "⟨" + id + "⟩";
  }

  /** The UTF-8 bytes a token contributes to the text; null for tokens that stand for themselves. */
  private byte[] bytes(int id) {
    String piece = vocabulary.piece(id);
    if (piece == null || vocabulary.isAdded(id) || vocabulary.wordPiece()) {
      return null;
    }
    String end = vocabulary.wordEnd();
    if (!end.isEmpty() && piece.endsWith(end)) {
      byte[] word = spelled(piece.substring(0, piece.length() - end.length()));
      byte[] spaced = Arrays.copyOf(word, word.length + 1);
      spaced[word.length] = ' ';
      return spaced;
    }
    return spelled(piece);
  }

  private byte[] spelled(String piece) {
    if (vocabulary.byteLevel()) {
      return ByteLevel.bytes(piece);
    }
    int fallback = vocabulary.byteFallback() ? fallbackByte(piece) : -1;
    if (fallback >= 0) {
      return new byte[] {(byte) fallback};
    }
    return piece.replace('▁', ' ').getBytes(StandardCharsets.UTF_8);
  }

  private static int fallbackByte(String piece) {
    if (piece.length() != 6 || !piece.startsWith("<0x") || piece.charAt(5) != '>') {
      return -1;
    }
    int high = Character.digit(piece.charAt(3), 16);
    int low = Character.digit(piece.charAt(4), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }

  private static void flush(List<byte[]> run, List<String> labels) {
    if (!run.isEmpty()) {
      new Run(run).addTo(labels);
      run.clear();
    }
  }

  /** Tokens that follow each other and whose bytes make one text. */
  private static final class Run {
    private final byte[] bytes;
    private final int[] owners; // token of each byte
    private final StringBuilder[] labels;

    Run(List<byte[]> tokens) {
      bytes = new byte[tokens.stream().mapToInt(token -> token.length).sum()];
      owners = new int[bytes.length];
      labels = new StringBuilder[tokens.size()];
      int at = 0;
      for (int token = 0; token < labels.length; token++) {
        byte[] own = tokens.get(token);
        System.arraycopy(own, 0, bytes, at, own.length);
        Arrays.fill(owners, at, at + own.length, token);
        labels[token] = new StringBuilder();
        at += own.length;
      }
    }

    void addTo(List<String> all) {
      int at = 0;
      while (at < bytes.length) {
        int length = Utf8.length(bytes, at);
        if (length == 0) {
          labels[owners[at]].append("\\x%02X".formatted(bytes[at] & 0xFF));
          at++;
        } else {
          place(at, length);
          at += length;
        }
      }
      for (StringBuilder label : labels) {
        all.add(Visible.finish(label));
      }
    }

    private void place(int at, int length) {
      int codePoint = Utf8.codePoint(bytes, at, length);
      if (owners[at] == owners[at + length - 1]) { // owners only grow
        Visible.append(labels[owners[at]], codePoint);
        return;
      }
      int[] sharing = Arrays.stream(owners, at, at + length).distinct().toArray();
      StringBuilder shown = new StringBuilder();
      Visible.append(shown, codePoint);
      String whole = Visible.finish(shown);
      for (int part = 0; part < sharing.length; part++) {
        labels[sharing[part]]
            .append(whole)
            .append('·')
            .append(part + 1)
            .append('/')
            .append(sharing.length);
      }
    }
  }
}
