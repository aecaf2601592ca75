package dev.headlight.renderer.figure;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes an opaque PNG from the top down, with its resolution (pHYs) and texts (iTXt, UTF-8), so
 * that only the strip at hand is in memory.
 */
final class Png implements AutoCloseable {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final double INCH_IN_METRES = 0.0254;
  private static final byte FILTER_UP = 2;
  private static final byte METRE = 1;
  private static final int CHUNK = 1 << 16;

  private final DataOutputStream out;
  private final int width;
  private final int height;
  private final Deflater deflater = new Deflater();
  private final byte[] packed = new byte[CHUNK];
  private byte[] above;
  private byte[] line;
  private final byte[] filtered;
  private int filled;
  private int lines;

  /**
   * Writes everything before the pixels.
   *
   * @param dpi pixels per inch, or 0 for no statement
   * @param texts by keyword (1..79 Latin-1 characters)
   */
  Png(OutputStream stream, int width, int height, int dpi, Map<String, String> texts)
      throws IOException {
    this.out = new DataOutputStream(stream);
    this.width = width;
    this.height = height;
    this.above = new byte[3 * width];
    this.line = new byte[3 * width];
    this.filtered = new byte[3 * width + 1];
    out.write(SIGNATURE);
    header();
    if (dpi > 0) {
      resolution((int) Math.round(dpi / INCH_IN_METRES));
    }
    for (Map.Entry<String, String> text : texts.entrySet()) {
      text(text.getKey(), text.getValue());
    }
  }

  /** A whole picture of opaque pixels. */
  static byte[] bytes(int[] argb, int width, int height) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Png png = new Png(out, width, height, 0, Map.of())) {
      png.lines(argb, height);
    }
    return out.toByteArray();
  }

  /** The next lines of the picture: one int a pixel, 0x00RRGGBB or 0xAARRGGBB. */
  void lines(BufferedImage strip) throws IOException {
    // The pixels as they lie there: a copy of them all would cost more than packing them.
    lines(((DataBufferInt) strip.getRaster().getDataBuffer()).getData(), strip.getHeight());
  }

  private void lines(int[] argb, int count) throws IOException {
    filtered[0] = FILTER_UP;
    for (int y = 0; y < count; y++) {
      int at = 0;
      for (int i = y * width; i < (y + 1) * width; i++) {
        line[at++] = (byte) (argb[i] >> 16);
        line[at++] = (byte) (argb[i] >> 8);
        line[at++] = (byte) argb[i];
      }
      for (int i = 0; i < line.length; i++) {
        filtered[i + 1] = (byte) (line[i] - above[i]);
      }
      byte[] done = above;
      above = line;
      line = done;
      deflater.setInput(filtered);
      while (!deflater.needsInput()) {
        deflate();
      }
    }
    lines += count;
  }

  private void deflate() throws IOException {
    filled += deflater.deflate(packed, filled, packed.length - filled);
    if (filled == packed.length) {
      flush();
    }
  }

  private void flush() throws IOException {
    chunk("IDAT", packed, filled);
    filled = 0;
  }

  private void header() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(bytes);
    data.writeInt(width);
    data.writeInt(height);
    // 8 bits a sample, red green blue, and the only compression, filtering and no interlace.
    data.write(new byte[] {8, 2, 0, 0, 0});
    chunk("IHDR", bytes.toByteArray());
  }

  private void resolution(int perMetre) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(bytes);
    data.writeInt(perMetre);
    data.writeInt(perMetre);
    data.writeByte(METRE);
    chunk("pHYs", bytes.toByteArray());
  }

  private void text(String keyword, String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(keyword.getBytes(StandardCharsets.ISO_8859_1));
    // End of the keyword, not compressed (two bytes), no language, no translated keyword.
    bytes.write(new byte[5]);
    bytes.write(text.getBytes(StandardCharsets.UTF_8));
    chunk("iTXt", bytes.toByteArray());
  }

  private void chunk(String type, byte[] data) throws IOException {
    chunk(type, data, data.length);
  }

  private void chunk(String type, byte[] data, int length) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data, 0, length);
    out.writeInt(length);
    out.write(name);
    out.write(data, 0, length);
    out.writeInt((int) crc.getValue());
  }

  /** Writes what is left; a picture that lacks lines stays without an end and cannot be read. */
  @Override
  public void close() throws IOException {
    try {
      if (lines < height) {
        return;
      }
      deflater.finish();
      while (!deflater.finished()) {
        deflate();
      }
      flush();
      chunk("IEND", new byte[0]);
      out.flush();
    } finally {
      deflater.end();
    }
  }
}
