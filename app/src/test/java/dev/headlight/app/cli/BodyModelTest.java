package dev.headlight.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.checkpoint.SafetensorsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command on a model without a vocabulary head: it works, or says why it cannot. */
class BodyModelTest {
  private static final Path BODY = CliRun.fixture("bert_body");

  @TempDir Path folder;

  @Test
  void captureWritesWhatThereIs() {
    CliRun run = CliRun.of("capture", BODY, "--tokens", "5,6,7", "--out", folder);

    assertEquals(0, run.code(), run.err());
    assertTrue(run.err().contains("no next-token head: logits are left out"), run.err());
    try (SafetensorsFile file = SafetensorsFile.open(folder.resolve("capture.safetensors"))) {
      assertTrue(file.has("blocks.1.attn.hook_pattern"));
      assertFalse(file.has("logits"));
    }
  }

  @Test
  void captureTakesItsOtherSites() {
    CliRun run =
        CliRun.of(
            "capture",
            BODY,
            "--tokens",
            "5,6,7",
            "--sites",
            "resid_post,normalized_resid_post,z",
            "--intervene",
            "zero:L0H1",
            "--out",
            folder);

    assertEquals(0, run.code(), run.err());
    assertFalse(run.err().contains("left out"), run.err());
  }

  @Test
  void logitsAskedForByNameAreRefused() {
    Path out = folder.resolve("out");
    CliRun run =
        CliRun.of("capture", BODY, "--tokens", "5,6", "--sites", "logits,pattern", "--out", out);

    refused(run, "bert has no logits; its sites are", "normalized_resid_post");
    assertFalse(Files.exists(out));
  }

  @Test
  void generateAndTourSayWhatTheyNeed() {
    refused(CliRun.of("generate", BODY, "--tokens", "5,6"), "encoder");
    CliRun generate = CliRun.of("generate", CliRun.fixture("bert"), "--tokens", "5,6");
    refused(generate, "encoder");
    assertEquals("", generate.out());
    Path out = folder.resolve("tour");
    refused(CliRun.of("tour", BODY, "--out", out), "decoder", "BertModel", "no next-token head");
    assertFalse(Files.exists(out));
    refused(CliRun.of("tour", CliRun.fixture("bert"), "--out", out), "decoder", "masked word");
  }

  private static void refused(CliRun run, String... parts) {
    assertEquals(3, run.code(), run.err());
    assertEquals(
        1, run.err().lines().filter(l -> l.matches("headlight: \\S.*")).count(), run.err());
    for (String part : parts) {
      assertTrue(run.err().contains(part), run.err());
    }
  }
}
