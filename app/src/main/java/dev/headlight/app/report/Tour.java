package dev.headlight.app.report;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.attention.AttentionMap;
import dev.headlight.analysis.io.AtomicFiles;
import dev.headlight.analysis.io.Provenance;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.scores.RepeatedIds;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.renderer.Theme;
import dev.headlight.renderer.ValueScale;
import dev.headlight.renderer.figure.Figure;
import dev.headlight.renderer.figure.FigureStyle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/**
 * The whole job on one model without a window: finds the previous-token and induction heads, draws
 * them, switches the strongest induction head off and says what that costs.
 */
public final class Tour {
  private static final int PERIOD = 25;
  private static final int SEQUENCES = 4;
  private static final int SHOWN_PERIOD = 12;
  private static final int WRITTEN = 32;
  private static final FigureStyle STYLE = FigureStyle.page().withDpi(200);

  private final Model model;
  private final String command;
  private final Optional<String> text;
  private final long seed;
  private final Random random;

  /**
   * @param command the line that makes the report again
   * @param text what to read; without it random tokens that stand twice in a row
   * @param seed of the random tokens
   */
  public Tour(Model model, String command, Optional<String> text, long seed) {
    this.model = model;
    this.command = command;
    this.text = text;
    this.seed = seed;
    this.random = new Random(seed);
  }

  /**
   * Computes everything and writes {@code report.html} with its tables and figures.
   *
   * @return the report
   * @throws HeadlightException when the model cannot write on, or a file cannot be written
   */
  public Path write(Path folder, Progress progress) {
    requireDecoder();
    TourFiles files = new TourFiles(folder);
    TourResult result = compute(files, progress);
    files.tables(result, seed);
    files.figure(result.grid());
    for (TourFigure figure : result.large()) {
      progress.check();
      files.figure(figure);
    }
    progress.check();
    Path report = folder.resolve("report.html");
    AtomicFiles.writeText(report, new TourPage(result).html());
    return report;
  }

  private void requireDecoder() {
    if (!model.spec().causal() || !model.spec().hasLogits()) {
      throw new HeadlightException(
          HeadlightException.Kind.MODEL,
          "%s: a tour switches heads off and lets the model write on, which takes a decoder with a next-token head; found %s (%s). Open it in the window, or use capture."
              .formatted(model.name(), model.spec().architecture(), ModelCard.head(model.spec())));
    }
  }

  private TourResult compute(TourFiles files, Progress progress) {
    RepeatedIds shown = RepeatedIds.drawReadable(model, SHOWN_PERIOD, 1, random);
    RepeatedIds probe = RepeatedIds.draw(model, PERIOD, 2, SEQUENCES, random);
    StripeScores scores = StripeScores.measure(model, probe, progress.part(0, 0.3));
    Tokens prompt = prompt(shown);
    Provenance provenance =
        Provenance.of(
                model.name(), model.checkpoint().sha256(), List.of(prompt.ids()), model.device())
            .with("seed", Long.toString(seed));
    progress.report(0.3, "running the prompt");
    try (Run run =
        model.run(RunRequest.of(prompt.ids()).forViewing(), progress.part(0.3, 0.4)).get(0)) {
      List<HeadRow> rows = HeadRow.all(model.spec(), run.statistics().orElseThrow(), scores);
      TourHeads heads = TourHeads.of(rows);
      List<AttentionMap> maps = heads.notable(rows).stream().map(run::map).toList();
      files.maps(maps, prompt, progress);
      progress.report(0.5, "drawing");
      TourFigure grid = grid(run, prompt, provenance);
      List<TourFigure> large = large(run, maps, prompt, provenance);
      progress.report(0.7, "switching heads off");
      return new TourResult(
          command,
          ModelCard.facts(model.checkpoint()),
          prompt,
          probe,
          rows,
          heads,
          grid,
          large,
          effects(probe, rows, heads, progress),
          continuations(shown, heads.inductionHeads(rows), progress),
          provenance);
    }
  }

  private Tokens prompt(RepeatedIds shown) {
    return text.isPresent()
        ? model.tokenizer().orElseThrow().encode(text.get())
        : Tokens.ofIds(model.tokenizer().orElse(null), shown.sequences().get(0));
  }

  private TourFigure grid(Run run, Tokens prompt, Provenance provenance) {
    Set<Head> all = HeadSet.parse("L*H*").resolve(model.spec());
    return themed(
        "heads",
        "Attention of every head, layers downwards, heads to the right",
        run,
        prompt,
        provenance,
        figures -> figures.grid(all, ValueScale.weights()));
  }

  private List<TourFigure> large(
      Run run, List<AttentionMap> maps, Tokens prompt, Provenance provenance) {
    List<TourFigure> figures = new ArrayList<>();
    for (AttentionMap map : maps) {
      figures.add(
          themed(
              map.head().toString(),
              "Attention of " + map.head() + ", rows queries, columns keys",
              run,
              prompt,
              provenance,
              f -> f.head(map, weights -> ValueScale.weights())));
    }
    return figures;
  }

  private static TourFigure themed(
      String file,
      String alt,
      Run run,
      Tokens prompt,
      Provenance provenance,
      Function<HeadFigures, Figure> draw) {
    Function<Theme, Figure> figure =
        theme -> draw.apply(new HeadFigures(run, prompt, provenance, STYLE.withTheme(theme)));
    return new TourFigure(file, alt, figure.apply(Theme.LIGHT), figure.apply(Theme.DARK));
  }

  /**
   * Baseline, the strongest induction head, all of them, the previous-token head, and a control.
   */
  private List<AblationEffect> effects(
      RepeatedIds probe, List<HeadRow> rows, TourHeads heads, Progress progress) {
    List<Set<Head>> sets = new ArrayList<>();
    sets.add(Set.of());
    sets.add(Set.of(heads.induction().head()));
    sets.add(heads.inductionHeads(rows));
    sets.add(Set.of(heads.previous().head()));
    sets.add(Set.of(heads.control().head()));
    List<AblationEffect> effects = new ArrayList<>();
    for (Set<Head> set : new LinkedHashSet<>(sets)) {
      progress.check();
      effects.add(AblationEffect.measure(model, probe, AblationEffect.zero(set), progress));
    }
    return effects;
  }

  private List<Continuation> continuations(
      RepeatedIds shown, Set<Head> induction, Progress progress) {
    int[] ids = shown.sequences().get(0);
    int given = shown.secondCopy() + Math.max(1, shown.period() / 4);
    Tokens start = Tokens.ofIds(model.tokenizer().orElse(null), Arrays.copyOf(ids, given));
    Optional<int[]> rest = Optional.of(Arrays.copyOfRange(ids, given, ids.length));
    List<Continuation> all = new ArrayList<>();
    for (List<Intervention> changes :
        List.of(List.<Intervention>of(), AblationEffect.zero(induction))) {
      all.add(Continuation.write(model, start, ids.length - given, rest, changes, progress));
    }
    text.ifPresent(
        t ->
            all.add(
                Continuation.write(
                    model,
                    model.tokenizer().orElseThrow().encode(t),
                    WRITTEN,
                    Optional.empty(),
                    List.of(),
                    progress)));
    return all;
  }
}
