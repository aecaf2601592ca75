package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.checkpoint.Checkpoint;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Device;
import dev.headlight.analysis.model.FreeMemory;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.OpenOptions;
import dev.headlight.analysis.model.Residency;
import dev.headlight.analysis.model.ResidencyPlan;
import dev.headlight.samples.SampleVersion;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What every command on a model takes, and how it opens the model. */
final class ModelOptions {
  private static final String THREADS = "ai.djl.pytorch.num_threads";

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      description =
          "Where to compute: cpu, cuda[:n], mps, or auto, the first of cuda:0, mps and cpu that is"
              + " there; headlight doctor lists them; default: ${DEFAULT-VALUE}.")
  private String device;

  @Option(
      names = "--residency",
      paramLabel = "WHERE",
      defaultValue = "auto",
      description =
          "Where weights stay: full (fp32 in memory), stored (in memory as stored), streamed (on"
              + " disk), or auto, the first that fits; the answer is the same; default:"
              + " ${DEFAULT-VALUE}.")
  private Residency residency;

  @Option(
      names = "--memory-share",
      paramLabel = "SHARE",
      defaultValue = "1",
      description =
          "Share of the free memory that may be taken where --residency is auto, above 0, at most"
              + " 1; default: ${DEFAULT-VALUE}.")
  private double memoryShare;

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

  /** The same options for another command line. */
  List<String> arguments() {
    List<String> line = new ArrayList<>(List.of("--device", device, "--seed", Long.toString(seed)));
    if (threads != null) {
      line.addAll(List.of("--threads", threads.toString()));
    }
    return line;
  }

  /** Opens the files of a model; weights are not read. */
  Checkpoint checkpoint(String model) {
    return Checkpoint.open(path(model));
  }

  /** Opens a model on the device asked for. */
  Model open(String model, Progress progress) {
    prepare();
    return Model.open(path(model), openOptions(), progress);
  }

  /** Where the weights of a checkpoint would stay on the CPU. */
  ResidencyPlan plan(Checkpoint checkpoint) {
    long free = openOptions().shareOf(FreeMemory.bytes());
    return ResidencyPlan.choose(checkpoint, residency, free, free);
  }

  /** The device asked for; whether it is there is another question. */
  Device device() {
    return Device.parse(device);
  }

  private OpenOptions openOptions() {
    if (!(memoryShare > 0 && memoryShare <= 1)) {
      throw new HeadlightException(
          Kind.INPUT,
          "--memory-share: expected a share above 0, at most 1, found " + memoryShare + ".");
    }
    return new OpenOptions(device(), residency, memoryShare);
  }

  /** Sets the threads; before the engine starts. */
  void prepare() {
    if (threads != null) {
      if (threads < 1) {
        throw new HeadlightException(
            Kind.INPUT, "--threads: expected 1 or more, found " + threads + ".");
      }
      // The engine reads this when it starts.
      System.setProperty(THREADS, threads.toString());
    }
  }

  /** The folder or file behind a MODEL argument. */
  static Path path(String model) {
    Optional<SampleVersion> sample = SampleModels.named(model);
    if (sample.isPresent()) {
      return sample.get().folder();
    }
    try {
      return Path.of(model);
    } catch (InvalidPathException e) {
      throw new HeadlightException(
          Kind.MODEL,
          model + ": not a path on this system; give a folder, sample:NAME or sample:NAME@STEP.",
          e);
    }
  }
}
