package dev.headlight.analysis.sinks;

import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.PassInput;
import dev.headlight.analysis.model.PromptFrame;
import dev.headlight.analysis.run.BatchEdits;
import dev.headlight.analysis.run.PreparedEdits;
import dev.headlight.analysis.run.Preparer;
import dev.headlight.analysis.run.RunRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measures where attention rests, over many sequences: one pass each, those of one length as one
 * batch. What it leaves answers every later question without another pass.
 */
public final class SinkAnalysis {
  /** Rows of a batch: enough that matrix products are fast, few enough that a cancel is heard. */
  private static final int ROWS = 512;

  private final Model model;
  private final SinkRequest request;
  private final Progress progress;

  private SinkAnalysis(Model model, SinkRequest request, Progress progress) {
    this.model = model;
    this.request = request;
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @return statistics of the sequences that are long enough
   * @throws HeadlightException when the model cannot read a sequence, the length is below 10, or
   *     every sequence is too short
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static SinkStatistics measure(Model model, SinkRequest request, Progress progress) {
    checkLength(request.length());
    return model.guarded(() -> new SinkAnalysis(model, request, progress).measure());
  }

  static void checkLength(int length) {
    if (length != 0 && length < SinkRequest.LEAST_LENGTH) {
      throw new HeadlightException(
          Kind.INPUT,
          "a length of %d says nothing about sinks: uniform attention alone gives the first token %.2f; ask for %d tokens or more (the paper takes %d)"
              .formatted(
                  length,
                  UniformAttention.columnMean(Math.max(1, length), 0),
                  SinkRequest.LEAST_LENGTH,
                  SinkRates.LENGTH));
    }
  }

  private SinkStatistics measure() {
    int least = Math.max(SinkRequest.LEAST_LENGTH, request.length());
    refuseCut();
    List<int[]> cut = new ArrayList<>();
    List<Integer> indices = new ArrayList<>();
    for (int s = 0; s < request.sequences().size(); s++) {
      int[] ids = request.sequences().get(s);
      if (ids.length >= least) {
        cut.add(request.length() == 0 ? ids : Arrays.copyOf(ids, request.length()));
        indices.add(s);
      }
    }
    if (cut.isEmpty()) {
      throw tooShort(least);
    }
    RunRequest prompts = prompts(cut, indices);
    model.runner().check(prompts);
    SequenceSinks[] done = new SequenceSinks[cut.size()];
    Preparer preparer =
        new Preparer(model.runner(), prompts, request.interventions(), progress.silent());
    int finished = 0;
    for (List<Integer> batch : batches(cut)) {
      String what = "sequences %d to %d of %d";
      progress.report(
          (double) finished / cut.size(),
          what.formatted(finished + 1, finished + batch.size(), cut.size()));
      run(batch, prompts, indices, preparer, done);
      finished += batch.size();
    }
    return new SinkStatistics(
        model.spec(), request, List.of(done), request.sequences().size() - cut.size());
  }

  /** A picture takes all its tokens. */
  private void refuseCut() {
    boolean cut = request.sequences().stream().anyMatch(s -> s.length > request.length());
    if (request.length() > 0 && cut && !request.pictures().isEmpty()) {
      throw new HeadlightException(
          Kind.INPUT,
          "a length of %d would cut a prompt with a picture; leave the length out"
              .formatted(request.length()));
    }
  }

  private RunRequest prompts(List<int[]> cut, List<Integer> indices) {
    return RunRequest.ofSequences(cut)
        .withPictures(
            request.pictures().isEmpty()
                ? List.of()
                : indices.stream().map(request.pictures()::get).toList());
  }

  private HeadlightException tooShort(int least) {
    int longest = request.sequences().stream().mapToInt(s -> s.length).max().orElse(0);
    return new HeadlightException(
        Kind.INPUT,
        "sinks need sequences of %d tokens or more; the longest has %d. Give longer ones%s"
            .formatted(
                least, longest, least > SinkRequest.LEAST_LENGTH ? ", or a smaller length" : ""));
  }

  /** Sequences that run together: of one length, and not too many. */
  private List<List<Integer>> batches(List<int[]> sequences) {
    Map<Integer, List<Integer>> byLength = new TreeMap<>();
    for (int s = 0; s < sequences.size(); s++) {
      byLength.computeIfAbsent(sequences.get(s).length, l -> new ArrayList<>()).add(s);
    }
    List<List<Integer>> batches = new ArrayList<>();
    byLength.forEach(
        (length, all) -> {
          // Each picture is seen by itself.
          int most = request.pictures().isEmpty() ? Math.max(1, ROWS / length) : 1;
          for (int from = 0; from < all.size(); from += most) {
            batches.add(all.subList(from, Math.min(all.size(), from + most)));
          }
        });
    return batches;
  }

  private void run(
      List<Integer> batch,
      RunRequest prompts,
      List<Integer> indices,
      Preparer preparer,
      SequenceSinks[] done) {
    List<int[]> tokens = batch.stream().map(prompts.sequences()::get).toList();
    int length = tokens.get(0).length;
    List<PreparedEdits> edits =
        request.interventions().isEmpty()
            ? List.of()
            : batch.stream().map(s -> preparer.prepare(request.interventions(), s)).toList();
    List<Integer> own = batch.stream().map(indices::get).toList();
    try (NDManager scope = model.newScope()) {
      PassInput input =
          prompts.pictures().isEmpty()
              ? new PassInput(tokens, null, false, false)
              : model
                  .runner()
                  .read(prompts, batch.get(0), Integer.MAX_VALUE, scope, progress.silent());
      SinkHooks hooks =
          new SinkHooks(
              model.spec(),
              PromptFrame.of(model.spec(), input),
              request,
              own,
              length,
              new BatchEdits(edits, length));
      model.transformer().stream(input, hooks, progress.silent(), scope).close();
      for (int b = 0; b < batch.size(); b++) {
        done[batch.get(b)] = hooks.finish(b, own.get(b), tokens.get(b));
      }
    }
  }
}
