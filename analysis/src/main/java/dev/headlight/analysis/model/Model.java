package dev.headlight.analysis.model;

import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.checkpoint.Checkpoint;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.family.Families;
import dev.headlight.analysis.model.family.Family;
import dev.headlight.analysis.run.LayerListener;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Runner;
import dev.headlight.analysis.text.TextTokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A checkpoint that can be run. All methods that compute belong to one thread at a time: the engine
 * is never called from two.
 */
public final class Model implements AutoCloseable {
  private final String name;
  private final Checkpoint checkpoint;
  private final Transformer transformer;
  private final ResidencyPlan residency;
  private final Runner runner;
  private final NDManager manager;
  private Optional<TextTokenizer> tokenizer;

  private Model(
      String name,
      Checkpoint checkpoint,
      Transformer transformer,
      ResidencyPlan residency,
      NDManager manager) {
    this.name = name;
    this.checkpoint = checkpoint;
    this.transformer = transformer;
    this.residency = residency;
    this.manager = manager;
    runner = new Runner(transformer, manager);
  }

  /**
   * Opens a Hugging Face folder (or a .safetensors file beside its config.json) and loads its
   * weights.
   *
   * @throws dev.headlight.analysis.HeadlightException naming the file, field or tensor that is
   *     wrong
   */
  public static Model open(Path folder, Progress progress) {
    return open(folder, OpenOptions.AUTO, progress);
  }

  /** The same, on a device and with weights kept as the options say. */
  public static Model open(Path folder, OpenOptions options, Progress progress) {
    Checkpoint checkpoint = Checkpoint.open(folder);
    try {
      Family family = Families.of(checkpoint.config());
      ModelSpec spec = family.spec(checkpoint.config());
      progress.report(0, "starting the engine");
      WeightLoader loader =
          new WeightLoader(
              checkpoint,
              () -> Engines.manager(options.device()),
              reader -> family.weights(spec, checkpoint.config(), reader));
      WeightLoader.Loaded loaded = loader.load(options, progress.part(0.1, 1));
      Transformer transformer = new Transformer(spec, loaded.weights());
      return new Model(checkpoint.name(), checkpoint, transformer, loaded.plan(), loaded.manager());
    } catch (RuntimeException | Error e) {
      checkpoint.close();
      throw e;
    }
  }

  /** A model without files, for benches and trainers; it owns {@code manager}. */
  public static Model of(String name, Transformer transformer, NDManager manager) {
    long bytes =
        transformer.weights().arrays().stream().mapToLong(a -> a.size() * Float.BYTES).sum();
    ResidencyPlan plan =
        new ResidencyPlan(Residency.FULL, "made in memory", bytes, 0, FreeMemory.bytes());
    return new Model(name, null, transformer, plan, manager);
  }

  /** Folder name of the checkpoint. */
  public String name() {
    return name;
  }

  /** The model's shape. */
  public ModelSpec spec() {
    return transformer.spec();
  }

  /**
   * The files behind the model.
   *
   * @throws IllegalStateException for a model without files
   */
  public Checkpoint checkpoint() {
    if (checkpoint == null) {
      throw new IllegalStateException(name + " has no files");
    }
    return checkpoint;
  }

  /**
   * The tokenizer, where the folder has one; without it ids still work. Opened when first asked
   * for.
   */
  public synchronized Optional<TextTokenizer> tokenizer() {
    if (tokenizer == null) {
      tokenizer = checkpoint == null ? Optional.empty() : TextTokenizer.open(checkpoint);
    }
    return tokenizer;
  }

  /** Where the model computes: {@code cpu}, {@code cuda:0}, {@code mps}. */
  public String device() {
    return Devices.named(manager.getDevice()).toString();
  }

  /** Where its weights stay, and why. */
  public ResidencyPlan residency() {
    return residency;
  }

  /** The pass itself, for those who drive it themselves. */
  public Transformer transformer() {
    return transformer;
  }

  /** Makes requests into passes, for those who drive the pass themselves. */
  public Runner runner() {
    return runner;
  }

  /**
   * Does work that drives the pass itself.
   *
   * @throws dev.headlight.analysis.HeadlightException when memory runs out, saying what to do
   */
  public <T> T guarded(Supplier<T> work) {
    return OutOfMemory.told(work, residency);
  }

  /** A manager of arrays beside the weights, which its caller closes. */
  public NDManager newScope() {
    return manager.newSubManager();
  }

  /**
   * Runs the prompts of a request, one after the other.
   *
   * @return one run a sequence; the caller closes them
   * @throws dev.headlight.analysis.HeadlightException when the request does not fit the model, or
   *     memory runs out
   * @throws java.util.concurrent.CancellationException when the progress was cancelled; nothing is
   *     kept
   */
  public List<Run> run(RunRequest request, Progress progress) {
    return run(request, LayerListener.NONE, progress);
  }

  /** The same, telling of each layer when its statistics are there. */
  public List<Run> run(RunRequest request, LayerListener listener, Progress progress) {
    return OutOfMemory.told(() -> runner.run(request, listener, progress), residency);
  }

  /**
   * Writes on after a prompt, with a key/value cache.
   *
   * @throws java.util.concurrent.CancellationException when the progress was cancelled; what the
   *     listener heard until then stands
   */
  public Generation generate(
      GenerateRequest request, Generation.Listener listener, Progress progress) {
    Generator generator = new Generator(spec(), runner, manager);
    return OutOfMemory.told(() -> generator.generate(request, listener, progress), residency);
  }

  /** Engine arrays that are alive under this model: weights, and runs that are still open. */
  public int liveArrays() {
    return manager.getManagedArrays().size();
  }

  /** Frees weights, tokenizer and files. */
  @Override
  public void close() {
    manager.close();
    if (tokenizer != null) {
      tokenizer.ifPresent(TextTokenizer::close);
    }
    if (checkpoint != null) {
      checkpoint.close();
    }
  }
}
