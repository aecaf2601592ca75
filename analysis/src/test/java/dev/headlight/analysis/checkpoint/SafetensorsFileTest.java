package dev.headlight.analysis.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsFileTest {
  @TempDir Path folder;

  private float[] decode(String type, ByteBuffer data, int count) {
    Path file =
        Raw.write(
            folder.resolve(type + ".safetensors"),
            "{" + Raw.entry("w", type, "[" + count + "]", 0, data.capacity()) + "}",
            Raw.content(data));
    try (SafetensorsFile open = SafetensorsFile.open(file)) {
      return open.floats("w");
    }
  }

  private static ByteBuffer bytes(int count) {
    return ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void floatsOfEveryWidth() {
    assertArrayEquals(
        new float[] {1.5f, -2}, decode("F64", bytes(16).putDouble(1.5).putDouble(-2), 2));
    assertArrayEquals(
        new float[] {1.1f, -0f}, decode("F32", bytes(8).putFloat(1.1f).putFloat(-0f), 2));
    // 0x3C01 = 1 + 2^-10, 0xC000 = -2, 0x0001 = 2^-24, 0x7C00 = infinity
    ByteBuffer halves =
        bytes(8).putShort((short) 0x3C01).putShort((short) 0xC000).putShort((short) 1);
    halves.putShort((short) 0x7C00);
    assertArrayEquals(
        new float[] {1 + 0x1p-10f, -2, 0x1p-24f, Float.POSITIVE_INFINITY},
        decode("F16", halves, 4));
    // 0x3F81 = 1 + 2^-7, 0xC040 = -3
    ByteBuffer brains = bytes(4).putShort((short) 0x3F81).putShort((short) 0xC040);
    assertArrayEquals(new float[] {1 + 0x1p-7f, -3}, decode("BF16", brains, 2));
  }

  @Test
  void wholeNumbersAsFloats() {
    assertArrayEquals(
        new float[] {-5, 1 << 24}, decode("I64", bytes(16).putLong(-5).putLong(1 << 24), 2));
    assertArrayEquals(new float[] {-5}, decode("I32", bytes(4).putInt(-5), 1));
    assertArrayEquals(new float[] {-5}, decode("I16", bytes(2).putShort((short) -5), 1));
    assertArrayEquals(new float[] {-5}, decode("I8", bytes(1).put((byte) -5), 1));
    assertArrayEquals(new float[] {251}, decode("U8", bytes(1).put((byte) -5), 1));
    assertArrayEquals(new float[] {0, 1}, decode("BOOL", bytes(2).put(1, (byte) 1), 2));
  }

  @Test
  void typesWithoutAFloatFormAreListedButNotDecoded() {
    Path file =
        Raw.write(
            folder.resolve("f8.safetensors"),
            "{" + Raw.entry("w", "F8_E4M3", "[2]", 0, 2) + "}",
            new byte[2]);
    try (SafetensorsFile open = SafetensorsFile.open(file)) {
      assertEquals(StoredType.F8_E4M3, open.info("w").type());
      CheckpointException e = assertThrows(CheckpointException.class, () -> open.floats("w"));
      assertTrue(e.getMessage().contains("'w' is stored as F8_E4M3"), e.getMessage());
      assertThrows(CheckpointException.class, () -> open.longs("w"));
    }
  }

  /** The header has an odd length here, so elements lie across the borders of the mapped slices. */
  @Test
  void everyRangeAcrossEverySliceReadsTheSame() {
    for (String type : new String[] {"F32", "F16", "F64"}) {
      int width = StoredType.valueOf(type).bytes();
      int count = 50;
      ByteBuffer data = bytes(count * width);
      for (int i = 0; i < count; i++) {
        switch (type) {
          case "F32" -> data.putFloat(i);
          case "F64" -> data.putDouble(i);
          default -> data.putShort(Half.fromFloat(i));
        }
      }
      String header = "{" + Raw.entry("w", type, "[50]", 0, (long) count * width) + "}";
      String odd = header.length() % 2 == 0 ? header + " " : header;
      Path file = Raw.write(folder.resolve(type), odd, Raw.content(data));
      for (long slice : new long[] {13, 16, 64, 1000}) {
        checkAllRanges(file, slice, count);
      }
    }
  }

  private static void checkAllRanges(Path file, long slice, int count) {
    try (SafetensorsFile open = SafetensorsFile.open(file, slice)) {
      for (int first = 0; first <= count; first++) {
        for (int length = 0; length <= count - first; length++) {
          FloatBuffer into = ByteBuffer.allocateDirect(4 * length).asFloatBuffer();
          open.decode("w", first, into);
          assertEquals(0, into.remaining());
          for (int i = 0; i < length; i++) {
            assertEquals(first + i, into.get(i), "slice " + slice);
          }
        }
      }
    }
  }
}
