package dev.headlight.samples.train;

import dev.headlight.analysis.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a recipe into a folder: {@code checkpoint-N/} on a logarithmic scale, {@code model/} at
 * the end, {@code loss.csv}, {@code scores.csv}, {@code curves.svg}, and {@code state.safetensors},
 * from which a training that was stopped goes on.
 */
final class Trainer {
  private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);
  private static final int LOG_EVERY = 20;
  private static final int STATE_EVERY = 100;

  private final Recipe recipe;
  private final Path folder;
  private final Path state;

  Trainer(Recipe recipe, Path folder) {
    this.recipe = recipe;
    this.folder = folder;
    this.state = folder.resolve("state.safetensors");
  }

  /** Trains until this many steps are done, or the last one of the recipe. */
  void train(int until) throws IOException {
    AtomicFiles.createFolder(folder);
    try (TrainingRun run = new TrainingRun(recipe)) {
      if (Files.exists(state)) {
        ModelFolder.readState(run, state);
        LOG.info("going on after step {}", run.step());
      }
      train(run, Math.min(until, recipe.steps()));
      if (run.step() == recipe.steps()) {
        ModelFolder.write(run, folder.resolve("model"));
        Curves.write(folder);
      }
    }
  }

  private void train(TrainingRun run, int until) throws IOException {
    LossLog losses = new LossLog(folder.resolve("loss.csv"), LOG_EVERY, run.step());
    String header = "step," + String.join(",", recipe.measures().names());
    Path scoreFile = folder.resolve("scores.csv");
    StepTable scores = StepTable.begin(scoreFile, header, run.step());
    double before = losses.seconds();
    long start = System.nanoTime();
    while (run.step() < until) {
      StepResult step = run.next();
      losses.add(step, before + (System.nanoTime() - start) * 1e-9);
      if (step.step() % STATE_EVERY == 0) {
        scores.add(scored(run, step));
        losses.write();
        scores.write(scoreFile);
        ModelFolder.writeState(run, state);
      }
      if (isCheckpoint(step.step())) {
        ModelFolder.write(run, folder.resolve("checkpoint-" + step.step()));
      }
    }
  }

  private String scored(TrainingRun run, StepResult step) {
    String found =
        Arrays.stream(recipe.measures().of(run.transformer()))
            .mapToObj(value -> String.format(Locale.ROOT, "%.4f", value))
            .collect(Collectors.joining(","));
    LOG.info("step {} of {}: loss {}, {}", step.step(), recipe.steps(), step.loss(), found);
    return step.step() + "," + found;
  }

  /** 1, 2, 5, 10, 20, 50, … */
  static boolean isCheckpoint(int step) {
    int leading = step;
    while (leading % 10 == 0) {
      leading /= 10;
    }
    return List.of(1, 2, 5).contains(leading);
  }
}
