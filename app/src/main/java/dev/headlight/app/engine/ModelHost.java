package dev.headlight.app.engine;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.circuit.HeadCircuit;
import dev.headlight.analysis.circuit.HeadWeights;
import dev.headlight.analysis.cost.Calibration;
import dev.headlight.analysis.cost.CostEstimate;
import dev.headlight.analysis.io.Provenance;
import dev.headlight.analysis.io.Tables;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.OpenOptions;
import dev.headlight.analysis.parity.ParityCheck;
import dev.headlight.analysis.parity.ParityReport;
import dev.headlight.analysis.roles.Prompts;
import dev.headlight.analysis.roles.TokenRule;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.LayerListener;
import dev.headlight.analysis.run.Positions;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.analysis.scores.ScoreJob;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.Chat;
import dev.headlight.analysis.text.TokenSpans;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.export.ExportRequest;
import dev.headlight.app.export.FigureRequest;
import dev.headlight.app.export.HeadExport;
import dev.headlight.app.pictures.PromptPicture;
import dev.headlight.app.prompts.PromptLibrary;
import dev.headlight.app.settings.UserFolders;
import dev.headlight.renderer.Matrix;
import dev.headlight.renderer.figure.Figure;
import dev.headlight.renderer.figure.FigureWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * The open model, its current pass and one more to compare it with. Every method belongs to the
 * model thread; what it answers belongs to anyone. Questions about a pass that has been replaced
 * end as cancelled.
 */
public final class ModelHost implements AutoCloseable {
  /** Longest prompt whose maps are held whole; longer ones are pooled, with exact tiles. */
  public static final int WHOLE = 2048;

  /** Most next-token logits that are kept for every position: 64 MB. */
  private static final long LOGITS = 16L << 20;

  private static final int CANDIDATES = 5;

  private final Path references;
  private volatile OpenOptions options = OpenOptions.AUTO;
  private Model model;
  private PromptReader reader;
  private ModelFacts facts;
  private Calibration calibration;
  private long newest;
  private long shown;
  private long compared;

  /** The passes that are held, at most two; each is closed when another takes its place. */
  private final Map<Long, Run> runs = new HashMap<>();

  /** What they read. */
  private final Map<Long, ReadPrompt> prompts = new HashMap<>();

  /** A host that looks for references where this system keeps them. */
  public ModelHost() {
    this(UserFolders.references());
  }

  /**
   * @param references folder of reference values; need not exist
   */
  public ModelHost(Path references) {
    this.references = references;
  }

  /** How models are opened from now on; from any thread. */
  public void openWith(OpenOptions how) {
    options = how;
  }

  /** Opens a model; the former one stays when this fails. */
  public ModelFacts open(ModelSource source, Progress progress) {
    Model opened = Model.open(source.location().get(), options, progress);
    if (progress.cancelled()) {
      opened.close();
      throw new CancellationException("cancelled");
    }
    close();
    model = opened;
    reader = new PromptReader(opened);
    facts = ModelFacts.of(source, opened);
    calibration = null;
    return facts;
  }

  /** Tokens of a text; ids, where the model has no tokenizer. */
  public Tokens tokenize(String text, Bos bos) {
    return reader().encode(text, bos);
  }

  /**
   * A prompt as the model reads it.
   *
   * @param chat turns in place of the text, where the model has a template
   * @throws HeadlightException when text and pictures do not fit the model or each other
   */
  public ReadPrompt read(String text, Optional<Chat> chat, Bos bos, List<PromptPicture> pictures) {
    return reader().read(text, chat, bos, pictures);
  }

  private PromptReader reader() {
    requireModel();
    return reader;
  }

  /**
   * What {@link #view} of a prompt will cost, where that is worth telling; the first time it
   * measures this machine, for less than a second.
   */
  public Optional<CostEstimate> cost(ReadPrompt prompt, Progress progress) {
    RunRequest request = viewing(prompt);
    if (!Calibration.worthwhile(CostEstimate.flops(requireModel().spec(), request))) {
      return Optional.empty();
    }
    if (calibration == null) {
      calibration = Calibration.measure(model, progress);
    }
    return Optional.of(CostEstimate.capture(calibration, request)).filter(CostEstimate::slow);
  }

  private RunRequest viewing(ReadPrompt prompt) {
    RunRequest request = request(prompt).forViewing();
    return everyPosition(prompt.tokens()) ? request.withAllLogits() : request;
  }

  private RunRequest request(ReadPrompt prompt) {
    return prompt.request(requireModel().spec());
  }

  private boolean everyPosition(Tokens tokens) {
    ModelSpec spec = requireModel().spec();
    return spec.hasLogits() && (long) tokens.size() * spec.vocab() <= LOGITS;
  }

  /** Runs a prompt and makes it the current pass; tells of its layers as they are done. */
  public RunSnapshot view(ReadPrompt prompt, LayerListener layers, Progress progress) {
    RunSnapshot next = run(prompt, List.of(), layers, progress);
    closeRun(shown);
    shown = next.id();
    return next;
  }

  /** Runs a prompt with changes beside the current pass; the former such pass is closed. */
  public RunSnapshot compare(ReadPrompt prompt, List<Intervention> changes, Progress progress) {
    RunSnapshot next = run(prompt, changes, LayerListener.NONE, progress);
    closeRun(compared);
    compared = next.id();
    return next;
  }

  /** Frees the pass that the current one was compared with. */
  public void forgetCompared() {
    closeRun(compared);
  }

  private RunSnapshot run(
      ReadPrompt prompt, List<Intervention> changes, LayerListener layers, Progress progress) {
    boolean every = everyPosition(prompt.tokens());
    RunRequest request = viewing(prompt).withInterventions(changes);
    Run next = requireModel().run(request, layers, progress).get(0);
    newest++;
    runs.put(newest, next);
    prompts.put(newest, prompt);
    return new RunSnapshot(
        newest, facts, prompt, next.statistics().orElseThrow(), next.milliseconds(), every);
  }

  /** Two maps laid over one another; both prompts at most {@link #WHOLE} long. */
  public ComparedMaps compareMaps(long idA, Head headA, long idB, Head headB, Alignment alignment) {
    return ComparedMaps.of(
        headA,
        matrix(current(idA).map(headA).weights()),
        headB,
        matrix(current(idB).map(headB).weights()),
        alignment);
  }

  /** What comes next after the prompts of two passes. */
  public RunEffect effect(long idA, long idB) {
    float[] a = current(idA).logits(-1);
    float[] b = current(idB).logits(-1);
    Distribution before = new Distribution(a);
    Distribution after = new Distribution(b);
    int top = before.top(1).get(0);
    return new RunEffect(
        label(top),
        before.probability(top),
        after.probability(top),
        before.divergence(after),
        label(after.top(1).get(0)),
        Arrays.equals(a, b));
  }

  /** A head's map: whole, or an overview of long prompts. */
  public HeadMap map(long id, Head head) {
    return map(id, MapOf.of(head), Progress.NONE);
  }

  /** The map of a head, or the mean of several: whole, or an overview of long prompts. */
  public HeadMap map(long id, MapOf of, Progress progress) {
    return new HeadMaps(id, current(id), of, progress).map();
  }

  /** An exact part of a head's map. */
  public HeadMap tile(long id, Head head, int row0, int row1, int column0, int column1) {
    return tile(id, MapOf.of(head), row0, row1, column0, column1);
  }

  /** An exact part of a map. */
  public HeadMap tile(long id, MapOf of, int row0, int row1, int column0, int column1) {
    return new HeadMaps(id, current(id), of, Progress.NONE).tile(row0, row1, column0, column1);
  }

  /** Exact weights of one query, and scores where it is one head's. */
  public RowReadout row(long id, MapOf of, int query) {
    return new HeadMaps(id, current(id), of, Progress.NONE).row(query);
  }

  /** Exact weights of one key: what looks at it. */
  public ColumnReadout column(long id, MapOf of, int key) {
    return new HeadMaps(id, current(id), of, Progress.NONE).column(key);
  }

  /**
   * A map between spans of tokens.
   *
   * @param hideSink whether the first token is left out as a key
   * @throws HeadlightException when there are more than {@link #WHOLE} spans
   */
  public FoldedMap folded(
      long id, MapOf of, TokenSpans spans, boolean hideSink, Progress progress) {
    return new HeadMaps(id, current(id), of, progress).folded(spans, hideSink, progress);
  }

  /** What the weights of a head say by themselves. */
  public HeadCircuit circuit(Head head) {
    return HeadWeights.circuit(requireModel(), head);
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
    Run run = current(id);
    float[] with = run.logits(-1);
    Intervention change = new Intervention.Ablate(mode, HeadSet.of(head), Positions.ALL);
    RunRequest request = request(prompts.get(id)).plus(change);
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

  /**
   * Scores that take passes of their own.
   *
   * @param of the model they are asked of; once another is open the question ends as cancelled
   */
  public ScoreJob.Result measure(ModelFacts of, ScoreJob job, Progress progress) {
    return ask(of, job::measure, progress);
  }

  /**
   * Asks the open model what an analysis answers.
   *
   * @param of the model it is asked of; once another is open the question ends as cancelled
   * @param question its answer does without the model
   */
  public <T> T ask(ModelFacts of, ModelQuestion<T> question, Progress progress) {
    if (!of.equals(facts)) {
      throw new CancellationException("another model is open");
    }
    return question.ask(requireModel(), progress);
  }

  /**
   * Asks a model that is opened for this question alone; the open one stays.
   *
   * @param question its answer does without the model
   */
  public <T> T beside(ModelSource source, ModelQuestion<T> question, Progress progress) {
    try (Model other = Model.open(source.location().get(), options, progress.part(0, 0.3))) {
      progress.check();
      return question.ask(other, progress.part(0.3, 1));
    }
  }

  /** Prompts as the open model reads them. */
  public Prompts prompts(PromptSource source, Bos bos) {
    return source.kind() == PromptSource.Kind.FILE
        ? PromptSets.file(requireModel(), Path.of(source.file()), bos)
        : PromptSets.library(requireModel(), PromptLibrary.ofUser());
  }

  /** Writes scores of heads as a table, with the model they are of. */
  public Path exportScores(Path file, List<Tables.HeadScore> rows, Progress progress) {
    progress.report(Double.NaN, "reading the weights for their checksum");
    String sha256 = requireModel().checkpoint().sha256();
    Provenance of = Provenance.of(facts.name(), sha256, List.of(), facts.device());
    progress.check();
    Tables.headScores(file, of, rows);
    return file;
  }

  /** What expressions are matched against, a text a token. */
  public List<String> tokenTexts(Tokens tokens) {
    return TokenRule.texts(requireModel(), tokens.ids());
  }

  /** How near the model comes to its reference values, where there are some. */
  public ParityReport parity(Progress progress) {
    return ParityCheck.run(requireModel(), references, progress);
  }

  /** Writes a figure of the current pass, or its numbers, with where they came from. */
  public Path export(ExportRequest request, Progress progress) {
    Run exported = current(request.figure().run());
    progress.report(Double.NaN, "reading the weights for their checksum");
    String sha256 = model.checkpoint().sha256();
    return HeadExport.write(request, exported, provenance(exported, sha256), progress);
  }

  /** A figure of the current pass as PNG bytes; it does not say of which weights. */
  public byte[] picture(FigureRequest request, Progress progress) {
    Run drawn = current(request.run());
    Figure figure = HeadExport.figure(request, drawn, provenance(drawn, ""), progress);
    progress.check();
    try {
      return FigureWriter.png(figure);
    } catch (IOException e) {
      throw new HeadlightException(HeadlightException.Kind.INPUT, e.getMessage() + ".", e);
    }
  }

  private Provenance provenance(Run of, String sha256) {
    return Provenance.of(facts.name(), sha256, List.of(of.tokens()), facts.device())
        .withInterventions(of.interventions().stream().map(Intervention::text).toList());
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
    Run run = runs.get(id);
    if (run == null) {
      throw new CancellationException("the pass has been replaced");
    }
    return run;
  }

  private void closeRun(long id) {
    prompts.remove(id);
    Run run = runs.remove(id);
    if (run != null) {
      run.close();
    }
  }

  @Override
  public void close() {
    List.copyOf(runs.keySet()).forEach(this::closeRun);
    if (model != null) {
      model.close();
      model = null;
    }
  }
}
