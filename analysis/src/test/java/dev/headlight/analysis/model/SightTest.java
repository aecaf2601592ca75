package dev.headlight.analysis.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.headlight.analysis.Parity;
import dev.headlight.analysis.checkpoint.SafetensorsFile;
import dev.headlight.analysis.job.Progress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A batch of prompts with pictures, through tower, projector and language model. */
class SightTest {
  private static final Path FOLDER = Parity.folder("llava");

  private static SafetensorsFile reference() {
    return SafetensorsFile.open(FOLDER.resolve("reference.safetensors"));
  }

  private static int[] ids() {
    try (SafetensorsFile reference = reference()) {
      return Arrays.stream(reference.longs("input_ids")).mapToInt(i -> (int) i).toArray();
    }
  }

  private static NDArray pixels(NDManager scope) {
    try (SafetensorsFile reference = reference()) {
      return HostMemory.array(reference.floats("pixel_values"), new Shape(1, 3, 32, 32), scope);
    }
  }

  private static int[] places(Model model, int[] ids) {
    int token = model.spec().vision().orElseThrow().imageToken();
    return IntStream.range(0, ids.length).filter(i -> ids[i] == token).toArray();
  }

  /** Two prompts with a picture each, the second one turned upside down. */
  private static PassInput batch(Model model, boolean gradients, NDManager scope) {
    int[] ids = ids();
    NDArray first = pixels(scope);
    NDArray both = NDArrays.concat(new NDList(first, first.flip(2)), 0);
    List<int[]> positions = List.of(places(model, ids), places(model, ids));
    return new PassInput(List.of(ids, ids), null, true, gradients)
        .with(PassPictures.inPrompts(both, positions));
  }

  @Test
  void aBatchIsItsPrompts() {
    try (Model model = Model.open(FOLDER, Progress.NONE);
        NDManager scope = Engines.manager();
        SafetensorsFile reference = reference()) {
      int before = model.liveArrays();
      NDArray logits =
          model.transformer().forward(batch(model, false, scope), Hooks.NONE, Progress.NONE, scope);
      float[] expected = reference.floats("logits");
      float[] found = logits.toFloatArray();
      assertArrayEquals(expected, Arrays.copyOf(found, expected.length), 2e-4f);
      int last = found.length - 1;
      assertNotEquals(expected[expected.length - 1], found[last], 1e-3f);
      assertEquals(before, model.liveArrays());
    }
  }

  /** Slopes of tower, projector and language model are those of the difference quotient. */
  @Test
  void gradientsReachEveryPart() {
    try (Model model = Model.open(FOLDER, Progress.NONE);
        NDManager scope = Engines.manager()) {
      ModelWeights weights = model.transformer().weights();
      ModelWeights tower = weights.vision().tower();
      gradient(model, scope, tower.embedding().patches().weight().held().orElseThrow());
      gradient(model, scope, tower.embedding().special());
      gradient(model, scope, tower.embedding().positions().held().orElseThrow());
      gradient(model, scope, tower.layers().get(0).qkv().weight().held().orElseThrow());
      gradient(model, scope, weights.vision().projector().first().weight().held().orElseThrow());
      gradient(model, scope, weights.embedding().tokens().held().orElseThrow());
    }
  }

  private static void gradient(Model model, NDManager scope, NDArray parameter) {
    Transformer t = model.transformer();
    parameter.setRequiresGradient(true);
    try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      NDArray logits = t.forward(batch(model, true, scope), Hooks.NONE, Progress.NONE, scope);
      gradients.backward(logits.square().mean());
    }
    float[] gradient = parameter.getGradient().toFloatArray();
    parameter.setRequiresGradient(false);
    int at = 0;
    for (int i = 0; i < gradient.length; i++) {
      at = Math.abs(gradient[i]) > Math.abs(gradient[at]) ? i : at;
    }
    double step = 1e-2;
    double[] means = new double[2];
    NDArray flat = parameter.flatten();
    float before = flat.getFloat(at);
    for (int side = 0; side < 2; side++) {
      flat.set(new NDIndex(at), (float) (before + (side == 0 ? -step : step)));
      NDArray logits = t.forward(batch(model, false, scope), Hooks.NONE, Progress.NONE, scope);
      means[side] = logits.square().mean().getFloat();
    }
    flat.set(new NDIndex(at), before);
    double slope = (means[1] - means[0]) / (2 * step);
    assertNotEquals(0, gradient[at]);
    assertEquals(slope, gradient[at], 0.05 * Math.abs(slope) + 1e-3);
  }
}
