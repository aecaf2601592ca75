package dev.headlight.samples.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.checkpoint.SafetensorsFile;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Llama's architecture in training. */
class LlamaBlueprintTest {
  private static final int[] PROMPT = {0, 300, 301, 302, 303, 304, 305, 300, 301, 302};

  @TempDir private Path folder;

  @Test
  void whatIsWrittenIsWhatWasTrainedButForRounding() {
    try (TrainingRun run = new TrainingRun(Small.stories(40))) {
      IntStream.range(0, 5).forEach(i -> run.next());
      ModelFolder.write(run, folder);
      RunRequest request = RunRequest.of(PROMPT);
      Model inMemory = Model.of("small", run.transformer(), run.manager());
      try (Model written = Model.open(folder, Progress.NONE);
          Run read = written.run(request, Progress.NONE).get(0);
          Run trained = inMemory.run(request, Progress.NONE).get(0)) {
        assertEquals("llama", written.spec().family());
        assertEquals(2, written.spec().kvHeads());
        assertArrayEquals(trained.logits(-1), read.logits(-1), 0.02f);
      }
    }
  }

  @Test
  void filesHaveLlamasTensorsInHalfPrecision() throws IOException {
    try (TrainingRun run = new TrainingRun(Small.stories(40))) {
      ModelFolder.write(run, folder);
      try (SafetensorsFile file = SafetensorsFile.open(folder.resolve("model.safetensors"))) {
        assertEquals(2 + 9 * 3, file.names().size());
        float[] qkv =
            run.model().parameters().stream()
                .filter(p -> p.name().equals("model.layers.1.self_attn.qkv"))
                .findFirst()
                .orElseThrow()
                .stored();
        float[] keys = file.floats("model.layers.1.self_attn.k_proj.weight");
        int queries = 4 * 32 * 32; // heads, their width, the stream's
        float[] expected = Arrays.copyOfRange(qkv, queries, queries + keys.length);
        assertArrayEquals(expected, keys, 2e-3f);
      }
    }
  }

  @Test
  void aStoppedTrainingGoesOnAsIfItHadNot() {
    Path state = folder.resolve("state.safetensors");
    double[] whole;
    try (TrainingRun run = new TrainingRun(Small.stories(40))) {
      whole = IntStream.range(0, 8).mapToDouble(i -> run.next().loss()).toArray();
    }
    try (TrainingRun run = new TrainingRun(Small.stories(40))) {
      IntStream.range(0, 5).forEach(i -> run.next());
      ModelFolder.writeState(run, state);
    }
    try (TrainingRun run = new TrainingRun(Small.stories(40))) {
      ModelFolder.readState(run, state);
      double[] rest = IntStream.range(0, 3).mapToDouble(i -> run.next().loss()).toArray();
      assertArrayEquals(Arrays.copyOfRange(whole, 5, 8), rest);
    }
  }

  @Test
  void leaningHeadsBeginByLookingBack() {
    try (TrainingRun training = new TrainingRun(Small.stories(40))) {
      Model model = Model.of("small", training.transformer(), training.manager());
      RunRequest request = RunRequest.of(PROMPT).withSites(Site.PATTERN);
      try (Run run = model.run(request, Progress.NONE).get(0)) {
        Tensor first = run.get(HookName.of(Site.PATTERN, 0));
        assertTrue(back(first.slice(0), 1) > 0.4, "head 0: " + back(first.slice(0), 1));
        assertTrue(back(first.slice(2), 2) > 0.3, "head 2: " + back(first.slice(2), 2));
        assertTrue(back(first.slice(1), 1) < 0.3, "head 1: " + back(first.slice(1), 1));
      }
    }
  }

  /** After a word that was said before, a head that asks looks at that word. */
  @Test
  void askingHeadsBeginByLookingForWhatWasFetched() {
    try (TrainingRun training = new TrainingRun(Small.asking())) {
      Model model = Model.of("small", training.transformer(), training.manager());
      double sum = 0;
      for (int word = 301; word <= 306; word++) {
        int[] prompt = {0, 300, 301, 302, 303, 304, 305, 306, 307, word, 310};
        RunRequest request = RunRequest.of(prompt).withSites(Site.PATTERN);
        try (Run run = model.run(request, Progress.NONE).get(0)) {
          Tensor map = run.get(HookName.of(Site.PATTERN, 1)).slice(0);
          int row = (prompt.length - 1) * prompt.length;
          sum += map.data()[row + word - 299] + map.data()[row + prompt.length - 2];
        }
      }
      double even = 2.0 / 11;
      assertTrue(sum / 6 > 1.3 * even, "mean " + sum / 6);
    }
  }

  private static double back(Tensor map, int distance) {
    int length = map.size(0);
    double sum = 0;
    for (int row = distance; row < length; row++) {
      sum += map.data()[row * length + row - distance];
    }
    return sum / (length - distance);
  }
}
