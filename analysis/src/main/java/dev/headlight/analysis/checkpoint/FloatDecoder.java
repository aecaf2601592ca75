package dev.headlight.analysis.checkpoint;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

/** Turns stored bytes into fp32, in bulk. The byte buffers are little endian. */
final class FloatDecoder {
  private static final int CHUNK = 8192;

  private FloatDecoder() {}

  /**
   * Decodes all that remains in {@code bytes}; {@code into} must have room for it and moves on by
   * that much.
   */
  static void decode(StoredType type, ByteBuffer bytes, FloatBuffer into) {
    switch (type) {
      case F32 -> into.put(bytes.asFloatBuffer());
      case F16 -> decodeHalf(bytes.asShortBuffer(), into);
      case BF16 -> decodeBrain(bytes.asShortBuffer(), into);
      default -> decodeSlowly(type, bytes, into);
    }
  }

  /** One element as a double, which holds every type of 32 bits or fewer exactly. */
  private static double element(StoredType type, ByteBuffer bytes) {
    return switch (type) {
      case F64 -> bytes.getDouble();
      case I64 -> bytes.getLong();
      case I32 -> bytes.getInt();
      case I16 -> bytes.getShort();
      case I8 -> bytes.get();
      case U8, BOOL -> bytes.get() & 0xFF;
      default -> throw new IllegalArgumentException("not decodable: " + type);
    };
  }

  private static void decodeHalf(ShortBuffer from, FloatBuffer into) {
    float[] table = Half.sharedTable();
    short[] halves = new short[Math.min(CHUNK, from.remaining())];
    float[] floats = new float[halves.length];
    while (from.hasRemaining()) {
      int count = Math.min(halves.length, from.remaining());
      from.get(halves, 0, count);
      for (int i = 0; i < count; i++) {
        floats[i] = table[halves[i] & 0xFFFF];
      }
      into.put(floats, 0, count);
    }
  }

  private static void decodeBrain(ShortBuffer from, FloatBuffer into) {
    short[] halves = new short[Math.min(CHUNK, from.remaining())];
    float[] floats = new float[halves.length];
    while (from.hasRemaining()) {
      int count = Math.min(halves.length, from.remaining());
      from.get(halves, 0, count);
      for (int i = 0; i < count; i++) {
        floats[i] = Float.intBitsToFloat(halves[i] << 16);
      }
      into.put(floats, 0, count);
    }
  }

  private static void decodeSlowly(StoredType type, ByteBuffer bytes, FloatBuffer into) {
    while (bytes.hasRemaining()) {
      into.put((float) element(type, bytes));
    }
  }
}
