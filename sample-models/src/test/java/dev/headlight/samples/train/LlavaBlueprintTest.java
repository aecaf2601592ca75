package dev.headlight.samples.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.checkpoint.SafetensorsFile;
import dev.headlight.analysis.image.ImageProcessor;
import dev.headlight.analysis.image.PreparedPictures;
import dev.headlight.analysis.image.PromptExpansion;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.samples.measure.ShapeScores;
import dev.headlight.samples.shapes.PixelBatch;
import dev.headlight.samples.shapes.ShapeScene;
import dev.headlight.samples.shapes.ShapesWorld;
import dev.headlight.samples.world.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tower and a language model in training. */
class LlavaBlueprintTest {
  private static final String TOWER = "vision_tower.vision_model.";

  @TempDir private Path folder;

  private static double[] losses(TrainingRun run, int steps) {
    return IntStream.range(0, steps).mapToDouble(i -> run.next().loss()).toArray();
  }

  @Test
  void everyParameterLearns() {
    try (TrainingRun run = new TrainingRun(Small.shapes(40))) {
      List<float[]> before =
          run.model().parameters().stream().map(p -> p.array().toFloatArray()).toList();
      losses(run, 3);
      for (int i = 0; i < before.size(); i++) {
        Parameter parameter = run.model().parameters().get(i);
        float[] after = parameter.array().toFloatArray();
        float[] was = before.get(i);
        long changed = IntStream.range(0, was.length).filter(k -> was[k] != after[k]).count();
        assertTrue(changed > was.length / 4, parameter.name() + ": " + changed);
      }
    }
  }

  @Test
  void lossFalls() {
    try (TrainingRun run = new TrainingRun(Small.shapes(40))) {
      double[] losses = losses(run, 40);
      double before = IntStream.range(2, 5).mapToDouble(i -> losses[i]).average().orElseThrow();
      double after = IntStream.range(30, 40).mapToDouble(i -> losses[i]).average().orElseThrow();
      assertTrue(after < before - 1, before + " to " + after);
    }
  }

  @Test
  void aStoppedTrainingGoesOnAsIfItHadNot() {
    Path state = folder.resolve("state.safetensors");
    double[] whole;
    try (TrainingRun run = new TrainingRun(Small.shapes(40))) {
      whole = losses(run, 6);
    }
    try (TrainingRun run = new TrainingRun(Small.shapes(40))) {
      losses(run, 4);
      ModelFolder.writeState(run, state);
    }
    try (TrainingRun run = new TrainingRun(Small.shapes(40))) {
      ModelFolder.readState(run, state);
      assertArrayEquals(new double[] {whole[4], whole[5]}, losses(run, 2));
    }
  }

  @Test
  void whatIsWrittenAnswersAsWhatWasTrained() throws IOException {
    Vocabulary vocabulary = Vocabulary.shapes();
    List<ShapeScene> scenes = LongStream.range(0, 60).mapToObj(ShapesWorld::draw).toList();
    try (TrainingRun run = new TrainingRun(Small.shapes(20))) {
      losses(run, 20);
      ModelFolder.write(run, folder);
      ShapeScores trained = ShapeScores.of(run.transformer(), vocabulary, scenes);
      try (Model written = Model.open(folder, Progress.NONE);
          SafetensorsFile file = SafetensorsFile.open(folder.resolve("model.safetensors"))) {
        assertEquals("llava", written.spec().family());
        ShapeScores read = ShapeScores.of(written.transformer(), vocabulary, scenes);
        assertEquals(trained.share(), read.share(), 0.05);
        assertTrue(Files.exists(folder.resolve("preprocessor_config.json")));
        assertArrayEquals(
            new long[] {32, 3, 8, 8},
            file.info(TOWER + "embeddings.patch_embedding.weight").shape());
        assertEquals(32, file.floats(TOWER + "embeddings.class_embedding").length);
        assertEquals(32, file.floats(TOWER + "encoder.layers.0.self_attn.k_proj.bias").length);
        assertEquals(32, file.floats(TOWER + "post_layernorm.weight").length);
      }
    }
  }

  /** Whoever opens the folder sees pictures and prompts as the training did. */
  @Test
  void theFolderSaysHowPicturesAreRead() {
    ShapesWorld world = ShapesWorld.even(Vocabulary.shapes());
    try (TrainingRun run = new TrainingRun(Small.shapes(20))) {
      ModelFolder.write(run, folder);
      for (long seed = 0; seed < 3; seed++) {
        ShapeScene scene = ShapesWorld.draw(seed);
        PreparedPictures prepared = ImageProcessor.open(folder).prepare(scene.picture());
        try (NDArray trained = PixelBatch.pixels(List.of(scene.rgb()), run.manager())) {
          assertArrayEquals(trained.toFloatArray(), prepared.pixels().values(), 1e-5f);
        }
        try (Model model = Model.open(folder, Progress.NONE)) {
          int[] ids = model.tokenizer().orElseThrow().encode(scene.question().prompt()).ids();
          Config config = Config.read(folder.resolve("config.json"));
          int[] expanded =
              PromptExpansion.open(config, model.tokenizer()).expand(ids, prepared.layouts());
          assertArrayEquals(world.prompt(scene.question()), expanded);
        }
      }
    }
  }
}
