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
    chunks(from, into, FloatDecoder::halves);
  }

  private static void decodeBrain(ShortBuffer from, FloatBuffer into) {
    chunks(from, into, FloatDecoder::brains);
  }

  /** Turns the first {@code count} of {@code from} into fp32. */
  private interface Loop {
    void run(short[] from, float[] into, int offset, int count);
  }

  /** Through arrays that stay in the cache; straight into the target where it is an array. */
  private static void chunks(ShortBuffer from, FloatBuffer into, Loop loop) {
    short[] stored = new short[Math.min(CHUNK, from.remaining())];
    float[] floats = into.hasArray() ? into.array() : new float[stored.length];
    while (from.hasRemaining()) {
      int count = Math.min(stored.length, from.remaining());
      from.get(stored, 0, count);
      if (into.hasArray()) {
        loop.run(stored, floats, into.arrayOffset() + into.position(), count);
        into.position(into.position() + count);
      } else {
        loop.run(stored, floats, 0, count);
        into.put(floats, 0, count);
      }
    }
  }

  private static void brains(short[] from, float[] into, int offset, int count) {
    for (int i = 0; i < count; i++) {
      into[offset + i] = Float.intBitsToFloat(from[i] << 16);
    }
  }

  /**
   * Moves exponent and fraction to their places and scales, which is exact, subnormal numbers
   * included; a chunk with infinities or NaNs goes through the table.
   */
  private static void halves(short[] from, float[] into, int offset, int count) {
    int carry = 0;
    for (int i = 0; i < count; i++) {
      int half = from[i];
      carry |= (half & 0x7C00) + 0x400;
      int bits = (half & 0x8000) << 16 | (half & 0x7FFF) << 13;
      into[offset + i] = Float.intBitsToFloat(bits) * 0x1p112f;
    }
    if ((carry & 0x8000) == 0) {
      return;
    }
    float[] table = Half.sharedTable();
    for (int i = 0; i < count; i++) {
      into[offset + i] = table[from[i] & 0xFFFF];
    }
  }

  private static void decodeSlowly(StoredType type, ByteBuffer bytes, FloatBuffer into) {
    while (bytes.hasRemaining()) {
      into.put((float) element(type, bytes));
    }
  }
}
