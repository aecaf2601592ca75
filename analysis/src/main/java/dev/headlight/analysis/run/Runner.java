package dev.headlight.analysis.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.HostMemory;
import dev.headlight.analysis.model.KvCache;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.PassInput;
import dev.headlight.analysis.model.Transformer;
import java.util.ArrayList;
import java.util.List;

/** Turns requests into passes and passes into runs. */
public final class Runner {
  private final Transformer transformer;
  private final NDManager manager;

  /** Runs this transformer with arrays under {@code manager}. */
  public Runner(Transformer transformer, NDManager manager) {
    this.transformer = transformer;
    this.manager = manager;
  }

  /** The model's shape. */
  public ModelSpec spec() {
    return transformer.spec();
  }

  /** One run a sequence; see {@link dev.headlight.analysis.model.Model#run}. */
  public List<Run> run(RunRequest request, LayerListener listener, Progress progress) {
    check(request);
    request.sites().forEach(s -> Sites.require(transformer.spec(), s));
    request.heads().ifPresent(heads -> heads.resolve(transformer.spec()));
    Preparer preparer = new Preparer(this, request, request.interventions(), progress);
    List<Run> runs = new ArrayList<>();
    try {
      for (int s = 0; s < request.sequences().size(); s++) {
        double count = request.sequences().size();
        Progress part = progress.part(s / count, (s + 1) / count);
        runs.add(one(request, s, preparer, listener, part));
      }
      return runs;
    } catch (RuntimeException | Error e) {
      runs.forEach(Run::close);
      throw e;
    }
  }

  /**
   * Checks the prompts of a request.
   *
   * @throws HeadlightException when the model cannot read one of them
   */
  public void check(RunRequest request) {
    request.sequences().forEach(s -> checkTokens(s, transformer.spec().maxPositions()));
    checkTypes(request);
  }

  private Run one(
      RunRequest request,
      int sequence,
      Preparer preparer,
      LayerListener listener,
      Progress progress) {
    ModelSpec spec = transformer.spec();
    int[] tokens = request.sequences().get(sequence);
    Edits edits = preparer.prepare(request.interventions(), sequence).edits();
    NDManager keeper = manager.newSubManager();
    try {
      PassRecorder recorder = new PassRecorder(spec, request, edits, 0, tokens, keeper);
      recorder.listen(listener);
      long start = System.nanoTime();
      Tensor logits;
      PassInput input =
          new PassInput(
              List.of(tokens),
              types(request, sequence),
              null,
              request.allLogits(),
              request.lastRows(spec),
              false);
      try (NDArray out = transformer.forward(input, recorder, progress, keeper)) {
        logits =
            new Tensor(
                HostMemory.copy(out), (int) out.getShape().get(1), (int) out.getShape().get(2));
      }
      double milliseconds = (System.nanoTime() - start) / 1e6;
      return new EngineRun(spec, tokens, request, edits, recorder, logits, keeper, milliseconds);
    } catch (RuntimeException | Error e) {
      keeper.close();
      throw e;
    }
  }

  /**
   * A pass that goes on from a cache.
   *
   * @return logits of the last position, {@code [V]}
   */
  public float[] step(
      int[] tokens, KvCache cache, PreparedEdits prepared, NDManager scope, Progress progress) {
    ModelSpec spec = transformer.spec();
    RunRequest nothing = RunRequest.of(tokens);
    PassRecorder recorder =
        new PassRecorder(spec, nothing, prepared.edits(), cache.length(), tokens, scope);
    PassInput input = PassInput.lastRow(List.of(tokens), cache);
    try (NDArray out = transformer.forward(input, recorder, progress, scope)) {
      return HostMemory.copy(out);
    }
  }

  /** Interventions made ready for a prompt that will be continued. */
  public PreparedEdits prepare(int[] prompt, List<Intervention> changes, Progress progress) {
    return prepare(prompt, changes, Substitutes.OWN, progress);
  }

  /** The same, with heads' outputs taken from these substitutes. */
  public PreparedEdits prepare(
      int[] prompt, List<Intervention> changes, Substitutes substitutes, Progress progress) {
    checkTokens(prompt, transformer.spec().maxPositions());
    RunRequest request = RunRequest.of(prompt).withInterventions(changes);
    return new Preparer(this, request, substitutes, changes, progress).prepare(changes, 0);
  }

  private static List<int[]> types(RunRequest request, int sequence) {
    return request.tokenTypes().isEmpty() ? List.of() : List.of(request.tokenTypes().get(sequence));
  }

  private void checkTypes(RunRequest request) {
    List<int[]> types = request.tokenTypes();
    if (types.isEmpty()) {
      return;
    }
    int count = transformer.spec().embedding().types();
    if (count == 0) {
      throw new HeadlightException(
          Kind.INPUT, transformer.spec().family() + " has no token types; leave them out");
    }
    for (int s = 0; s < request.sequences().size(); s++) {
      int expected = request.sequences().get(s).length;
      if (types.size() != request.sequences().size() || types.get(s).length != expected) {
        throw new HeadlightException(
            Kind.INPUT,
            "prompt " + s + " has " + expected + " tokens; give it as many token types");
      }
      for (int type : types.get(s)) {
        if (type < 0 || type >= count) {
          throw new HeadlightException(
              Kind.INPUT, "token type " + type + " is outside the model's, 0 to " + (count - 1));
        }
      }
    }
  }

  private void checkTokens(int[] tokens, int maxPositions) {
    if (tokens.length == 0) {
      throw new HeadlightException(
          Kind.INPUT, "the prompt has no tokens; type some text or give ids");
    }
    if (tokens.length > maxPositions) {
      throw new HeadlightException(
          Kind.INPUT,
          "the prompt has "
              + tokens.length
              + " tokens, the model's positions end at "
              + maxPositions
              + "; shorten the prompt");
    }
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i] < 0 || tokens[i] >= transformer.weights().embedding().tokens().rows()) {
        throw new HeadlightException(
            Kind.INPUT,
            "token id "
                + tokens[i]
                + " at position "
                + i
                + " is outside the vocabulary, 0 to "
                + (transformer.weights().embedding().tokens().rows() - 1));
      }
    }
  }
}
