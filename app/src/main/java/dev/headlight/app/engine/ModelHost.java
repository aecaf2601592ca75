package dev.headlight.app.engine;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.attention.AttentionMap;
import dev.headlight.analysis.cost.Calibration;
import dev.headlight.analysis.cost.CostEstimate;
import dev.headlight.analysis.io.Provenance;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.LayerListener;
import dev.headlight.analysis.run.Positions;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.export.ExportRequest;
import dev.headlight.app.export.HeadExport;
import dev.headlight.renderer.Matrix;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * The open model and its current pass. Every method belongs to the model thread; what it answers
 * belongs to anyone. Questions about a pass that has been replaced end as cancelled.
 */
public final class ModelHost implements AutoCloseable {
  /** Longest prompt whose maps are held whole; longer ones are pooled, with exact tiles. */
  public static final int WHOLE = 2048;

  /** Side of the pooled overview of a longer prompt. */
  private static final int OVERVIEW = 1024;

  /** Most next-token logits that are kept for every position: 64 MB. */
  private static final long LOGITS = 16L << 20;

  private static final int CANDIDATES = 5;

  private Model model;
  private Run run;
  private ModelFacts facts;
  private Calibration calibration;
  private long runId;

  /** Opens a model; the former one stays when this fails. */
  public ModelFacts open(ModelSource source, Progress progress) {
    Model opened = Model.open(source.location().get(), progress);
    if (progress.cancelled()) {
      opened.close();
      throw new CancellationException("cancelled");
    }
    close();
    model = opened;
    facts = ModelFacts.of(source, opened);
    calibration = null;
    return facts;
  }

  /** Tokens of a prompt; ids, where the model has no tokenizer. */
  public Tokens tokenize(String prompt, Bos bos) {
    return requireModel()
        .tokenizer()
        .map(tokenizer -> prompt.isEmpty() ? noTokens() : tokenizer.encode(prompt, bos))
        .orElseGet(() -> Tokens.ofIds(null, ids(prompt)));
  }

  private static Tokens noTokens() {
    return Tokens.ofIds(null, new int[0]);
  }

  private static int[] ids(String text) {
    if (text.isBlank()) {
      return new int[0];
    }
    String[] parts = text.strip().split("[\\s,]+", -1);
    int[] ids = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      try {
        ids[i] = Integer.parseInt(parts[i]);
      } catch (NumberFormatException e) {
        throw new HeadlightException(
            HeadlightException.Kind.INPUT,
            "\"%s\" is not a token id; this model has no tokenizer, write ids such as 1 2 3"
                .formatted(parts[i]),
            e);
      }
    }
    return ids;
  }

  /**
   * What {@link #view} of a prompt will cost, where that is worth telling; the first time it
   * measures this machine, for less than a second.
   */
  public Optional<CostEstimate> cost(Tokens tokens, Progress progress) {
    RunRequest request = viewing(tokens);
    if (!Calibration.worthwhile(CostEstimate.flops(requireModel().spec(), request))) {
      return Optional.empty();
    }
    if (calibration == null) {
      calibration = Calibration.measure(model, progress);
    }
    return Optional.of(CostEstimate.capture(calibration, request)).filter(CostEstimate::slow);
  }

  private RunRequest viewing(Tokens tokens) {
    RunRequest request = RunRequest.of(tokens.ids()).forViewing();
    return everyPosition(tokens) ? request.withAllLogits() : request;
  }

  private boolean everyPosition(Tokens tokens) {
    return (long) tokens.size() * requireModel().spec().vocab() <= LOGITS;
  }

  /** Runs a prompt and makes it the current pass; tells of its layers as they are done. */
  public RunSnapshot view(Tokens tokens, LayerListener layers, Progress progress) {
    boolean every = everyPosition(tokens);
    Run next = requireModel().run(viewing(tokens), layers, progress).get(0);
    closeRun();
    run = next;
    runId++;
    return new RunSnapshot(
        runId, facts, tokens, next.statistics().orElseThrow(), next.milliseconds(), every);
  }

  /** A head's map: whole, or an overview of long prompts. */
  public HeadMap map(long id, Head head) {
    AttentionMap map = current(id).map(head);
    int length = map.length();
    if (length <= WHOLE) {
      return new HeadMap(id, head, 0, 0, 1, matrix(map.weights()));
    }
    int block = (length + OVERVIEW - 1) / OVERVIEW;
    return new HeadMap(id, head, 0, 0, block, matrix(map.pooled(OVERVIEW)));
  }

  /** An exact part of a head's map. */
  public HeadMap tile(long id, Head head, int row0, int row1, int column0, int column1) {
    Tensor weights = current(id).map(head).weights(row0, row1, column0, column1);
    return new HeadMap(id, head, row0, column0, 1, matrix(weights));
  }

  /** Exact weights and scores of one query. */
  public RowReadout row(long id, Head head, int query) {
    AttentionMap map = current(id).map(head);
    Tensor weights = map.weights(query, query + 1, 0, map.length());
    Tensor scores = map.scores(query, query + 1, 0, map.length());
    return new RowReadout(id, head, query, weights.data(), scores.data());
  }

  /** The most probable tokens after a position. */
  public NextTokens next(long id, int position) {
    Distribution distribution = new Distribution(current(id).logits(position));
    List<NextTokens.Candidate> candidates =
        distribution.top(CANDIDATES).stream()
            .map(t -> new NextTokens.Candidate(t, label(t), distribution.probability(t)))
            .toList();
    return new NextTokens(position, candidates);
  }

  /** What the model says after the prompt when a head is replaced at every position. */
  public HeadEffect without(long id, Head head, Intervention.Mode mode, Progress progress) {
    float[] with = current(id).logits(-1);
    Intervention change = new Intervention.Ablate(mode, HeadSet.of(head), Positions.ALL);
    RunRequest request = RunRequest.of(run.tokens()).plus(change);
    try (Run changed = model.run(request, progress).get(0)) {
      float[] without = changed.logits(-1);
      Distribution before = new Distribution(with);
      Distribution after = new Distribution(without);
      int top = before.top(1).get(0);
      return new HeadEffect(
          id,
          head,
          mode,
          label(top),
          before.probability(top),
          after.probability(top),
          before.divergence(after),
          label(after.top(1).get(0)),
          Arrays.equals(with, without));
    }
  }

  /** Writes a map of the current pass with where it came from. */
  public Path export(ExportRequest request, Progress progress) {
    Run exported = current(request.run());
    progress.report(Double.NaN, "reading the weights for their checksum");
    Provenance provenance =
        Provenance.of(
                facts.name(),
                model.checkpoint().sha256(),
                List.of(exported.tokens()),
                facts.device())
            .withInterventions(exported.interventions().stream().map(Intervention::text).toList());
    return HeadExport.write(request, exported, provenance, progress);
  }

  private String label(int id) {
    return model.tokenizer().map(t -> t.label(id)).orElseGet(() -> Integer.toString(id));
  }

  private static Matrix matrix(Tensor tensor) {
    return Matrix.of(tensor.size(0), tensor.size(1), tensor.data());
  }

  private Model requireModel() {
    if (model == null) {
      throw new HeadlightException(
          HeadlightException.Kind.MODEL, "no model is open; open a folder first");
    }
    return model;
  }

  private Run current(long id) {
    if (run == null || id != runId) {
      throw new CancellationException("the pass has been replaced");
    }
    return run;
  }

  private void closeRun() {
    if (run != null) {
      run.close();
      run = null;
    }
  }

  @Override
  public void close() {
    closeRun();
    if (model != null) {
      model.close();
      model = null;
    }
  }
}
