package dev.headlight.samples.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a training leaves behind. */
class TrainerTest {
  @TempDir private Path folder;

  @Test
  void checkpointsLieOnALogarithmicScale() {
    List<Integer> steps =
        IntStream.rangeClosed(1, 5000).filter(Trainer::isCheckpoint).boxed().toList();
    assertEquals(List.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000), steps);
  }

  @Test
  void stopsAndGoesOnToAModelWithItsCurves() throws IOException {
    Recipe recipe = Small.recipe(200);
    new Trainer(recipe, folder).train(100);
    assertFalse(Files.exists(folder.resolve("model")));
    new Trainer(recipe, folder).train(Integer.MAX_VALUE);
    List<String> losses = Files.readAllLines(folder.resolve("loss.csv"));
    assertEquals("step,loss,learning_rate,gradient_norm,rows,length,seconds", losses.get(0));
    assertArrayEquals(
        IntStream.rangeClosed(1, 10).map(i -> 20 * i).toArray(),
        losses.stream()
            .skip(1)
            .mapToInt(l -> Integer.parseInt(l.substring(0, l.indexOf(','))))
            .toArray());
    assertEquals(3, Files.readAllLines(folder.resolve("scores.csv")).size());
    String svg = Files.readString(folder.resolve("curves.svg"));
    assertTrue(svg.startsWith("<svg") && svg.endsWith("</svg>\n"), svg);
    assertFalse(svg.contains("NaN"), svg);
  }

  /** The folder holds the very model that was trained: it predicts as the one in memory does. */
  @Test
  void whatIsWrittenIsWhatWasTrained() throws IOException {
    try (TrainingRun run = new TrainingRun(Small.recipe(40))) {
      IntStream.range(0, 5).forEach(i -> run.next());
      ModelFolder.write(run, folder);
      RunRequest request = RunRequest.of(0, 300, 301, 302, 300, 301);
      try (Model written = Model.open(folder, Progress.NONE);
          Run read = written.run(request, Progress.NONE).get(0)) {
        assertArrayEquals(logits(run, request), read.logits(-1), 1e-6f);
      }
    }
  }

  private static float[] logits(TrainingRun training, RunRequest request) {
    Model inMemory = Model.of("small", training.transformer(), training.manager());
    try (Run run = inMemory.run(request, Progress.NONE).get(0)) {
      return run.logits(-1);
    }
  }
}
