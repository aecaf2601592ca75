package dev.headlight.samples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Getting samples out of the jar. */
class SamplesTest {
  private static final String NAME = "induction-2l";
  private static final List<String> FILES =
      List.of("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json");

  @TempDir private Path place;

  private Path extract() {
    return new SampleFolder(NAME).extract(List.of(place));
  }

  private static List<String> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void everySampleIsDescribed() {
    assertEquals(List.of("world-6l", NAME, "shapes-vlm"), Samples.names());
    for (String name : Samples.names()) {
      Sample sample = Samples.describe(name);
      assertEquals(name, sample.name());
      assertTrue(
          Stream.of(sample.title(), sample.sentence(), sample.prompt()).noneMatch(String::isBlank));
    }
  }

  @Test
  void anUnknownSampleIsAnsweredWithThoseThereAre() {
    for (String name : List.of("nosuch", "", "../induction-2l")) {
      HeadlightException e =
          assertThrows(HeadlightException.class, () -> Samples.folder(name), name);
      assertEquals(HeadlightException.Kind.MODEL, e.kind());
      assertTrue(e.getMessage().contains(NAME), e.getMessage());
    }
  }

  @Test
  void aCheckpointThatWasNotKeptIsRefused() {
    HeadlightException e = assertThrows(HeadlightException.class, () -> Samples.folder(NAME, 7));
    assertEquals(HeadlightException.Kind.MODEL, e.kind());
    assertTrue(e.getMessage().contains("step 7; it has no checkpoints"), e.getMessage());
  }

  @Test
  void checkpointsAreNamedByTheirStep() {
    SampleVersion early = SampleVersion.parse("world-6l@500");
    assertEquals("world-6l@500", early.name());
    assertEquals(500, early.trained());
    assertEquals("world-6l-500", early.folder().getFileName().toString());
    SampleVersion last = SampleVersion.parse("world-6l");
    assertEquals(last, SampleVersion.parse("world-6l@final"));
    assertEquals("world-6l", last.name());
    assertEquals("final", last.label());
    List<SampleVersion> all = SampleVersion.all(last.sample());
    assertEquals(early.sample().checkpoints().size() + 1, all.size());
    assertEquals(last, all.get(all.size() - 1));
    assertTrue(last.trained() > all.get(all.size() - 2).trained());
    for (String wrong : List.of("world-6l@7", "world-6l@", "world-6l@x", NAME + "@1")) {
      HeadlightException e =
          assertThrows(HeadlightException.class, () -> SampleVersion.parse(wrong), wrong);
      assertEquals(HeadlightException.Kind.MODEL, e.kind());
      assertTrue(e.getMessage().contains("was not kept after step"), e.getMessage());
    }
  }

  @Test
  void theFolderIsOrdinary() throws IOException {
    Path folder = extract();
    assertEquals(NAME, folder.getFileName().toString());
    assertEquals(FILES, list(folder));
    assertEquals(folder, extract());
  }

  @Test
  void aDamagedFileIsPutRight() throws IOException {
    Path weights = extract().resolve("model.safetensors");
    byte[] whole = Files.readAllBytes(weights);
    byte[] damaged = whole.clone();
    damaged[damaged.length - 1] ^= 1;
    Files.write(weights, damaged);
    Files.delete(weights.resolveSibling("config.json"));
    assertEquals(FILES, list(extract()));
    assertArrayEquals(whole, Files.readAllBytes(weights));
  }

  @Test
  void manyMayTakeItOutAtOnce() throws IOException {
    List<Path> folders =
        IntStream.range(0, 16).parallel().mapToObj(i -> extract()).distinct().toList();
    assertEquals(1, folders.size());
    assertEquals(FILES, list(folders.get(0)));
  }

  @Test
  void withoutRightsTheNextPlaceIsTaken() throws IOException {
    Path file = Files.createFile(place.resolve("file"));
    Path folder = new SampleFolder(NAME).extract(List.of(file.resolve("below"), place));
    assertTrue(folder.startsWith(place));
    HeadlightException e =
        assertThrows(
            HeadlightException.class,
            () -> new SampleFolder(NAME).extract(List.of(file.resolve("below"))));
    assertEquals(HeadlightException.Kind.OUTPUT, e.kind());
    assertTrue(e.getMessage().contains("below"), e.getMessage());
  }

  @Test
  void thePlaceIsTheUsersCache() {
    Properties linux = properties("Linux");
    assertEquals(
        List.of(Path.of("/h/.cache/headlight/samples"), Path.of("/t/headlight-samples")),
        SampleCache.places(linux, Map.of()));
    assertEquals(
        Path.of("/x/headlight/samples"),
        SampleCache.places(linux, Map.of("XDG_CACHE_HOME", "/x")).get(0));
    assertEquals(
        Path.of("/l/Headlight/samples"),
        SampleCache.places(properties("Windows 11"), Map.of("LOCALAPPDATA", "/l")).get(0));
    assertEquals(
        Path.of("/h/Library/Caches/headlight/samples"),
        SampleCache.places(properties("Mac OS X"), Map.of()).get(0));
    linux.setProperty(SampleCache.PROPERTY, "/chosen");
    assertEquals(List.of(Path.of("/chosen")), SampleCache.places(linux, Map.of()));
  }

  private static Properties properties(String system) {
    Properties properties = new Properties();
    properties.setProperty("os.name", system);
    properties.setProperty("user.home", "/h");
    properties.setProperty("java.io.tmpdir", "/t");
    return properties;
  }

  /** What goes into the jar stays small: 30 MB are allowed for all samples, 4 for this one. */
  @Test
  void theJarStaysSmall() throws IOException {
    assertTrue(bytes(Path.of("target/classes")) < 30_000_000);
    assertTrue(bytes(extract()) < 4_000_000);
  }

  private static long bytes(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum();
    }
  }
}
