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
import dev.headlight.analysis.run.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every family computes what the reference implementation computes. */
class ParityTest {
  private static final Path FOLDER = Path.of("src/test/resources/parity");

  static Stream<Path> families() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      List<Path> found =
          folders.filter(f -> Files.exists(f.resolve("reference.safetensors"))).sorted().toList();
      assertTrue(found.size() >= 15, "fixtures are missing: " + found);
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
    int[] ids =
        Arrays.stream(reference.longs(prefix + "input_ids")).mapToInt(i -> (int) i).toArray();
    RunRequest request =
        RunRequest.of(ids)
            .withSites(Site.PATTERN, Site.Z, Site.RESID_PRE, Site.RESID_POST, Site.LN_FINAL)
            .withAllLogits();
    try (Run run = model.run(request, Progress.NONE).get(0)) {
      close(reference, prefix + "logits", run.get(HookName.of(Site.LOGITS)));
      int layers = model.spec().layers();
      for (int l = 0; l < layers; l++) {
        close(reference, prefix + "attentions." + l, run.get(HookName.of(Site.PATTERN, l)));
        close(reference, prefix + "z." + l, run.get(HookName.of(Site.Z, l)));
        close(reference, prefix + "hidden_states." + l, run.get(HookName.of(Site.RESID_PRE, l)));
      }
      close(reference, prefix + "hidden_states." + layers, run.get(HookName.of(Site.LN_FINAL)));
    }
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
      worst = difference <= worst ? worst : difference;
    }
    mean /= expected.length;
    double deviation = Math.sqrt(Math.max(0, square / expected.length - mean * mean));
    double limit = 1e-4 * Math.max(1, deviation);
    assertTrue(worst <= limit, name + ": differs by " + worst + ", allowed " + limit);
  }
}
