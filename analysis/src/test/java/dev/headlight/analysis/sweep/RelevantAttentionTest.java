package dev.headlight.analysis.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.Fixtures;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.Parity;
import dev.headlight.analysis.checkpoint.SafetensorsFile;
import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Device;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.RandomModels;
import dev.headlight.analysis.run.GradientRun;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A layer at a time says the same as one backward pass through all layers. */
class RelevantAttentionTest {
  private static final int[] TOKENS = {7, 3, 11, 5, 2, 9, 14, 6, 1};
  private static final int ANSWER = 9;

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "llama", "gemma2", "cohere", "bert", "bloom"})
  void equalsTheWholeBackwardPass(String family) {
    try (Model model = Model.open(Parity.folder(family), Progress.NONE)) {
      compare(model, RunRequest.of(TOKENS));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llava", "paligemma", "gemma3_vision", "qwen2_vl"})
  void picturesAreRead(String family) {
    try (Model model = Model.open(Parity.folder(family), Progress.NONE);
        SafetensorsFile reference = Fixtures.reference(family)) {
      int[] ids = Fixtures.ints(reference, "input_ids");
      compare(model, RunRequest.of(ids).withPictures(List.of(Fixtures.pixels(reference))));
    }
  }

  @Test
  void changesAreInForce() {
    try (Model model = Model.open(Parity.folder("llama"), Progress.NONE)) {
      RunRequest plain = RunRequest.of(TOKENS);
      RunRequest changed =
          plain.withInterventions(
              List.of(Intervention.parse("zero:L2H1"), Intervention.parse("column:L1H*/0=0.2")));
      compare(model, changed);
      double apart = 0;
      float[] with = layers(model, changed).get(0).data();
      float[] without = layers(model, plain).get(0).data();
      for (int i = 0; i < with.length; i++) {
        apart = Math.max(apart, Math.abs(with[i] - without[i]));
      }
      assertTrue(apart > 1e-5, "the changes do nothing");
    }
  }

  @Test
  void changesInTheTowerAreInForce() {
    try (Model model = Model.open(Parity.folder("llava"), Progress.NONE);
        SafetensorsFile reference = Fixtures.reference("llava")) {
      Pixels pixels = Fixtures.pixels(reference);
      RunRequest plain =
          RunRequest.of(Fixtures.ints(reference, "input_ids")).withPictures(List.of(pixels));
      RunRequest changed = plain.withInterventions(List.of(Intervention.parse("zero:vision.L0H*")));
      float[] with = layers(model, changed).get(0).data();
      float[] without = layers(model, plain).get(0).data();
      double apart = 0;
      for (int i = 0; i < with.length; i++) {
        apart = Math.max(apart, Math.abs(with[i] - without[i]));
      }
      assertTrue(apart > 1e-6, "the change does nothing");
    }
  }

  /** Longer prompts are computed in blocks of rows. */
  @Test
  void blocksOfRowsAreOneMap() {
    try (Model model =
        RandomModels.open("small", RandomModels.gpt2(2, 2, 16, 50, 400), Device.AUTO)) {
      compare(model, RunRequest.of(new Random(3).ints(300, 0, 50).toArray()));
    }
  }

  @Test
  void whatDoesNotFitIsRefusedWithItsSize() {
    try (Model model = Model.open(Parity.folder("llama"), Progress.NONE)) {
      int length = 300_000;
      HeadlightException e =
          assertThrows(
              HeadlightException.class,
              () ->
                  RelevantAttention.run(
                      model, RunRequest.of(new int[length]), 1, (l, a) -> {}, Progress.NONE));
      double gigabytes = RelevantAttention.bytes(model.spec(), length) / 1e9;
      String size = "%.1f GB".formatted(gigabytes);
      assertTrue(e.getMessage().contains(size) && e.getMessage().contains("300000"), e.toString());
    }
  }

  private static Map<Integer, Tensor> layers(Model model, RunRequest prompt) {
    Map<Integer, Tensor> layers = new LinkedHashMap<>();
    RelevantAttention.run(model, prompt, ANSWER, layers::put, Progress.NONE);
    return layers;
  }

  private static void compare(Model model, RunRequest prompt) {
    int before = model.liveArrays();
    Map<Integer, Tensor> layers = layers(model, prompt);
    assertEquals(before, model.liveArrays(), "arrays are left behind");
    int count = model.spec().layers();
    List<Integer> order = IntStream.range(0, count).map(l -> count - 1 - l).boxed().toList();
    assertEquals(order, List.copyOf(layers.keySet()));
    Set<HookName> names =
        order.stream().map(l -> HookName.of(Site.PATTERN, l)).collect(Collectors.toSet());
    SweepRequest whole =
        new SweepRequest(
                prompt.sequences(),
                List.of(new Cell(prompt.interventions())),
                Metrics.logProbability(new int[] {ANSWER}))
            .withPictures(prompt.pictures());
    GradientRun run = Gradients.run(model, whole, names, Progress.NONE).get(0);
    for (int layer : order) {
      float[] expected = mean(run.values().get(HookName.of(Site.PATTERN, layer)));
      float[] found = layers.get(layer).data();
      assertEquals(expected.length, found.length);
      double largest = 0;
      for (float value : expected) {
        largest = Math.max(largest, value);
      }
      assertTrue(largest > 0, "layer " + layer + " says nothing");
      for (int i = 0; i < expected.length; i++) {
        assertEquals(expected[i], found[i], 1e-5 * Math.max(1e-2, largest), "layer " + layer);
      }
    }
  }

  /** {@code mean over heads of ReLU(∂y/∂A ∘ A)}, from maps that are whole. */
  private static float[] mean(GradientRun.Value pattern) {
    int heads = pattern.value().size(0);
    int cells = pattern.value().data().length / heads;
    float[] mean = new float[cells];
    for (int h = 0; h < heads; h++) {
      for (int i = 0; i < cells; i++) {
        float weight = pattern.value().data()[h * cells + i];
        mean[i] += Math.max(0, weight * pattern.gradient().data()[h * cells + i]) / heads;
      }
    }
    return mean;
  }
}
