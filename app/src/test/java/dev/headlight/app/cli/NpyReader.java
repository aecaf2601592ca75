package dev.headlight.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads single arrays of an npz file, by the format's own description. */
final class NpyReader {
  private final String header;
  private final ByteBuffer data;

  private NpyReader(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (buffer.get(0) != (byte) 0x93 || buffer.get(6) != 1) {
      throw new IllegalStateException("no version-1 npy");
    }
    int length = buffer.getShort(8);
    header = new String(bytes, 10, length, StandardCharsets.US_ASCII);
    if ((10 + length) % 64 != 0) {
      throw new IllegalStateException("data begin at " + (10 + length));
    }
    data = buffer.position(10 + length).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  static NpyReader read(Path npz, String name) {
    try (ZipFile zip = new ZipFile(npz.toFile())) {
      ZipEntry entry = zip.getEntry(name + ".npy");
      return new NpyReader(zip.getInputStream(entry).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String header() {
    return header.strip();
  }

  float[] floats() {
    float[] values = new float[data.remaining() / Float.BYTES];
    data.asFloatBuffer().get(values);
    return values;
  }

  long[] longs() {
    long[] values = new long[data.remaining() / Long.BYTES];
    data.asLongBuffer().get(values);
    return values;
  }

  String text() {
    return Charset.forName("UTF-32LE").decode(data.duplicate()).toString();
  }
}
