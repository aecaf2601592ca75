package dev.headlight.analysis.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.headlight.analysis.Parity;
import dev.headlight.analysis.job.Progress;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form of block can be differentiated, and every form of norm is its formula. */
class FormsTest {
  /** A pass whose arrays may not be overwritten computes the same, and its gradient is right. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "gpt2",
        "gptj",
        "opt_350m",
        "phi",
        "gemma2",
        "gemma3_text",
        "olmo2",
        "granite",
        "cohere",
        "falcon_new",
        "bloom",
        "mixtral",
        "qwen2_moe",
        "olmoe",
        "bert",
        "roberta",
        "albert",
        "falcon_rw",
        "stablelm_qk_norm",
        "olmo_clip",
        "olmoe_clip",
        "albert_inner"
      })
  void gradientsFlowThroughEveryForm(String family) {
    List<int[]> tokens = List.of(new Random(3).ints(12, 5, 120).toArray());
    try (Model model = Model.open(Parity.folder(family), Progress.NONE);
        NDManager scope = Engines.manager()) {
      Transformer t = model.transformer();
      NDArray embedding = t.weights().embedding().tokens().held().orElseThrow();
      PassInput plain = new PassInput(tokens, null, true, false);
      PassInput recorded = new PassInput(tokens, null, true, true);
      float[] base = t.forward(plain, Hooks.NONE, Progress.NONE, scope).toFloatArray();
      embedding.setRequiresGradient(true);
      try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
        NDArray logits = t.forward(recorded, Hooks.NONE, Progress.NONE, scope);
        assertArrayEquals(base, logits.toFloatArray(), 1e-4f);
        gradients.backward(logits.square().sum());
      }
      float[] gradient = embedding.getGradient().toFloatArray();
      embedding.setRequiresGradient(false);
      int at = tokens.get(0)[0] * (int) embedding.getShape().get(1);
      double slope = slope(t, embedding, plain, at, scope);
      assertTrue(Double.isFinite(gradient[at]) && gradient[at] != 0);
      assertEquals(slope, gradient[at], 0.03 * Math.abs(slope) + 0.5, family);
    }
  }

  /** The same derivative from a step to either side. */
  private static double slope(
      Transformer t, NDArray embedding, PassInput input, int at, NDManager scope) {
    double step = 2e-3;
    NDArray flat = embedding.flatten();
    double[] sums = new double[2];
    float before = flat.getFloat(at);
    for (int side = 0; side < 2; side++) {
      flat.set(new NDIndex(at), (float) (before + (side == 0 ? -step : step)));
      for (float l : t.forward(input, Hooks.NONE, Progress.NONE, scope).toFloatArray()) {
        sums[side] += (double) l * l;
      }
    }
    flat.set(new NDIndex(at), before);
    return (sums[1] - sums[0]) / (2 * step);
  }

  /** A batch is its prompts, whatever the experts of each are. */
  @ParameterizedTest
  @ValueSource(strings = {"qwen2_moe", "bloom", "gemma2", "roberta"})
  void aBatchIsItsPrompts(String family) {
    // Token 1 is RoBERTa's padding, which takes no position.
    int[] first = {7, 1, 9, 30, 12, 15};
    int[] second = {8, 40, 41, 1, 1, 99};
    try (Model model = Model.open(Parity.folder(family), Progress.NONE);
        NDManager scope = Engines.manager()) {
      float[] both = logits(model, scope, first, second);
      float[] one = logits(model, scope, first);
      float[] other = logits(model, scope, second);
      assertArrayEquals(one, Arrays.copyOf(both, one.length), 1e-4f);
      assertArrayEquals(other, Arrays.copyOfRange(both, one.length, both.length), 1e-4f);
    }
  }

  private static float[] logits(Model model, NDManager scope, int[]... prompts) {
    PassInput input = new PassInput(List.of(prompts), null, true, false);
    return model.transformer().forward(input, Hooks.NONE, Progress.NONE, scope).toFloatArray();
  }

  /** Command R+ has one norm a head. */
  @Test
  void aNormForEveryHeadIsItsFormula() {
    try (NDManager scope = Engines.manager()) {
      NDArray x = scope.create(new float[] {1, 2, 4, -3, 0, 9}, new Shape(1, 1, 2, 3));
      NDArray weight = scope.create(new float[] {2, 1, -1, 0.5f, 3, 1}, new Shape(2, 3));
      ModelSpec.Norm norm = new ModelSpec.Norm(ModelSpec.Norm.Kind.LAYER, 1e-5);
      float[] y = Norms.apply(norm, new NormWeights(weight, null), x, true).toFloatArray();
      float[] in = x.toFloatArray();
      for (int head = 0; head < 2; head++) {
        double mean = (in[3 * head] + in[3 * head + 1] + in[3 * head + 2]) / 3.0;
        double variance = 0;
        for (int i = 0; i < 3; i++) {
          variance += Math.pow(in[3 * head + i] - mean, 2) / 3;
        }
        for (int i = 3 * head; i < 3 * head + 3; i++) {
          double expected =
              (in[i] - mean) / Math.sqrt(variance + 1e-5) * weight.getFloat(i / 3, i % 3);
          assertEquals(expected, y[i], 1e-5);
        }
      }
    }
  }
}
