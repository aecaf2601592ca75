package dev.headlight.analysis.model;

import static dev.headlight.analysis.Fixtures.close;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.Fixtures;
import dev.headlight.analysis.Parity;
import dev.headlight.analysis.checkpoint.SafetensorsFile;
import dev.headlight.analysis.checkpoint.SafetensorsWriter;
import dev.headlight.analysis.checkpoint.StoredType;
import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Contrasted;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Sight;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Tensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Towers, and models that see, compute what the reference implementation computes. */
class VisionParityTest {
  private static final Site[] SITES = {Site.PATTERN, Site.Z, Site.RESID_PRE, Site.RESID_POST};

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"vit", "deit", "dinov2", "dinov2_registers"})
  void towersAgreeWithTheReference(String family) {
    try (SafetensorsFile reference = Fixtures.reference(family);
        Model model = Model.open(Parity.folder(family), Progress.NONE)) {
      int before = model.liveArrays();
      RunRequest request = RunRequest.ofPicture(model.spec(), Fixtures.pixels(reference));
      try (Run run = model.run(request.withSites(SITES), Progress.NONE).get(0)) {
        blocks(reference, "", 0, run, true);
        close(reference, "logits", 0, run.get(HookName.of(Site.LOGITS)));
        assertEquals(1, run.sight().orElseThrow().patches().size());
      }
      assertEquals(before, model.liveArrays());
    }
  }

  /** Towers that stand beside another elsewhere, by themselves. */
  @ParameterizedTest
  @ValueSource(strings = {"clip_vision", "siglip_vision", "siglip2_vision"})
  void towersByThemselvesAgreeWithTheReference(String family) {
    try (SafetensorsFile reference = Fixtures.reference(family);
        Model model = Model.open(Parity.folder(family), Progress.NONE)) {
      RunRequest request = RunRequest.ofPicture(model.spec(), Fixtures.pixels(reference));
      try (Run run = model.run(request.withSites(SITES), Progress.NONE).get(0)) {
        blocks(reference, "", 0, run, true);
        close(reference, "embedding", 0, row(run.embedding().orElseThrow()));
      }
    }
  }

  /** Their blocks are compared with those of all text models. */
  @ParameterizedTest
  @ValueSource(strings = {"clip_text", "siglip_text"})
  void textTowersEndInTheReferencesEmbedding(String family) {
    try (SafetensorsFile reference = Fixtures.reference(family);
        Model model = Model.open(Parity.folder(family), Progress.NONE)) {
      RunRequest request = RunRequest.of(Fixtures.ints(reference, "input_ids"));
      try (Run run = model.run(request, Progress.NONE).get(0)) {
        close(reference, "embedding", 0, row(run.embedding().orElseThrow()));
      }
    }
  }

  /** Releases of different years keep the same tensors under different names. */
  @ParameterizedTest
  @CsvSource({
    "llava, model.language_model., model.vision_tower., model.multi_modal_projector.",
    "paligemma, model.language_model., model.vision_tower., model.multi_modal_projector.",
    "gemma3_vision, model.language_model., model.vision_tower., model.multi_modal_projector."
  })
  void newerNamesMeanTheSame(String family, String language, String tower, String projector)
      throws IOException {
    Path source = Parity.folder(family);
    Files.copy(source.resolve("config.json"), folder.resolve("config.json"));
    rename(
        source.resolve("model.safetensors"),
        name ->
            name.replaceFirst("^language_model\\.model\\.", language)
                .replaceFirst("^language_model\\.lm_head", "lm_head")
                .replaceFirst("^vision_tower\\.", tower)
                .replaceFirst("^multi_modal_projector\\.", projector));
    try (SafetensorsFile reference = Fixtures.reference(family);
        Model model = Model.open(folder, Progress.NONE)) {
      RunRequest request =
          RunRequest.of(Fixtures.ints(reference, "input_ids"))
              .withPictures(List.of(Fixtures.pixels(reference)))
              .withAllLogits();
      try (Run run = model.run(request, Progress.NONE).get(0)) {
        close(reference, "logits", 0, run.get(HookName.of(Site.LOGITS)));
      }
    }
  }

  private void rename(Path from, UnaryOperator<String> newer) {
    try (SafetensorsFile file = SafetensorsFile.open(from)) {
      SafetensorsWriter.Builder builder = SafetensorsWriter.to(folder.resolve("model.safetensors"));
      Set<String> renamed = new HashSet<>();
      for (String name : file.names()) {
        assertTrue(!newer.apply(name).equals(name) && renamed.add(newer.apply(name)), name);
        builder.tensor(newer.apply(name), StoredType.F32, file.info(name).shape());
      }
      try (SafetensorsWriter writer = builder.open()) {
        file.names().forEach(n -> writer.floats(newer.apply(n), FloatBuffer.wrap(file.floats(n))));
        writer.commit();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"clip", "clip_eos", "siglip"})
  void twoTowersAgreeWithTheReference(String family) {
    try (SafetensorsFile reference = Fixtures.reference(family);
        Model model = Model.open(Parity.folder(family), Progress.NONE)) {
      int before = model.liveArrays();
      int length = (int) reference.info("input_ids").shape()[1];
      int[] ids = Fixtures.ints(reference, "input_ids");
      List<int[]> prompts =
          IntStream.range(0, ids.length / length)
              .mapToObj(i -> Arrays.copyOfRange(ids, i * length, (i + 1) * length))
              .toList();
      Pixels pixels = Fixtures.pixels(reference);
      RunRequest request =
          RunRequest.ofSequences(prompts)
              .withPictures(prompts.stream().map(p -> pixels).toList())
              .withSites(SITES);
      if (reference.has("attention_mask")) {
        int[] mask = Fixtures.ints(reference, "attention_mask");
        request =
            request.hiding(
                IntStream.range(0, prompts.size())
                    .mapToObj(i -> hidden(Arrays.copyOfRange(mask, i * length, (i + 1) * length)))
                    .toList());
      }
      List<Run> runs = model.run(request, Progress.NONE);
      for (int i = 0; i < runs.size(); i++) {
        try (Run run = runs.get(i)) {
          blocks(reference, "text.", i, run, true);
          blocks(reference, "vision.", 0, run.sight().orElseThrow().tower().get(0), true);
          Contrasted agreed = run.contrasted().orElseThrow();
          close(reference, "text_embeds", i, row(agreed.text()));
          close(reference, "image_embeds", 0, row(agreed.images().get(0)));
          close(reference, "logits_per_text", i, row(agreed.logits()));
        }
      }
      assertEquals(before, model.liveArrays());
    }
  }

  private static boolean[] hidden(int[] mask) {
    boolean[] hidden = new boolean[mask.length];
    for (int i = 0; i < mask.length; i++) {
      hidden[i] = mask[i] == 0;
    }
    return hidden;
  }

  private static Tensor row(float[] values) {
    return new Tensor(values, values.length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llava",
        "idefics3",
        "smolvlm",
        "paligemma",
        "gemma3_vision",
        "qwen2_vl",
        "qwen2_5_vl",
        "llava_siglip"
      })
  void modelsThatSeeAgreeWithTheReference(String family) {
    try (SafetensorsFile reference = Fixtures.reference(family);
        Model model = Model.open(Parity.folder(family), Progress.NONE)) {
      int before = model.liveArrays();
      RunRequest request =
          RunRequest.of(Fixtures.ints(reference, "input_ids"))
              .withPictures(List.of(Fixtures.pixels(reference)));
      RunRequest whole = request.withSites(SITES).withSites(sites(model)).withAllLogits();
      try (Run run = model.run(whole, Progress.NONE).get(0)) {
        blocks(reference, "", 0, run, false);
        close(reference, "logits", 0, run.get(HookName.of(Site.LOGITS)));
        Sight sight = run.sight().orElseThrow();
        for (int tile = 0; tile < sight.tower().size(); tile++) {
          blocks(reference, "vision.", tile, sight.tower().get(tile), true);
        }
      }
      for (int layer = 0; layer < model.spec().layers(); layer++) {
        for (int head = 0; head < model.spec().heads(); head++) {
          String key = "ablate.L" + layer + "H" + head + ".logits_last";
          if (reference.has(key)) {
            RunRequest zero = request.plus(Intervention.parse("zero:L" + layer + "H" + head));
            try (Run run = model.run(zero, Progress.NONE).get(0)) {
              close(reference, key, 0, row(run.logits(-1)));
            }
          }
        }
      }
      assertEquals(before, model.liveArrays());
    }
  }

  private static Site[] sites(Model model) {
    assertTrue(model.spec().output().finalNorm());
    Site[] all = Arrays.copyOf(SITES, SITES.length + 1);
    all[SITES.length] = Site.LN_FINAL;
    return all;
  }

  /**
   * Compares a stack of blocks.
   *
   * @param part picture or prompt of the reference
   * @param bare whether the last state is before the final norm
   */
  private static void blocks(
      SafetensorsFile reference, String prefix, int part, Run run, boolean bare) {
    int layers = run.spec().layers();
    OptionalInt none =
        IntStream.range(0, layers)
            .filter(l -> !reference.has(prefix + "hidden_states." + (l + 1)))
            .findFirst();
    assertTrue(none.isEmpty(), prefix + "hidden_states of layer " + none);
    for (int l = 0; l < layers; l++) {
      if (reference.has(prefix + "attentions." + l)) {
        close(reference, prefix + "attentions." + l, part, run.get(HookName.of(Site.PATTERN, l)));
      }
      close(reference, prefix + "z." + l, part, run.get(HookName.of(Site.Z, l)));
      close(
          reference, prefix + "hidden_states." + l, part, run.get(HookName.of(Site.RESID_PRE, l)));
      HookName leaving =
          l == layers - 1 && !bare ? HookName.of(Site.LN_FINAL) : HookName.of(Site.RESID_POST, l);
      close(reference, prefix + "hidden_states." + (l + 1), part, run.get(leaving));
    }
  }
}
