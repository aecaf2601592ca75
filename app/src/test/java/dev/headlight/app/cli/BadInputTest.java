package dev.headlight.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.checkpoint.SafetensorsFile;
import dev.headlight.analysis.checkpoint.SafetensorsWriter;
import dev.headlight.analysis.checkpoint.StoredType;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of bad input ends in one clear line, the right code, and nothing on the disk. */
class BadInputTest {
  private static final Path GPT2 = CliRun.fixture("gpt2");
  @TempDir private Path folder;

  private String refused(int code, Object... args) {
    CliRun run = CliRun.of(args);
    assertEquals(code, run.code(), run.err());
    assertEquals("", run.out());
    List<String> lines =
        run.err().lines().filter(line -> !line.matches("headlight: +\\d+ %.*")).toList();
    assertEquals(1, lines.size(), run.err());
    assertTrue(lines.get(0).startsWith("headlight: "), run.err());
    return lines.get(0);
  }

  private String capture(int code, Path model, Object... more) {
    Path out = folder.resolve("a/b");
    List<Object> args = new ArrayList<>(List.of("capture", model, "--out", out));
    args.addAll(List.of(more));
    String line = refused(code, args.toArray());
    assertFalse(Files.exists(folder.resolve("a")), "something was left behind");
    return line;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          3 | --tokens 1,2,320          | 320
          3 | --tokens -1               | -1
          2 | --tokens 1,x              | x
          2 | --tokens 1 --prompt hi    | mutually exclusive
          2 | --sites logits            | --tokens
          3 | --tokens 1 --sites nosite | resid_post
          3 | --tokens 1 --layers 0-3   | 0 to 2
          2 | --tokens 1 --layers x     | 0-3
          3 | --tokens 1 --heads L0H4   | 0 to 3
          2 | --tokens 1 --heads head   | L5H3
          3 | --tokens 1 --intervene zero:L9H0 | 0 to 2
          3 | --tokens 1 --intervene zero:L0H0@5 | 5
          2 | --tokens 1 --intervene nil:L0H0  | zero
          2 | --tokens 1 --format emf   | PDF
          2 | --tokens 1 --format pdf --figure tree | GRID
          3 | --tokens 1 --format pdf --sites z | pattern
          3 | --tokens 1 --format pdf --font-size 1 | font size
          3 | --tokens 1 --format png --dpi 5   | dpi
          3 | --tokens 1 --device cuda  | cpu
          3 | --tokens 1 --device gpu   | cuda
          3 | --tokens 1 --threads 0    | 1 or more
          2 | --tokens 1 --bogus        | --bogus
          """)
  void options(int code, String options, String named) {
    String line = capture(code, GPT2, (Object[]) options.split(" ", -1));
    assertTrue(line.contains(named), line);
  }

  @Test
  void emptyPrompt() {
    assertTrue(capture(3, GPT2, "--prompt", "").contains("no tokens"));
  }

  @Test
  void promptLongerThanThePositions() {
    String ids = "1,".repeat(64) + "1";
    assertTrue(capture(3, GPT2, "--tokens", ids).contains("64"));
  }

  @Test
  void temperatureBelowZero() {
    String line = refused(3, "generate", GPT2, "--tokens", "1", "--temperature", "-1");
    assertTrue(line.contains("--temperature"), line);
  }

  @Test
  void noCommandOfThisName() {
    assertTrue(refused(2, "capturr").contains("capturr"));
  }

  @Test
  void noSuchModel() {
    assertTrue(capture(3, folder.resolve("none"), "--tokens", "1").contains("none"));
  }

  @Test
  void outputBelowAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    String line = refused(3, "capture", GPT2, "--tokens", "1", "--out", file.resolve("sub"));
    assertTrue(line.contains(file.toString()), line);
    assertEquals("mine", Files.readString(file));
  }

  @Test
  void tokensFileThatIsNoJson() throws IOException {
    Path file = Files.writeString(folder.resolve("t.json"), "[1, 2");
    assertTrue(capture(3, GPT2, "--tokens-file", file).contains("t.json"));
  }

  @Test
  void textWithoutATokenizer() throws IOException {
    Path model = copy();
    Files.delete(model.resolve("tokenizer.json"));
    assertTrue(capture(3, model, "--prompt", "hi").contains("--tokens"));
    CliRun ids = CliRun.of("capture", model, "--tokens", "1", "--out", folder.resolve("ok"));
    assertEquals(0, ids.code(), ids.err());
  }

  @Test
  void truncatedWeights() throws IOException {
    Path weights = copy().resolve("model.safetensors");
    try (RandomAccessFile file = new RandomAccessFile(weights.toFile(), "rw")) {
      file.setLength(file.length() - 100);
    }
    assertTrue(capture(3, weights.getParent(), "--tokens", "1").contains("model.safetensors"));
  }

  @Test
  void headerLongerThanTheFile() throws IOException {
    Path weights = copy().resolve("model.safetensors");
    try (RandomAccessFile file = new RandomAccessFile(weights.toFile(), "rw")) {
      file.write(new byte[] {-1, -1, -1, -1, -1, -1, -1, 0});
    }
    assertTrue(capture(3, weights.getParent(), "--tokens", "1").contains("header"));
  }

  @Test
  void overlappingTensors() throws IOException {
    Path weights = copy().resolve("model.safetensors");
    String header =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}";
    byte[] bytes = new byte[8 + header.length() + 12];
    bytes[0] = (byte) header.length();
    System.arraycopy(header.getBytes(StandardCharsets.US_ASCII), 0, bytes, 8, header.length());
    Files.write(weights, bytes);
    assertTrue(capture(3, weights.getParent(), "--tokens", "1").contains("model.safetensors"));
  }

  @Test
  void tensorMissingOrOfAnotherShape() throws IOException {
    Path config = copy().resolve("config.json");
    String text = Files.readString(config);
    Files.writeString(config, text.replaceAll("\"n_layer\": \\d+", "\"n_layer\": 4"));
    assertTrue(capture(3, config.getParent(), "--tokens", "1").contains("h.3."));
    Files.writeString(config, text.replaceAll("\"n_positions\": \\d+", "\"n_positions\": 65"));
    assertTrue(capture(3, config.getParent(), "--tokens", "1").contains("65"));
  }

  @Test
  void weightsThatAreNoNumbers() throws IOException {
    Path model = copy();
    rewrite(model.resolve("model.safetensors"), values -> fill(values, Float.NaN));
    assertTrue(capture(3, model, "--tokens", "1").contains("NaN"));
  }

  @Test
  void familyThatIsNotKnown() throws IOException {
    Path config = copy().resolve("config.json");
    Files.writeString(config, Files.readString(config).replace("\"gpt2\"", "\"gpt9\""));
    String line = capture(3, config.getParent(), "--tokens", "1");
    assertTrue(line.contains("gpt9") && line.contains("llama"), line);
  }

  @Test
  void traceShowsTheStack() {
    CliRun run = CliRun.of("info", folder.resolve("none"), "--trace");
    assertEquals(3, run.code());
    assertTrue(run.err().contains("\tat dev.headlight"), run.err());
  }

  private Path copy() throws IOException {
    Path model = Files.createDirectory(folder.resolve("model"));
    for (String name : List.of("config.json", "model.safetensors", "tokenizer.json")) {
      Files.copy(GPT2.resolve(name), model.resolve(name));
    }
    return model;
  }

  private static float[] fill(float[] values, float value) {
    values[values.length / 2] = value;
    return values;
  }

  private static void rewrite(Path file, UnaryOperator<float[]> change) {
    try (SafetensorsFile old = SafetensorsFile.open(file)) {
      SafetensorsWriter.Builder builder = SafetensorsWriter.to(file);
      Stream<String> names = old.names().stream();
      names.forEach(n -> builder.tensor(n, StoredType.F32, old.info(n).shape()));
      try (SafetensorsWriter writer = builder.open()) {
        for (String name : old.names()) {
          writer.floats(name, FloatBuffer.wrap(change.apply(old.floats(name))));
        }
        writer.commit();
      }
    }
  }
}
