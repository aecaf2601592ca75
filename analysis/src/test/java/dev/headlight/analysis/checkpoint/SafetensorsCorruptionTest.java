package dev.headlight.analysis.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.Parity;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that lie about themselves: each gives one clear message, before a weight is used. */
class SafetensorsCorruptionTest {
  @TempDir Path folder;

  private CheckpointException refused(Path file, String... says) {
    CheckpointException e =
        assertThrows(CheckpointException.class, () -> SafetensorsFile.open(file).close());
    assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
    assertFalse(e.getMessage().contains("\n"), e.getMessage());
    for (String part : says) {
      assertTrue(e.getMessage().contains(part), part + " should be in: " + e.getMessage());
    }
    return e;
  }

  private Path file() {
    return folder.resolve("model.safetensors");
  }

  @Test
  void tooShortForALength() {
    refused(Raw.bytes(file()), "at least 8 bytes", "found 0");
    refused(Raw.bytes(file(), new byte[7]), "found 7");
  }

  @Test
  void headerLongerThanTheFile() {
    refused(
        Raw.write(file(), 1000, "{}".getBytes(UTF_8)), "1000 bytes", "only 2", "fetch it again");
    refused(Raw.write(file(), -1, "{}".getBytes(UTF_8)), "18446744073709551615 bytes");
    refused(Raw.write(file(), Long.MAX_VALUE, "{}".getBytes(UTF_8)), "9223372036854775807");
  }

  @Test
  void headerLongerThanTheFormatAllows() throws IOException {
    Raw.write(file(), SafetensorsFile.MAX_HEADER_BYTES + 1, "{}".getBytes(UTF_8));
    try (RandomAccessFile grown = new RandomAccessFile(file().toFile(), "rw")) {
      grown.setLength(SafetensorsFile.MAX_HEADER_BYTES + 100);
    }
    refused(file(), "100000001", "allows 100000000");
  }

  @Test
  void truncatedAnywhere() throws IOException {
    byte[] whole = Files.readAllBytes(Parity.folder("gpt2").resolve("model.safetensors"));
    for (int length : new int[] {0, 5, 8, 9, 100, 2000, 5000, whole.length / 2, whole.length - 1}) {
      refused(Raw.bytes(file(), Arrays.copyOf(whole, length)), "fetch it again");
    }
  }

  @Test
  void moreBytesThanTheTensorsFill() throws IOException {
    byte[] whole = Files.readAllBytes(Parity.folder("gpt2").resolve("model.safetensors"));
    refused(Raw.bytes(file(), Arrays.copyOf(whole, whole.length + 4)), "the tensors end at byte");
  }

  static Stream<Arguments> headers() {
    String good = Raw.entry("a", "F32", "[2]", 0, 8);
    return Stream.of(
        Arguments.of("hello", "not valid JSON"),
        Arguments.of("{\"a\":", "not valid JSON"),
        Arguments.of("", "not valid JSON"),
        Arguments.of("[]", "a JSON object, found BEGIN_ARRAY"),
        Arguments.of("{} {}", "valid JSON"),
        Arguments.of("{\"a\":3}", "'a' in the header should be an object"),
        Arguments.of("{\"a\":{}}", "'a' has no dtype"),
        Arguments.of("{\"a\":{\"dtype\":\"F32\"}}", "'a' has no shape"),
        Arguments.of("{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}", "'a' has no data_offsets"),
        Arguments.of("{\"a\":{\"dtype\":7}}", "'a.dtype' in the header should be a text"),
        Arguments.of("{\"a\":{\"shape\":\"x\"}}", "'a.shape' in the header should be a list"),
        Arguments.of("{\"a\":{\"shape\":[\"x\"]}}", "'a.shape' in the header should be a list"),
        Arguments.of("{\"a\":{\"shape\":[1.5]}}", "whole numbers, found 1.5"),
        Arguments.of("{\"a\":{\"shape\":[-1]}}", "0 or more, found -1"),
        Arguments.of("{\"a\":{\"shape\":[99999999999999999999]}}", "found 99999999999999999999"),
        Arguments.of("{" + Raw.entry("a", "F31", "[2]", 0, 8) + "}", "unknown dtype F31"),
        Arguments.of(
            "{" + Raw.entry("a", "F32", "[2]", 8, 0) + "}", "begins at 8 behind its end 0"),
        Arguments.of(
            "{" + Raw.entry("a", "F32", "[2]", 0, 9) + "}",
            "ends at byte 9 of the data, the file has only 8"),
        Arguments.of(
            "{" + Raw.entry("a", "F32", "[3]", 0, 8) + "}",
            "needs 12 bytes, its data_offsets hold 8"),
        Arguments.of(
            "{" + Raw.entry("a", "F32", "[4294967296,4294967296]", 0, 8) + "}",
            "larger than any file"),
        Arguments.of(
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}", "[begin, end]"),
        Arguments.of("{" + good + "," + good + "}", "names 'a' twice"),
        Arguments.of(
            "{" + good + "," + Raw.entry("b", "F32", "[1]", 4, 8) + "}", "'a' and 'b' overlap"),
        Arguments.of("{" + Raw.entry("b", "F32", "[1]", 4, 8) + "}", "4 unused bytes"),
        Arguments.of("{" + Raw.entry("a", "F32", "[1]", 0, 4) + "}", "end at byte"),
        Arguments.of("{\"__metadata__\":3," + good + "}", "'__metadata__' in the header"),
        Arguments.of(
            "{\"__metadata__\":{\"k\":3}," + good + "}", "'__metadata__.k' in the header"));
  }

  @ParameterizedTest
  @MethodSource("headers")
  void wrongHeaders(String header, String says) {
    refused(Raw.write(file(), header, new byte[8]), says);
  }

  @Test
  void aHeaderThatIsNotUtf8() {
    refused(Raw.write(file(), 2, new byte[] {(byte) 0xFF, (byte) 0xFE}), "UTF-8");
  }

  @Test
  void theSameBytesWithoutTheMistakeAreFine() {
    Path file = Raw.write(file(), "{" + Raw.entry("a", "F32", "[2]", 0, 8) + "}", new byte[8]);
    try (SafetensorsFile open = SafetensorsFile.open(file)) {
      assertEquals(2, open.floats("a").length);
    }
  }

  @Test
  void aFileThatIsNotThere() {
    refused(file(), "no such file");
  }

  @Test
  void aFileThatShrinksWhileItIsOpen() throws IOException {
    Path file =
        Raw.write(file(), "{" + Raw.entry("a", "F32", "[4096]", 0, 16384) + "}", new byte[16384]);
    try (SafetensorsFile open = SafetensorsFile.open(file)) {
      open.floats("a");
      try (RandomAccessFile shrunk = new RandomAccessFile(file.toFile(), "rw")) {
        shrunk.setLength(100);
      }
      CheckpointException e = assertThrows(CheckpointException.class, () -> open.floats("a"));
      assertTrue(e.getMessage().contains("has 100 now"), e.getMessage());
    }
  }

  @Test
  void readingAClosedFileIsAClearError() {
    SafetensorsFile open =
        SafetensorsFile.open(
            Raw.write(file(), "{" + Raw.entry("a", "F32", "[2]", 0, 8) + "}", new byte[8]));
    open.close();
    CheckpointException e = assertThrows(CheckpointException.class, () -> open.floats("a"));
    assertTrue(e.getMessage().contains("was closed"), e.getMessage());
  }

  @Test
  void rangesOutsideATensorAreRefused() {
    Path file = Raw.write(file(), "{" + Raw.entry("a", "F32", "[2]", 0, 8) + "}", new byte[8]);
    try (SafetensorsFile open = SafetensorsFile.open(file)) {
      FloatBuffer two = FloatBuffer.allocate(2);
      assertThrows(IndexOutOfBoundsException.class, () -> open.decode("a", 1, two));
      assertThrows(IndexOutOfBoundsException.class, () -> open.decode("a", -1, two));
      assertThrows(IndexOutOfBoundsException.class, () -> open.decode("a", Long.MAX_VALUE, two));
      assertThrows(CheckpointException.class, () -> open.decode("b", 0, two));
    }
  }
}
