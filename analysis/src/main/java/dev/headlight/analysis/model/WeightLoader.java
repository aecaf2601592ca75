package dev.headlight.analysis.model;

import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.checkpoint.Checkpoint;
import dev.headlight.analysis.job.Progress;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a model's weights under the plan asked for, or under cheaper ones as memory runs out. */
final class WeightLoader {
  private static final Logger LOG = LoggerFactory.getLogger(WeightLoader.class);

  private final Checkpoint checkpoint;
  private final Supplier<NDManager> managers;
  private final Reading reading;

  /** Reads all weights. */
  interface Reading {
    ModelWeights read(WeightReader reader);
  }

  /** Weights with the manager that owns them. */
  record Loaded(ModelWeights weights, ResidencyPlan plan, NDManager manager) {}

  WeightLoader(Checkpoint checkpoint, Supplier<NDManager> managers, Reading reading) {
    this.checkpoint = checkpoint;
    this.managers = managers;
    this.reading = reading;
  }

  /**
   * Reads the weights.
   *
   * @throws dev.headlight.analysis.HeadlightException when they cannot be read, or memory runs out
   *     under the plan asked for, or under the cheapest
   */
  Loaded load(OpenOptions options, Progress progress) {
    Residency asked = options.residency();
    ResidencyPlan plan = null;
    while (true) {
      NDManager manager = managers.get();
      try {
        plan = plan == null ? first(options, manager) : plan;
        WeightReader reader = new WeightReader(checkpoint, manager, plan.residency(), progress);
        ModelWeights weights = reading.read(reader);
        LOG.debug("{}: {}", checkpoint.name(), plan.text());
        return new Loaded(weights, plan.withResident(reader.residentBytes()), manager);
      } catch (RuntimeException | Error e) {
        manager.close();
        if (plan == null || !OutOfMemory.is(e)) {
          throw e;
        }
        if (asked != Residency.AUTO || plan.residency() == Residency.STREAMED) {
          throw OutOfMemory.opening(checkpoint.name(), plan, e);
        }
        LOG.warn("{}: memory ran out, {}", checkpoint.name(), plan.text());
        plan = plan.cheaper(checkpoint);
      }
    }
  }

  /** A device that does not tell what is free gets all as fp32. */
  private ResidencyPlan first(OpenOptions options, NDManager manager) {
    long host = options.shareOf(FreeMemory.bytes());
    long free = options.shareOf(FreeMemory.bytes(manager.getDevice()).orElse(Long.MAX_VALUE));
    return ResidencyPlan.choose(checkpoint, options.residency(), free, host);
  }
}
