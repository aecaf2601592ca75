package dev.headlight.analysis.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.checkpoint.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageProcessorTest {
  private static final List<String> FAMILIES =
      List.of(
          "vit",
          "deit",
          "dinov2",
          "clip",
          "clip_eos",
          "siglip",
          "llava",
          "idefics3",
          "smolvlm",
          "paligemma",
          "gemma3_vision",
          "qwen2_vl",
          "dinov2_registers",
          "siglip2_vision",
          "qwen2_5_vl");

  @TempDir Path scratch;

  /** The reference's processors on PIL; what is left is the rounding of 32-bit numbers. */
  @Test
  void pixelsOfEveryFamilyAreTheReferences() {
    Picture picture = Pictures.read("image.png");
    for (String family : FAMILIES) {
      check(family, picture);
    }
  }

  /** The fixtures' picture is small; this one is shrunk by odd factors. */
  @Test
  void pixelsOfAShrunkPhotoAreTheReferences() {
    Picture photo = Pictures.read("photo.png");
    for (String name :
        List.of("photo_clip", "photo_smolvlm", "photo_qwen2_vl", "photo_siglip2_vision")) {
      check(name, photo);
    }
  }

  private static void check(String name, Picture picture) {
    Path folder = Pictures.folder(name);
    ImageProcessor processor = ImageProcessor.open(folder);
    assertTrue(processor.notice().isEmpty(), name);
    PreparedPictures prepared = processor.prepare(picture);
    Pixels pixels = prepared.pixels();
    try (SafetensorsFile file = SafetensorsFile.open(folder.resolve("pixels.safetensors"))) {
      assertArrayEquals(file.info("pixel_values").shape(), pixels.shape(), name);
      assertArrayEquals(file.floats("pixel_values"), pixels.values(), 2e-6f, name);
      if (file.has("pixel_attention_mask")) {
        float[] mask = file.floats("pixel_attention_mask");
        assertEquals(mask.length, pixels.mask().length, name);
        for (int i = 0; i < mask.length; i++) {
          assertEquals(mask[i] != 0, pixels.mask()[i], name + " mask " + i);
        }
      }
      if (file.has("image_grid_thw")) {
        long[] grid = file.longs("image_grid_thw");
        int[] ours = pixels.grids().get(0);
        assertArrayEquals(grid, new long[] {ours[0], ours[1], ours[2]}, name);
      }
    }
    assertEquals(1, prepared.layouts().size(), name);
  }

  @Test
  void tokensAreThoseOfTheReferences() {
    Picture picture = Pictures.read("image.png");
    assertEquals(16, tokens("llava", picture));
    assertEquals(16, tokens("idefics3", picture));
    assertEquals(5 * 16, tokens("smolvlm", picture));
    assertEquals(16, tokens("paligemma", picture));
    assertEquals(4, tokens("gemma3_vision", picture));
    assertEquals(6, tokens("qwen2_vl", picture));
  }

  private static int tokens(String family, Picture picture) {
    return ImageProcessor.open(Pictures.folder(family)).prepare(picture).tokens();
  }

  @Test
  void severalPicturesFollowEachOther() {
    Picture a = Pictures.read("image.png");
    Picture b = Picture.blank(50, 40, 1, 2, 3);
    ImageProcessor processor = ImageProcessor.open(Pictures.folder("clip"));
    Pixels both = processor.prepare(List.of(a, b)).pixels();
    assertArrayEquals(new long[] {2, 3, 32, 32}, both.shape());
    float[] second = processor.prepare(b).pixels().values();
    for (int i = 0; i < second.length; i++) {
      assertEquals(second[i], both.values()[second.length + i]);
    }
  }

  @Test
  void smallPictureIsPaddedWithBlackWhereTheCropIsLarger() throws IOException {
    Path folder =
        folder(
            "{\"model_type\": \"clip_vision_model\", \"patch_size\": 2, \"image_size\": 8}",
            "{\"image_processor_type\": \"CLIPImageProcessor\", \"do_resize\": false, \"crop_size\": 8,"
                + " \"do_normalize\": false}");
    PreparedPictures prepared =
        ImageProcessor.open(folder).prepare(Picture.blank(5, 8, 255, 255, 255));
    float[] values = prepared.pixels().values();
    // Two columns of black, five of the picture, one of black.
    assertArrayEquals(
        new float[] {0, 0, 1, 1, 1, 1, 1, 0}, java.util.Arrays.copyOf(values, 8), 1e-6f);
    assertEquals(-2, prepared.layouts().get(0).tiles().get(0).source().x(), 1e-9);
  }

  @Test
  void missingPreprocessorTakesWhatIsUsualAndSaysSo() throws IOException {
    for (String family : FAMILIES) {
      Path folder = Files.createDirectories(scratch.resolve(family));
      Files.copy(Pictures.folder(family).resolve("config.json"), folder.resolve("config.json"));
      ImageProcessor processor = ImageProcessor.open(folder);
      String notice = processor.notice().orElseThrow();
      assertTrue(notice.contains("preprocessor_config.json is missing"), notice);
      assertTrue(notice.contains(processor.name()), notice);
      assertTrue(processor.prepare(Pictures.read("image.png")).tokens() > 0, family);
    }
  }

  @Test
  void textModelReadsNoPictures() throws IOException {
    Path folder = folder("{\"model_type\": \"llama\"}", null);
    HeadlightException e =
        assertThrows(HeadlightException.class, () -> ImageProcessor.open(folder));
    assertTrue(e.getMessage().contains("'llama' reads text only"), e.getMessage());
  }

  @Test
  void unknownProcessorIsRefusedByName() throws IOException {
    Path folder =
        folder(
            "{\"model_type\": \"llava\", \"vision_config\": {}}",
            "{\"image_processor_type\": \"LlavaNextImageProcessor\"}");
    HeadlightException e =
        assertThrows(HeadlightException.class, () -> ImageProcessor.open(folder));
    assertTrue(e.getMessage().contains("LlavaNextImageProcessor"), e.getMessage());
  }

  @Test
  void fastAndOldNamesMeanTheSameProcessor() throws IOException {
    String model = "{\"model_type\": \"vit\", \"patch_size\": 8, \"image_size\": 32}";
    for (String name :
        List.of(
            "image_processor_type\": \"ViTImageProcessorFast",
            "feature_extractor_type\": \"ViTFeatureExtractor")) {
      Path folder = folder(model, "{\"" + name + "\", \"size\": 32}");
      assertEquals("ViTImageProcessor", ImageProcessor.open(folder).name());
    }
  }

  @Test
  void processorOfNewerReleasesIsRead() throws IOException {
    Path folder = folder("{\"model_type\": \"vit\", \"patch_size\": 8, \"image_size\": 32}", null);
    Files.writeString(
        folder.resolve("processor_config.json"),
        "{\"image_processor\": {\"image_processor_type\": \"ViTImageProcessor\", \"size\": 16}}");
    ImageProcessor processor = ImageProcessor.open(folder);
    assertTrue(processor.notice().isEmpty());
    assertEquals("squash to 16 × 16, bilinear", processor.steps());
  }

  @Test
  void narrowPicturesAreRefused() {
    Picture line = Picture.blank(1, 5000, 0, 0, 0);
    for (String family : List.of("qwen2_vl", "clip")) {
      ImageProcessor processor = ImageProcessor.open(Pictures.folder(family));
      if (family.equals("clip")) {
        assertFalse(processor.prepare(line).tokens() == 0);
      } else {
        HeadlightException e =
            assertThrows(HeadlightException.class, () -> processor.prepare(line));
        assertTrue(e.getMessage().contains("too narrow"), e.getMessage());
      }
    }
  }

  private Path folder(String config, String preprocessor) throws IOException {
    Path folder = Files.createTempDirectory(scratch, "model");
    Files.writeString(folder.resolve("config.json"), config);
    if (preprocessor != null) {
      Files.writeString(folder.resolve("preprocessor_config.json"), preprocessor);
    }
    return folder;
  }
}
