package dev.headlight.analysis.checkpoint;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

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
      case F16 -> chunks(bytes, into, FloatDecoder::halves);
      case BF16 -> chunks(bytes, into, FloatDecoder::brains);
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

  /** Turns {@code count} elements, which begin at {@code from}, into fp32. */
  private interface Loop {
    void run(ByteBuffer bytes, int from, float[] into, int offset, int count);
  }

  /** Straight into the target where it is an array, else through one that stays in the cache. */
  private static void chunks(ByteBuffer bytes, FloatBuffer into, Loop loop) {
    int left = bytes.remaining() / Short.BYTES;
    if (into.hasArray()) {
      loop.run(bytes, bytes.position(), into.array(), into.arrayOffset() + into.position(), left);
      into.position(into.position() + left);
      bytes.position(bytes.limit());
      return;
    }
    float[] floats = new float[Math.min(CHUNK, left)];
    while (bytes.hasRemaining()) {
      int count = Math.min(floats.length, bytes.remaining() / Short.BYTES);
      loop.run(bytes, bytes.position(), floats, 0, count);
      into.put(floats, 0, count);
      bytes.position(bytes.position() + count * Short.BYTES);
    }
  }

  /** Four at a time: a read of eight bytes costs what one of two costs. */
  private static void brains(ByteBuffer bytes, int from, float[] into, int offset, int count) {
    int whole = count & -4;
    for (int i = 0; i < whole; i += 4) {
      long four = bytes.getLong(from + i * Short.BYTES);
      int low = (int) four;
      int high = (int) (four >>> 32);
      into[offset + i] = Float.intBitsToFloat(low << 16);
      into[offset + i + 1] = Float.intBitsToFloat(low & 0xFFFF0000);
      into[offset + i + 2] = Float.intBitsToFloat(high << 16);
      into[offset + i + 3] = Float.intBitsToFloat(high & 0xFFFF0000);
    }
    for (int i = whole; i < count; i++) {
      into[offset + i] = Half.fromBrain(bytes.getShort(from + i * Short.BYTES));
    }
  }

  /** Each is scaled exactly; where an infinity or NaN is among them, all go through the table. */
  private static void halves(ByteBuffer bytes, int from, float[] into, int offset, int count) {
    int carry = 0;
    int whole = count & -2;
    for (int i = 0; i < whole; i += 2) {
      int two = bytes.getInt(from + i * Short.BYTES);
      // Only an exponent of all ones carries into the sign bit of its half.
      carry |= ((two & 0x7C007C00) + 0x04000400) & 0x80008000;
      into[offset + i] = scaled(two);
      into[offset + i + 1] = scaled(two >> 16);
    }
    for (int i = carry == 0 ? whole : 0; i < count; i++) {
      into[offset + i] = Half.toFloat(bytes.getShort(from + i * Short.BYTES));
    }
  }

  /** Moves exponent and fraction to their places, then scales: subnormal numbers too are exact. */
  private static float scaled(int half) {
    int bits = (half & 0x8000) << 16 | (half & 0x7FFF) << 13;
    return Float.intBitsToFloat(bits) * 0x1p112f;
  }

  private static void decodeSlowly(StoredType type, ByteBuffer bytes, FloatBuffer into) {
    while (bytes.hasRemaining()) {
      into.put((float) element(type, bytes));
    }
  }
}
