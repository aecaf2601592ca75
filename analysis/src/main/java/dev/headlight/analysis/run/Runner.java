package dev.headlight.analysis.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Hooks;
import dev.headlight.analysis.model.HostMemory;
import dev.headlight.analysis.model.KvCache;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.PassInput;
import dev.headlight.analysis.model.PassPictures;
import dev.headlight.analysis.model.PromptFrame;
import dev.headlight.analysis.model.Transformer;
import dev.headlight.analysis.model.VisionSpec;
import dev.headlight.analysis.model.VisionWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns requests into passes and passes into runs. */
public final class Runner {
  private final Transformer transformer;
  private final NDManager manager;
  private final Forward forward;
  private final Optional<TowerRunner> tower;

  /** Runs this transformer with arrays under {@code manager}. */
  public Runner(Transformer transformer, NDManager manager) {
    this(transformer, manager, transformer::forward);
  }

  Runner(Transformer transformer, NDManager manager, Forward forward) {
    this.transformer = transformer;
    this.manager = manager;
    this.forward = forward;
    tower = transformer.spec().vision().map(v -> new TowerRunner(transformer, manager));
  }

  /** What a pass computes; the result belongs to {@code owner}. */
  interface Forward {
    NDArray run(PassInput input, Hooks hooks, Progress progress, NDManager owner);
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
    Made made = made(request, progress);
    List<Run> runs = new ArrayList<>();
    try {
      for (int s = 0; s < request.sequences().size(); s++) {
        double count = request.sequences().size();
        Progress part = progress.part(s / count, (s + 1) / count);
        runs.add(one(request, s, made, listener, part));
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
    new PromptChecks(transformer).check(request);
  }

  /**
   * A request made ready.
   *
   * @param changes in the transformer itself
   * @param preparer of these
   * @param pictures for its tower, where it has one
   */
  record Made(List<Intervention> changes, Preparer preparer, Optional<TowerRunner.Ready> pictures) {
    PreparedEdits edits(int sequence) {
      return preparer.prepare(changes, sequence);
    }
  }

  private Made made(RunRequest request, Progress progress) {
    TowerChanges changes = TowerChanges.of(request.interventions(), transformer.spec());
    Preparer preparer = new Preparer(this, request, changes.main(), progress);
    return new Made(
        changes.main(),
        preparer,
        tower.map(t -> t.ready(request, changes.vision(), progress.silent())));
  }

  private Run one(
      RunRequest request, int sequence, Made made, LayerListener listener, Progress progress) {
    if (made.pictures().isEmpty() || request.pictures().isEmpty()) {
      return one(request, sequence, made.edits(sequence), Optional.empty(), listener, progress);
    }
    int[] tokens = request.sequences().get(sequence);
    Sight sight =
        tower.orElseThrow().see(made.pictures().get(), sequence, tokens, progress.part(0, 0.3));
    try {
      PreparedEdits edits = made.edits(sequence);
      Progress rest = progress.part(0.3, 1);
      return one(request, sequence, edits, Optional.of(sight), listener, rest);
    } catch (RuntimeException | Error e) {
      sight.close();
      throw e;
    }
  }

  /** One sequence of a request; what was seen becomes the run's. */
  Run one(
      RunRequest request,
      int sequence,
      PreparedEdits prepared,
      Optional<Sight> sight,
      LayerListener listener,
      Progress progress) {
    ModelSpec spec = transformer.spec();
    int[] tokens = request.sequences().get(sequence);
    NDManager keeper = manager.newSubManager();
    try {
      long start = System.nanoTime();
      PassInput input = input(request, sequence, sight, keeper);
      PromptFrame frame = PromptFrame.of(spec, input);
      Edits edits = prepared.edits();
      PassRecorder recorder = new PassRecorder(spec, request, edits, 0, tokens, frame, keeper);
      recorder.listen(listener);
      Tensor output;
      try (NDArray out = forward.run(input, recorder, progress, keeper)) {
        long[] shape = out.getShape().getShape();
        int width = (int) shape[shape.length - 1];
        output = new Tensor(HostMemory.copy(out), (int) out.size() / Math.max(1, width), width);
      }
      free(input);
      double milliseconds = (System.nanoTime() - start) / 1e6;
      Optional<Contrasted> contrasted = contrasted(output, sight);
      EngineRun.Outcome outcome =
          new EngineRun.Outcome(output, seen(request, sequence, sight), contrasted, milliseconds);
      return new EngineRun(spec, tokens, request, edits, recorder, outcome, keeper);
    } catch (RuntimeException | Error e) {
      keeper.close();
      throw e;
    }
  }

  private static void free(PassInput input) {
    if (input.pictures() != null) {
      PassPictures pictures = input.pictures();
      (pictures.features() == null ? pictures.pixels() : pictures.features()).close();
    }
  }

  /** What a pass over a sequence reads. */
  private PassInput input(
      RunRequest request, int sequence, Optional<Sight> sight, NDManager owner) {
    ModelSpec spec = transformer.spec();
    if (spec.patches().isPresent()) {
      PassPictures picture = new Pieces(spec).pass(request.pictures().get(sequence), owner);
      return PassInput.ofPictures(spec, picture, false);
    }
    int[] tokens = request.sequences().get(sequence);
    PassInput input =
        new PassInput(
            List.of(tokens),
            types(request, sequence),
            null,
            request.allLogits(),
            request.lastRows(spec),
            false);
    if (!request.hidden().isEmpty()) {
      input = input.hiding(request.hidden().get(sequence));
    }
    return with(input, sight, owner);
  }

  /** The same with what was seen in place of the image tokens. */
  private PassInput with(PassInput input, Optional<Sight> sight, NDManager owner) {
    VisionSpec vision = transformer.spec().vision().orElse(null);
    if (sight.isEmpty() || vision == null || !vision.inPrompt()) {
      return input;
    }
    int rows = 0;
    for (Run run : sight.get().tower()) {
      rows += ((EngineRun) run).output().size(0);
    }
    NDArray features =
        HostMemory.filled(
            new Shape(rows, transformer.spec().width()),
            owner,
            memory ->
                sight.get().tower().forEach(r -> memory.put(((EngineRun) r).output().data())));
    int[] places = vision.places(input.tokens().get(0));
    return input.with(PassPictures.seen(features, places, sight.get().tokens()));
  }

  /**
   * Where the pictures of a prompt stand and how they are cut, without running anything.
   *
   * @return without runs of the tower
   * @throws HeadlightException when the model cannot read them
   */
  public Sight where(RunRequest request, int sequence) {
    return tower
        .map(t -> t.where(request, sequence))
        .orElseGet(() -> seen(request, sequence, Optional.empty()).orElseThrow());
  }

  private Optional<Sight> seen(RunRequest request, int sequence, Optional<Sight> sight) {
    if (transformer.spec().patches().isEmpty()) {
      return sight;
    }
    PatchGrid grid = new Pieces(transformer.spec()).grid(request.pictures().get(sequence));
    return Optional.of(new Sight(List.of(), List.of(grid), List.of(), List.of()));
  }

  private Optional<Contrasted> contrasted(Tensor output, Optional<Sight> sight) {
    if (transformer.weights().vision() == null
        || transformer.weights().vision().contrast() == null) {
      return Optional.empty();
    }
    VisionWeights.Contrast contrast = transformer.weights().vision().contrast();
    List<float[]> images =
        sight.stream()
            .flatMap(s -> s.tower().stream())
            .map(run -> ((EngineRun) run).output().data())
            .toList();
    return Optional.of(Contrasted.of(output.data(), images, contrast));
  }

  /**
   * A pass that goes on from a cache.
   *
   * @return logits of the last position, {@code [V]}
   */
  public float[] step(
      int[] tokens, KvCache cache, PreparedEdits prepared, NDManager scope, Progress progress) {
    return cached(PassInput.lastRow(List.of(tokens), cache), prepared, scope, progress);
  }

  /**
   * The pass over a prompt that will be continued, with the pictures in it.
   *
   * @param prompt what is read; its changes in the tower are made here
   * @param tokens its tokens, and what was written since where all is read again
   * @param cache empty
   * @param prepared its other changes
   * @return logits of the last position, {@code [V]}
   */
  public float[] begin(
      RunRequest prompt,
      int[] tokens,
      KvCache cache,
      PreparedEdits prepared,
      NDManager scope,
      Progress progress) {
    PassInput input = PassInput.lastRow(List.of(tokens), cache);
    Optional<Sight> sight = look(prompt, 0, progress);
    try {
      return cached(with(input, sight, scope), prepared, scope, progress);
    } finally {
      sight.ifPresent(Sight::close);
    }
  }

  /** What the tower sees of a prompt of a request. */
  private Optional<Sight> look(RunRequest request, int sequence, Progress progress) {
    TowerChanges changes = TowerChanges.of(request.interventions(), transformer.spec());
    return tower
        .map(t -> Map.entry(t, t.ready(request, changes.vision(), progress)))
        .filter(e -> e.getValue().request() != null)
        .map(
            e ->
                e.getKey()
                    .see(e.getValue(), sequence, request.sequences().get(sequence), progress));
  }

  private float[] cached(
      PassInput input, PreparedEdits prepared, NDManager scope, Progress progress) {
    ModelSpec spec = transformer.spec();
    int[] tokens = input.tokens().get(0);
    RunRequest nothing = RunRequest.of(tokens);
    PromptFrame frame = PromptFrame.of(spec, input);
    int past = input.cache().length();
    PassRecorder recorder =
        new PassRecorder(spec, nothing, prepared.edits(), past, tokens, frame, scope);
    try (NDArray out = transformer.forward(input, recorder, progress, scope)) {
      return HostMemory.copy(out);
    } finally {
      free(input);
    }
  }

  /**
   * What a pass over a sequence reads, its pictures seen by the tower under the request's changes
   * in it; for those who drive the pass themselves.
   *
   * @param tail how many rows, counted from the end, the last block computes
   * @param owner owner of what was seen
   */
  public PassInput read(
      RunRequest request, int sequence, int tail, NDManager owner, Progress progress) {
    Optional<Sight> sight = look(request, sequence, progress);
    try {
      PassInput input = input(request, sequence, sight, owner);
      return transformer.spec().patches().isPresent()
          ? input
          : new PassInput(
              input.tokens(),
              input.tokenTypes(),
              null,
              false,
              tail,
              false,
              input.pictures(),
              input.hidden());
    } finally {
      sight.ifPresent(Sight::close);
    }
  }

  /**
   * Changes made ready for a prompt that will be continued: those in the main transformer.
   *
   * @param prompt one sequence, with its pictures and changes
   */
  public PreparedEdits prepare(RunRequest prompt, Substitutes substitutes, Progress progress) {
    check(prompt);
    List<Intervention> changes = TowerChanges.of(prompt.interventions(), transformer.spec()).main();
    return new Preparer(this, prompt, substitutes, changes, progress).prepare(changes, 0);
  }

  /** Interventions made ready for a prompt that will be continued. */
  public PreparedEdits prepare(int[] prompt, List<Intervention> changes, Progress progress) {
    return prepare(prompt, changes, Substitutes.OWN, progress);
  }

  /** The same, with heads' outputs taken from these substitutes. */
  public PreparedEdits prepare(
      int[] prompt, List<Intervention> changes, Substitutes substitutes, Progress progress) {
    RunRequest request = RunRequest.of(prompt).withInterventions(changes);
    return prepare(request, substitutes, progress);
  }

  private static List<int[]> types(RunRequest request, int sequence) {
    return request.tokenTypes().isEmpty() ? List.of() : List.of(request.tokenTypes().get(sequence));
  }
}
