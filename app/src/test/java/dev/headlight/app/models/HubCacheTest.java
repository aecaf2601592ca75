package dev.headlight.app.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubCacheTest {
  @TempDir Path scratch;

  private Path snapshot(String repository, String revision, String... files) throws IOException {
    Path folder =
        Files.createDirectories(scratch.resolve(repository).resolve("snapshots").resolve(revision));
    for (String file : files) {
      Files.writeString(folder.resolve(file), "");
    }
    return folder;
  }

  @Test
  void listsSnapshotsByNameTheMainOneFirst() throws IOException {
    snapshot("models--org--zeta", "aaaa1111", "config.json", "model.safetensors");
    Path main = snapshot("models--org--zeta", "bbbb2222", "config.json", "model.safetensors");
    Files.createDirectories(scratch.resolve("models--org--zeta/refs"));
    Files.writeString(scratch.resolve("models--org--zeta/refs/main"), "bbbb2222\n");
    snapshot("models--gpt2", "cccc3333", "config.json", "pytorch_model.bin");
    snapshot("datasets--org--data", "dddd4444", "x.json");
    Files.createDirectories(scratch.resolve("models--org--empty"));

    List<CachedModel> models = new HubCache(scratch).list();

    assertEquals(
        List.of("gpt2 @ cccc333", "org/zeta @ bbbb222", "org/zeta @ aaaa111"),
        models.stream().map(CachedModel::title).toList());
    assertFalse(models.get(0).openable());
    assertTrue(models.get(1).openable());
    assertEquals(main, models.get(1).folder());
  }

  @Test
  void aCacheThatIsNotThereIsEmpty() {
    assertEquals(List.of(), new HubCache(scratch.resolve("none")).list());
  }

  @Test
  void looksWhereTheLibrariesLook() {
    Path home = Path.of("home");
    assertEquals(home.resolve(".cache/huggingface/hub"), HubCache.of(Map.of(), home).folder());
    Map<String, String> both = Map.of("HF_HOME", "h", "HF_HUB_CACHE", "c");
    assertEquals(Path.of("c"), HubCache.of(both, home).folder());
    assertEquals(Path.of("h", "hub"), HubCache.of(Map.of("HF_HOME", "h"), home).folder());
    assertEquals(
        Path.of("x", "huggingface", "hub"),
        HubCache.of(Map.of("XDG_CACHE_HOME", "x", "HF_HOME", ""), home).folder());
  }
}
