package dev.headlight.analysis.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.Parity;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Sites;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever weights stay, the numbers are the same to the last bit. */
class ResidencyTest {
  private static final int[] TOKENS = {3, 14, 15, 92, 65, 35, 89, 79, 32, 38, 46, 26};

  private static OpenOptions options(Residency residency) {
    return new OpenOptions(Device.AUTO, residency);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gpt2",
        "llama_tied",
        "gpt_neox",
        "falcon_new",
        "phi3",
        "opt_350m",
        "mixtral",
        "qwen2_moe",
        "bert",
        "albert"
      })
  void theAnswerIsTheSame(String family) {
    Map<String, float[]> full = values(family, Residency.FULL);
    assertTrue(full.size() > 20);
    for (Residency other : List.of(Residency.STORED, Residency.STREAMED)) {
      Map<String, float[]> values = values(family, other);
      assertEquals(full.keySet(), values.keySet());
      full.forEach((name, value) -> assertArrayEquals(value, values.get(name), other + " " + name));
    }
  }

  /** Every value of a plain pass and of a changed one, and what is written. */
  private static Map<String, float[]> values(String family, Residency residency) {
    Map<String, float[]> values = new LinkedHashMap<>();
    try (Model model = Model.open(Parity.folder(family), options(residency), Progress.NONE)) {
      int alive = model.liveArrays();
      RunRequest request =
          RunRequest.of(TOKENS).withSites(Sites.of(model.spec())).withAllLogits().forViewing();
      take(model, "", request, values);
      take(model, "zeroed ", request.plus(Intervention.parse("zero:L1H0")), values);
      take(model, "plain ", RunRequest.of(TOKENS), values);
      if (model.spec().causal()) {
        Generation text =
            model.generate(GenerateRequest.greedy(TOKENS, 5), (i, p) -> {}, Progress.NONE);
        values.put("written", text.logprobs());
      }
      assertEquals(alive, model.liveArrays());
    }
    return values;
  }

  private static void take(
      Model model, String prefix, RunRequest request, Map<String, float[]> values) {
    try (Run run = model.run(request, Progress.NONE).get(0)) {
      for (HookName name : run.names()) {
        values.put(prefix + name, run.get(name).data());
      }
      values.put(prefix + "last", run.logits(-1));
      if (request.maps()) {
        values.put(prefix + "map", run.map(new Head(1, 1)).weights().data());
      }
    }
  }
}
