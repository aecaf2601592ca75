package dev.headlight.samples.shapes;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Writes square pictures as PNG (ISO/IEC 15948), without a toolkit. */
final class Png {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int BITS = 8;
  private static final int GREY = 0;
  private static final int RGB = 2;

  private Png() {}

  /** Three bytes a pixel. */
  static byte[] ofRgb(byte[] rgb, int size) {
    return file(rgb, size, RGB);
  }

  /** White where the mask is true, else black. */
  static byte[] ofMask(boolean[] mask, int size) {
    byte[] light = new byte[mask.length];
    for (int i = 0; i < light.length; i++) {
      light[i] = (byte) (mask[i] ? 0xff : 0);
    }
    return file(light, size, GREY);
  }

  private static byte[] file(byte[] pixels, int size, int type) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(SIGNATURE);
      chunk("IHDR", header(size, type), out);
      chunk("IDAT", packed(pixels, size), out);
      chunk("IEND", new byte[0], out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] header(int size, int type) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(size);
      out.writeInt(size);
      out.write(new byte[] {BITS, (byte) type, 0, 0, 0});
    }
    return bytes.toByteArray();
  }

  /** Rows behind a zero each, which says that they are not filtered. */
  private static byte[] packed(byte[] pixels, int size) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int row = pixels.length / size;
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
      for (int at = 0; at < pixels.length; at += row) {
        out.write(0);
        out.write(pixels, at, row);
      }
    }
    return bytes.toByteArray();
  }

  private static void chunk(String name, byte[] content, DataOutputStream out) throws IOException {
    byte[] type = name.getBytes(StandardCharsets.US_ASCII);
    CRC32 check = new CRC32();
    check.update(type);
    check.update(content);
    out.writeInt(content.length);
    out.write(type);
    out.write(content);
    out.writeInt((int) check.getValue());
  }
}
