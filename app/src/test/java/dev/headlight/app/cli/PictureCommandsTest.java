package dev.headlight.app.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.headlight.analysis.checkpoint.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures on the command line. */
class PictureCommandsTest {
  private static final Path LLAVA = CliRun.fixture("llava");
  private static final Path VIT = CliRun.fixture("vit");
  private static final Path CLIP = CliRun.fixture("clip");
  @TempDir private Path folder;

  private static Path reference(Path model) {
    return model.resolve("reference.safetensors");
  }

  private static String ids(Path model, int count) {
    try (SafetensorsFile stored = SafetensorsFile.open(reference(model))) {
      return Arrays.stream(stored.longs("input_ids"))
          .limit(count)
          .mapToObj(Long::toString)
          .collect(Collectors.joining(","));
    }
  }

  private SafetensorsFile captured(Object... args) {
    CliRun run = CliRun.of(args);
    assertEquals(0, run.code(), run.err());
    return SafetensorsFile.open(folder.resolve("capture.safetensors"));
  }

  private static void same(SafetensorsFile found, String name, SafetensorsFile from, String key) {
    float[] expected = from.floats(key);
    float[] values = found.floats(name);
    assertArrayEquals(Arrays.copyOf(expected, values.length), values, 1e-3f, name);
  }

  @Test
  void aPictureInAPromptIsCaptured() {
    try (SafetensorsFile found =
            captured(
                "capture",
                LLAVA,
                "--tokens",
                ids(LLAVA, 36),
                "--pixels",
                reference(LLAVA),
                "--sites",
                "logits,pattern,pixel_values",
                "--out",
                folder);
        SafetensorsFile stored = SafetensorsFile.open(reference(LLAVA))) {
      same(found, "logits", stored, "logits");
      same(found, "blocks.2.attn.hook_pattern", stored, "attentions.2");
      same(found, "vision.blocks.1.attn.hook_pattern", stored, "vision.attentions.1");
      same(found, "pixel_values", stored, "pixel_values");
      assertEquals("[[4, 4]]", found.metadata().get("grid"));
      assertTrue(found.metadata().get("image_positions").startsWith("[[6, 7, 8, "));
    }
  }

  @Test
  void aTowerNeedsNoPrompt() {
    try (SafetensorsFile found =
            captured(
                "capture",
                VIT,
                "--pixels",
                reference(VIT),
                "--sites",
                "logits,pattern,embeds",
                "--intervene",
                "scale:vision.L0H0=1",
                "--out",
                folder);
        SafetensorsFile stored = SafetensorsFile.open(reference(VIT))) {
      same(found, "logits", stored, "logits");
      assertArrayEquals(new long[] {10}, found.info("logits").shape());
      same(found, "blocks.0.attn.hook_pattern", stored, "attentions.0");
    }
  }

  @Test
  void twoTowersHaveTheirNames() throws IOException {
    Path tokens = folder.resolve("tokens.json");
    try (SafetensorsFile stored = SafetensorsFile.open(reference(CLIP))) {
      String mask =
          Arrays.stream(stored.longs("attention_mask"))
              .limit(20)
              .mapToObj(Long::toString)
              .collect(Collectors.joining(","));
      Files.writeString(
          tokens,
          "{\"sequences\": [[" + ids(CLIP, 20) + "]], \"attentionMask\": [[" + mask + "]]}");
      try (SafetensorsFile found =
          captured(
              "capture",
              CLIP,
              "--tokens-file",
              tokens,
              "--pixels",
              reference(CLIP),
              "--sites",
              "pattern,embeds",
              "--out",
              folder)) {
        same(found, "text_embeds", stored, "text_embeds");
        same(found, "image_embeds", stored, "image_embeds");
        same(found, "logits_per_image", stored, "logits_per_image");
        same(found, "text.blocks.1.attn.hook_pattern", stored, "text.attentions.1");
        same(found, "vision.blocks.0.attn.hook_pattern", stored, "vision.attentions.0");
      }
    }
  }

  @Test
  void writesOnBehindAPicture() throws IOException {
    CliRun run =
        CliRun.of(
            "generate",
            LLAVA,
            "--tokens",
            ids(LLAVA, 36),
            "--pixels",
            reference(LLAVA),
            "--max-new",
            "10",
            "--json");
    assertEquals(0, run.code(), run.err());
    JsonObject expected =
        JsonParser.parseString(Files.readString(CliRun.fixture("generation.json")))
            .getAsJsonObject()
            .getAsJsonObject("llava");
    assertEquals(
        expected.get("tokens"), JsonParser.parseString(run.out()).getAsJsonObject().get("tokens"));
  }

  @Test
  void infoNamesTheTower() {
    CliRun run = CliRun.of("info", LLAVA, "--json");
    assertEquals(0, run.code(), run.err());
    JsonObject tower =
        JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonObject("vision");
    assertEquals(3, tower.get("layers").getAsInt());
    assertEquals(8, tower.get("patch").getAsInt());
    assertEquals("[4,4]", tower.get("grid").toString());
  }

  private void refused(int code, String part, Object... args) {
    CliRun run = CliRun.of(args);
    assertEquals(code, run.code(), run.err());
    assertTrue(run.err().contains(part), run.err());
  }

  @Test
  void whatDoesNotFitSaysWhy() {
    Path out = folder.resolve("out");
    Path pixels = reference(LLAVA);
    refused(
        3,
        "no image token (id 319)",
        "capture",
        LLAVA,
        "--tokens",
        "1,2",
        "--pixels",
        pixels,
        "--out",
        out);
    refused(
        3,
        "leave the prompt out",
        "capture",
        VIT,
        "--tokens",
        "1,2",
        "--pixels",
        pixels,
        "--out",
        out);
    refused(3, "--image or --pixels", "capture", VIT, "--out", out);
    refused(
        3,
        "reads no pictures",
        "capture",
        CliRun.fixture("llama"),
        "--tokens",
        "1,2",
        "--pixels",
        pixels,
        "--out",
        out);
    refused(2, "--prompt-file", "capture", LLAVA, "--out", out);
    refused(
        3,
        "pixel_values",
        "capture",
        VIT,
        "--pixels",
        LLAVA.resolve("model.safetensors"),
        "--out",
        out);
  }
}
