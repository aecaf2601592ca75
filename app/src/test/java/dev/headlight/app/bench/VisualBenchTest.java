package dev.headlight.app.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Device;
import dev.headlight.analysis.model.LayerSpec;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.Activation;
import dev.headlight.analysis.model.PatchSpec;
import dev.headlight.analysis.model.RandomModels;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The bench on a model of a hundredth of the size. */
class VisualBenchTest {
  @Test
  void everyPartHasItsRowAndItsLimit() {
    ModelSpec tower =
        ModelSpec.builder("siglip_vision_model", "SiglipVisionModel")
            .size(2, 32, 0)
            .heads(2, 2, 16)
            .maxPositions(Integer.MAX_VALUE)
            .layerNorm(1e-6)
            .mlp(64, Activation.GELU_TANH)
            .layerSpecs(l -> new LayerSpec(0, 0.25, Optional.empty()))
            .patches(new PatchSpec(3, 16, new PatchGrid(4, 4), 0, 0))
            .learnedPositions(0)
            .output(ModelSpec.Output.NONE)
            .build();
    ModelSpec language = RandomModels.gpt2(2, 2, 32, 100, 200);
    try (Model model = RandomModels.seeing("small", language, tower, Device.AUTO)) {
      int before = model.liveArrays();
      List<BenchRow> rows = VisualBench.run(new Bed(model, 1, Progress.NONE));
      assertEquals(before, model.liveArrays());
      assertEquals(10, rows.size());
      assertEquals(80, rows.get(0).tokens());
      for (BenchRow row : rows) {
        assertTrue(row.best() > 0 && row.best() <= row.milliseconds(), row.line());
      }
      assertEquals(8, rows.stream().filter(VisualBenchTest::limited).count());
      // A picture of 12 megapixels has 36 million numbers; nobody reads them in a millisecond.
      assertTrue(rows.get(9).best() > 1, rows.get(9).line());
    }
  }

  private static boolean limited(BenchRow row) {
    return row.facts().stream().anyMatch(f -> f.kind() == Fact.Kind.LIMIT);
  }
}
