package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.checkpoint.Checkpoint;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.samples.Sample;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What every command on a model takes, and how it opens the model. */
final class ModelOptions {
  private static final String THREADS = "ai.djl.pytorch.num_threads";

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      description = "auto, cpu, cuda[:n] or mps; default: ${DEFAULT-VALUE}.")
  private String device;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "CPU threads; default: one a physical core.")
  private Integer threads;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of everything random; default: ${DEFAULT-VALUE}.")
  private long seed;

  long seed() {
    return seed;
  }

  /** Opens the files of a model; weights are not read. */
  Checkpoint checkpoint(String model) {
    return Checkpoint.open(path(model));
  }

  /** Opens a model on the device asked for. */
  Model open(String model, Progress progress) {
    prepare();
    return Model.open(path(model), progress);
  }

  /** Checks the device and sets the threads; before the engine starts. */
  void prepare() {
    checkDevice();
    if (threads != null) {
      if (threads < 1) {
        throw new HeadlightException(
            Kind.INPUT, "--threads: expected 1 or more, found " + threads + ".");
      }
      // The engine reads this when it starts.
      System.setProperty(THREADS, threads.toString());
    }
  }

  private void checkDevice() {
    String wanted = device.toLowerCase(Locale.ROOT);
    if (wanted.equals("auto") || wanted.equals("cpu")) {
      return;
    }
    if (!wanted.matches("cuda(:\\d+)?|mps")) {
      throw new HeadlightException(
          Kind.INPUT, "--device: expected auto, cpu, cuda[:n] or mps, found " + device + ".");
    }
    throw new HeadlightException(
        Kind.INPUT,
        "--device: "
            + wanted
            + " is not available, this build computes on cpu; use --device cpu or auto.");
  }

  /** The folder or file behind a MODEL argument. */
  static Path path(String model) {
    Optional<Sample> sample = SampleModels.named(model);
    if (sample.isPresent()) {
      return SampleModels.folder(sample.get());
    }
    try {
      return Path.of(model);
    } catch (InvalidPathException e) {
      throw new HeadlightException(
          Kind.MODEL, model + ": not a path on this system; give a folder or sample:NAME.", e);
    }
  }
}
