package dev.headlight.analysis.model;

import dev.headlight.analysis.checkpoint.Checkpoint;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.text.TextTokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A checkpoint that can be run. All methods that compute belong to one thread at a time: the engine
 * is never called from two.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Model implements AutoCloseable {
  private Model() {}

  /**
   * Opens a Hugging Face folder (or a .safetensors file beside its config.json) and loads its
   * weights.
   *
   * @throws dev.headlight.analysis.HeadlightException naming the file, field or tensor that is
   *     wrong
   */
  public static Model open(Path folder, Progress progress) {
    throw new UnsupportedOperationException(folder + " " + progress);
  }

  /** Folder name of the checkpoint. */
  public String name() {
    return checkpoint().name();
  }

  /** The model's shape. */
  public ModelSpec spec() {
    throw new UnsupportedOperationException();
  }

  /** The files behind the model. */
  public Checkpoint checkpoint() {
    throw new UnsupportedOperationException();
  }

  /** The tokenizer, where the folder has one; without it ids still work. */
  public Optional<TextTokenizer> tokenizer() {
    throw new UnsupportedOperationException();
  }

  /** Where the model computes, such as {@code cpu}. */
  public String device() {
    throw new UnsupportedOperationException();
  }

  /**
   * Runs the prompts of a request, one after the other.
   *
   * @return one run a sequence; the caller closes them
   * @throws java.util.concurrent.CancellationException when the progress was cancelled; nothing is
   *     kept
   */
  public List<Run> run(RunRequest request, Progress progress) {
    throw new UnsupportedOperationException(request + " " + progress);
  }

  /** Writes on after a prompt, with a key/value cache. */
  public Generation generate(
      GenerateRequest request, Generation.Listener listener, Progress progress) {
    throw new UnsupportedOperationException(request + " " + listener + " " + progress);
  }

  /** Frees weights, tokenizer and files. */
  @Override
  public void close() {}
}
