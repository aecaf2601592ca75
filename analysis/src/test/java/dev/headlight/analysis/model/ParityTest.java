package dev.headlight.analysis.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.headlight.analysis.checkpoint.SafetensorsFile;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Sites;
import dev.headlight.analysis.run.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every family computes what the reference implementation computes. */
class ParityTest {
  private static final Path FOLDER = Path.of("src/test/resources/parity");

  static Stream<Path> families() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      List<Path> found =
          folders
              .filter(f -> Files.exists(f.resolve("reference.safetensors")))
              .filter(f -> !Files.exists(f.resolve("preprocessor_config.json")))
              .sorted()
              .toList();
      assertTrue(found.size() >= 60, "fixtures are missing: " + found);
      return found.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void agreesWithTheReference(Path folder) throws IOException {
    JsonObject info =
        JsonParser.parseString(Files.readString(folder.resolve("reference.json")))
            .getAsJsonObject();
    try (SafetensorsFile reference = SafetensorsFile.open(folder.resolve("reference.safetensors"));
        Model model = Model.open(folder, Progress.NONE)) {
      check(model, reference, info, "");
      if (reference.has("long.input_ids")) {
        check(model, reference, info, "long.");
      }
    }
  }

  private static void check(
      Model model, SafetensorsFile reference, JsonObject info, String prefix) {
    int[] ids = ints(reference, prefix + "input_ids");
    RunRequest request = RunRequest.of(ids);
    if (reference.has(prefix + "token_type_ids")) {
      request = request.withTokenTypes(List.of(ints(reference, prefix + "token_type_ids")));
    }
    Set<Site> sites = EnumSet.of(Site.PATTERN, Site.Z, Site.RESID_PRE, Site.RESID_POST);
    sites.addAll(List.of(Site.NORMALIZED_RESID_POST, Site.LN_FINAL, Site.ROUTER_LOGITS));
    sites.retainAll(Sites.of(model.spec()));
    try (Run run = model.run(request.withSites(sites).withAllLogits(), Progress.NONE).get(0)) {
      if (model.spec().hasLogits()) {
        close(reference, prefix + "logits", run.get(HookName.of(Site.LOGITS)));
      }
      int expertLayer = 0;
      for (int l = 0; l < model.spec().layers(); l++) {
        close(reference, prefix + "attentions." + l, run.get(HookName.of(Site.PATTERN, l)));
        close(reference, prefix + "z." + l, run.get(HookName.of(Site.Z, l)));
        close(reference, prefix + "hidden_states." + l, run.get(HookName.of(Site.RESID_PRE, l)));
        close(reference, prefix + "hidden_states." + (l + 1), run.get(leaving(model, l)));
        if (model.spec().layer(l).experts().isPresent()) {
          String router = prefix + "router_logits." + expertLayer++;
          close(reference, router, run.get(HookName.of(Site.ROUTER_LOGITS, l)));
        }
      }
    }
    ablations(model, reference, info, prefix, ids);
  }

  private static int[] ints(SafetensorsFile reference, String name) {
    return Arrays.stream(reference.longs(name)).mapToInt(i -> (int) i).toArray();
  }

  /** The site that the reference calls the hidden state after a layer. */
  private static HookName leaving(Model model, int layer) {
    Set<Site> sites = Sites.of(model.spec());
    if (layer == model.spec().layers() - 1 && sites.contains(Site.LN_FINAL)) {
      return HookName.of(Site.LN_FINAL);
    }
    boolean post = sites.contains(Site.NORMALIZED_RESID_POST);
    return HookName.of(post ? Site.NORMALIZED_RESID_POST : Site.RESID_POST, layer);
  }

  private static void ablations(
      Model model, SafetensorsFile reference, JsonObject info, String prefix, int[] ids) {
    JsonElement ablated = info.get("ablated");
    for (JsonElement head : ablated == null ? new JsonArray() : ablated.getAsJsonArray()) {
      String key = prefix + "ablate." + head.getAsString() + ".logits_last";
      if (reference.has(key)) {
        RunRequest zero = RunRequest.of(ids).plus(Intervention.parse("zero:" + head.getAsString()));
        try (Run run = model.run(zero, Progress.NONE).get(0)) {
          close(reference, key, new Tensor(run.logits(-1), model.spec().vocab()));
        }
      }
    }
  }

  private static void close(SafetensorsFile reference, String name, Tensor actual) {
    float[] expected = reference.floats(name);
    long[] shape = Arrays.stream(actual.shape()).asLongStream().toArray();
    assertArrayEquals(reference.info(name).shape(), shape, name + ": shape");
    double mean = 0;
    double square = 0;
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      mean += expected[i];
      square += (double) expected[i] * expected[i];
      double difference = Math.abs((double) actual.data()[i] - expected[i]);
      worst = Math.max(worst, difference);
    }
    mean /= expected.length;
    double deviation = Math.sqrt(Math.max(0, square / expected.length - mean * mean));
    double limit = 1e-4 * Math.max(1, deviation);
    assertTrue(worst <= limit, name + ": differs by " + worst + ", allowed " + limit);
  }
}
