package dev.headlight.analysis.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {
  private static final float[] VALUES = {0f, -1.5f, 3.25f, 1e-3f, 65504f, -0f};

  @TempDir Path folder;

  @Test
  void everyTypeComesBack() {
    Path file = folder.resolve("all.safetensors");
    try (SafetensorsWriter writer =
        SafetensorsWriter.to(file)
            .metadata("model", "tiny \"quoted\" ü")
            .tensor("z.f32", StoredType.F32, 2, 3)
            .tensor("a.f16", StoredType.F16, 6)
            .tensor("a.bf16", StoredType.BF16, 3, 2)
            .tensor("empty", StoredType.F32, 0, 4)
            .tensor("scalar", StoredType.F32)
            .tensor("tokens", StoredType.I64, 3)
            .tensor("small", StoredType.I32, 2)
            .open()) {
      writer.floats("z.f32", FloatBuffer.wrap(VALUES, 0, 2));
      writer.floats("z.f32", FloatBuffer.wrap(VALUES, 2, 4));
      writer.floats("a.f16", FloatBuffer.wrap(VALUES));
      writer.floats("a.bf16", FloatBuffer.wrap(VALUES));
      writer.floats("scalar", FloatBuffer.wrap(new float[] {7}));
      writer.longs("tokens", LongBuffer.wrap(new long[] {1L << 40, -1, 0}));
      writer.longs("small", LongBuffer.wrap(new long[] {Integer.MIN_VALUE, 5}));
      writer.commit();
    }
    try (SafetensorsFile back = SafetensorsFile.open(file)) {
      assertEquals(
          List.of("z.f32", "a.f16", "a.bf16", "empty", "scalar", "tokens", "small"),
          List.copyOf(back.names()));
      assertEquals(Map.of("model", "tiny \"quoted\" ü"), back.metadata());
      assertArrayEquals(VALUES, back.floats("z.f32"));
      assertArrayEquals(narrowed(v -> Half.toFloat(Half.fromFloat(v))), back.floats("a.f16"));
      assertArrayEquals(narrowed(v -> Half.fromBrain(Half.toBrain(v))), back.floats("a.bf16"));
      assertEquals(0, back.floats("empty").length);
      assertArrayEquals(new float[] {7}, back.floats("scalar"));
      assertEquals(0, back.info("scalar").rank());
      assertArrayEquals(new long[] {1L << 40, -1, 0}, back.longs("tokens"));
      assertArrayEquals(new long[] {Integer.MIN_VALUE, 5}, back.longs("small"));
      assertTrue(back.info("a.bf16").hasShape(3, 2));
    }
    assertEquals(List.of("all.safetensors"), names());
  }

  private static float[] narrowed(FloatRounding rounding) {
    float[] rounded = new float[VALUES.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = rounding.apply(VALUES[i]);
    }
    return rounded;
  }

  private interface FloatRounding {
    float apply(float value);
  }

  @Test
  void moreThanOneBufferIsWrittenWhole() {
    float[] many = new float[300_001];
    for (int i = 0; i < many.length; i++) {
      many[i] = i;
    }
    Path file = folder.resolve("many.safetensors");
    write(file, many);
    try (SafetensorsFile back = SafetensorsFile.open(file)) {
      assertArrayEquals(many, back.floats("w"));
    }
  }

  @Test
  void dataBeginAtAMultipleOfEight() throws IOException {
    Path file = folder.resolve("w.safetensors");
    write(file, VALUES);
    ByteBuffer start = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(0, start.getLong(0) % 8);
    assertEquals((byte) '{', start.get(8));
  }

  @Test
  void anExistingFileSurvivesAWriteThatFails() throws IOException {
    Path file = folder.resolve("w.safetensors");
    write(file, VALUES);
    byte[] before = Files.readAllBytes(file);
    try (SafetensorsWriter writer =
        SafetensorsWriter.to(file).tensor("w", StoredType.F32, 1000).open()) {
      writer.floats("w", FloatBuffer.wrap(new float[999]));
      assertThrows(IllegalStateException.class, writer::commit);
    }
    assertArrayEquals(before, Files.readAllBytes(file));
    assertEquals(List.of("w.safetensors"), names());
  }

  @Test
  void anExistingFileIsReplacedByAWriteThatEnds() {
    Path file = folder.resolve("w.safetensors");
    write(file, VALUES);
    write(file, new float[] {42});
    try (SafetensorsFile back = SafetensorsFile.open(file)) {
      assertArrayEquals(new float[] {42}, back.floats("w"));
    }
  }

  @Test
  void aPlaceThatCannotBeReplacedStaysAsItWas() throws IOException {
    Path taken = Files.createDirectory(folder.resolve("w.safetensors"));
    Path inside = Files.writeString(taken.resolve("precious"), "x");
    HeadlightException e = assertThrows(HeadlightException.class, () -> write(taken, VALUES));
    assertEquals(HeadlightException.Kind.OUTPUT, e.kind());
    assertTrue(e.getMessage().startsWith(taken + ": cannot be written"), e.getMessage());
    assertEquals("x", Files.readString(inside));
    assertEquals(List.of("w.safetensors"), names());
  }

  @Test
  void refusesWrongTurnsTypesAndSizes() {
    Path file = folder.resolve("w.safetensors");
    SafetensorsWriter.Builder builder =
        SafetensorsWriter.to(file).tensor("a", StoredType.F32, 2).tensor("b", StoredType.I32, 1);
    assertThrows(IllegalArgumentException.class, () -> builder.tensor("a", StoredType.F32, 2));
    assertThrows(IllegalArgumentException.class, () -> builder.tensor("c", StoredType.BOOL, 2));
    try (SafetensorsWriter writer = builder.open()) {
      assertThrows(
          IllegalStateException.class, () -> writer.longs("b", LongBuffer.wrap(new long[1])));
      assertThrows(
          IllegalStateException.class, () -> writer.floats("a", FloatBuffer.wrap(new float[3])));
      writer.floats("a", FloatBuffer.wrap(new float[2]));
      assertThrows(
          ArithmeticException.class,
          () -> writer.longs("b", LongBuffer.wrap(new long[] {1L << 40})));
    }
    assertEquals(List.of(), names());
  }

  @Test
  void aMissingFolderIsOneClearLine() {
    Path file = folder.resolve("nowhere").resolve("w.safetensors");
    HeadlightException e = assertThrows(HeadlightException.class, () -> write(file, VALUES));
    assertEquals(HeadlightException.Kind.OUTPUT, e.kind());
    assertEquals(file + ": its folder does not exist; make it first.", e.getMessage());
  }

  private static void write(Path file, float[] values) {
    try (SafetensorsWriter writer =
        SafetensorsWriter.to(file).tensor("w", StoredType.F32, values.length).open()) {
      writer.floats("w", FloatBuffer.wrap(values));
      writer.commit();
    }
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
