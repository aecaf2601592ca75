package dev.headlight.analysis.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.Parity;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
  @TempDir Path scratch;
  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(scratch.resolve("tiny"));
  }

  private static CheckpointException refused(Path path, String... says) {
    CheckpointException e =
        assertThrows(CheckpointException.class, () -> Checkpoint.open(path).close());
    assertFalse(e.getMessage().contains("\n"), e.getMessage());
    for (String part : says) {
      assertTrue(e.getMessage().contains(part), part + " should be in: " + e.getMessage());
    }
    return e;
  }

  private void config() {
    Raw.text(folder.resolve("config.json"), "{\"model_type\":\"gpt2\"}");
  }

  private void tensor(String file, String... names) {
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; i < names.length; i++) {
      header
          .append(i == 0 ? "" : ",")
          .append(Raw.entry(names[i], "F32", "[1]", 4L * i, 4L * i + 4));
    }
    Raw.write(folder.resolve(file), header.append('}').toString(), new byte[4 * names.length]);
  }

  private void index(String json) {
    Raw.text(folder.resolve(WeightFiles.INDEX), json);
  }

  @Test
  void readsAFolder() throws Exception {
    Path gpt2 = Parity.folder("gpt2");
    try (Checkpoint checkpoint = Checkpoint.open(gpt2)) {
      assertEquals("gpt2", checkpoint.name());
      assertEquals("gpt2", checkpoint.config().modelType());
      assertEquals(StoredType.F32, checkpoint.storedType());
      assertEquals(Files.size(gpt2.resolve("model.safetensors")), checkpoint.storedBytes());
      TensorInfo embedding = checkpoint.info("transformer.wte.weight");
      assertEquals(embedding.size(0), checkpoint.config().requireInt("vocab_size"));
      assertEquals(embedding.elements() * 4, embedding.bytes());
      long elements =
          checkpoint.tensorNames().stream().mapToLong(n -> checkpoint.floats(n).length).sum();
      assertEquals(elements, checkpoint.parameters());
      byte[] weights = Files.readAllBytes(gpt2.resolve("model.safetensors"));
      String expected =
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(weights));
      assertEquals(expected, checkpoint.sha256());
      assertTrue(checkpoint.file("tokenizer.json").isPresent());
      assertTrue(checkpoint.file("nothing.json").isEmpty());
      CheckpointException e =
          assertThrows(CheckpointException.class, () -> checkpoint.info("transformer.wxe.weight"));
      assertTrue(e.getMessage().contains("'transformer.wxe.weight'"), e.getMessage());
    }
  }

  @Test
  void readsShards() throws Exception {
    Path qwen2 = Parity.folder("qwen2");
    try (Checkpoint checkpoint = Checkpoint.open(qwen2)) {
      assertEquals(3, checkpoint.weightFiles().size());
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (int i = 1; i <= 3; i++) {
        Path shard = qwen2.resolve("model-0000" + i + "-of-00003.safetensors");
        digest.update(Files.readAllBytes(shard));
        try (SafetensorsFile file = SafetensorsFile.open(shard)) {
          for (String name : file.names()) {
            assertEquals(shard, checkpoint.info(name).file());
            assertArrayEquals(file.floats(name), checkpoint.floats(name));
          }
        }
      }
      assertEquals(HexFormat.of().formatHex(digest.digest()), checkpoint.sha256());
    }
  }

  @Test
  void halfPrecisionIsReadAsStored() {
    for (String family : List.of("gpt_neox", "llama_tied")) {
      try (Checkpoint checkpoint = Checkpoint.open(Parity.folder(family))) {
        StoredType type = checkpoint.storedType();
        assertEquals(family.equals("gpt_neox") ? StoredType.F16 : StoredType.BF16, type);
        for (String name : checkpoint.tensorNames()) {
          if (checkpoint.info(name).type() != type) {
            continue;
          }
          float[] values = checkpoint.floats(name);
          assertEquals(-1, WeightCheck.firstNonFinite(values), name);
          for (float value : values) {
            float rounded =
                type == StoredType.F16
                    ? Half.toFloat(Half.fromFloat(value))
                    : Half.fromBrain(Half.toBrain(value));
            assertEquals(rounded, value);
            assertTrue(Math.abs(value) < 100, name);
          }
        }
      }
    }
  }

  @Test
  void aPartOfATensorIsThatPart() {
    try (Checkpoint checkpoint = Checkpoint.open(Parity.folder("gpt_neox"))) {
      float[] whole = checkpoint.floats("gpt_neox.embed_in.weight");
      FloatBuffer part = FloatBuffer.allocate(100);
      checkpoint.decode("gpt_neox.embed_in.weight", 1000, part);
      for (int i = 0; i < 100; i++) {
        assertEquals(whole[1000 + i], part.get(i));
      }
    }
  }

  @Test
  void aSingleFileBesideItsConfigOpens() {
    try (Checkpoint checkpoint =
        Checkpoint.open(Parity.folder("gpt2").resolve("model.safetensors"))) {
      assertEquals("gpt2", checkpoint.config().modelType());
      assertEquals("gpt2", checkpoint.name());
    }
    config();
    tensor("other.safetensors", "w");
    try (Checkpoint checkpoint = Checkpoint.open(folder.resolve("other.safetensors"))) {
      assertEquals("other", checkpoint.name());
    }
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      assertEquals(Set.of("w"), checkpoint.tensorNames());
      assertEquals("tiny", checkpoint.name());
    }
    tensor("second.safetensors", "w");
    refused(folder, "found 2 of them");
  }

  @Test
  void aSnapshotOfTheHubsCacheIsNamedAfterItsModel() throws IOException {
    folder =
        Files.createDirectories(scratch.resolve("models--some-org--tiny-7b/snapshots/0123abc"));
    config();
    tensor("model.safetensors", "w");
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      assertEquals("tiny-7b", checkpoint.name());
      assertEquals(folder, checkpoint.folder());
    }
  }

  @Test
  void foldersThatAreNotModels() {
    refused(scratch.resolve("nowhere"), "no such folder or file");
    refused(folder, "the folder is empty");
    Raw.text(folder.resolve("notes.txt"), "hello");
    refused(folder, "config.json and model.safetensors, found neither");
    refused(folder.resolve("notes.txt"), "expected a model folder or a .safetensors file");
    config();
    refused(folder, "found no .safetensors file");
  }

  @Test
  void configsThatAreMissingOrDamaged() {
    tensor("model.safetensors", "w");
    refused(folder, "expected config.json beside the weights");
    Raw.text(folder.resolve("adapter_config.json"), "{}");
    refused(folder, "merge it into its base model");
    Raw.text(folder.resolve("config.json"), "<html>");
    refused(folder, "config.json");
    Raw.bytes(folder.resolve("config.json"), (byte) 0xFF, (byte) 0xFE);
    refused(folder, "UTF-8");
    Raw.text(folder.resolve("config.json"), "[1]");
    refused(folder, "should be a JSON object, found a list");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pytorch_model.bin", "model.pt", "model.PTH", "last.ckpt"})
  void picklesAreRefusedWithTheReason(String name) {
    config();
    Raw.text(folder.resolve(name), "x");
    refused(folder, name, "can run any code", "safe_serialization=True");
    refused(folder.resolve(name), name, "can run any code");
  }

  @Test
  void ggufIsRefusedKindly() {
    Raw.text(folder.resolve("model.gguf"), "GGUF");
    refused(folder, "model.gguf", "original model folder");
    refused(folder.resolve("model.gguf"), "original model folder");
  }

  @Test
  void indexesThatDoNotFit() {
    config();
    index("{}");
    refused(folder, "weight_map should be an object");
    index("{\"weight_map\":{}}");
    refused(folder, "names no file");
    index("{\"weight_map\":{\"a\":\"../secret.safetensors\"}}");
    refused(folder, "of the same folder");
    index("{\"weight_map\":{\"a\":\"C:\\\\x.safetensors\"}}");
    refused(folder, "of the same folder");
    index("{\"weight_map\":{\"a\":\"\\u0000.safetensors\"}}");
    refused(folder, "of the same folder");
    index("{\"weight_map\":{\"a\":\"model.bin\"}}");
    refused(folder, "should lie in a .safetensors file");
    index("{\"weight_map\":{\"a\":\"one.safetensors\",\"b\":\"two.safetensors\"}}");
    tensor("one.safetensors", "a");
    refused(folder, "shard two.safetensors", "is missing");
    tensor("two.safetensors", "c");
    refused(folder, "'b' should be in two.safetensors");
    tensor("two.safetensors", "b", "a");
    refused(folder, "'a' is also in one.safetensors");
    tensor("two.safetensors", "b");
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      assertEquals(Set.of("a", "b"), checkpoint.tensorNames());
    }
  }

  @Test
  void aFolderWithoutRights() throws IOException {
    Assumptions.assumeTrue(
        folder.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "needs POSIX permissions");
    config();
    tensor("model.safetensors", "w");
    Files.setPosixFilePermissions(folder, Set.of());
    try {
      Assumptions.assumeFalse(Files.isReadable(folder), "the superuser may read everything");
      refused(folder, "no right to read it");
    } finally {
      Files.setPosixFilePermissions(
          folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
    }
  }
}
