package dev.headlight.app.retrieval;

import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.retrieval.Answer;
import dev.headlight.analysis.retrieval.Episode;
import dev.headlight.analysis.retrieval.EpisodeResult;
import dev.headlight.analysis.retrieval.Needle;
import dev.headlight.analysis.retrieval.NeedleGrid;
import dev.headlight.analysis.retrieval.Ranking;
import dev.headlight.analysis.retrieval.RetrievalResult;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.scores.HeadTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** What a probe has found so far, as the pane shows it. Immutable for who reads it. */
public final class Findings {
  private final ModelSpec spec;
  private final NeedleGrid grid;
  private final RetrievalResult result;
  private final HeadTable imported;
  private final Map<Definition, HeadTable> tables = new EnumMap<>(Definition.class);
  private final List<NeedleGrid.Cell> asked;

  /**
   * @param grid what is asked
   * @param results one an episode of the grid; null where it is not answered yet
   * @param imported scores of a file; null for none
   */
  public Findings(
      ModelSpec spec, NeedleGrid grid, List<EpisodeResult> results, HeadTable imported) {
    this.spec = spec;
    this.grid = grid;
    this.imported = imported;
    this.result = new RetrievalResult(spec.layers(), spec.heads(), grid.episodes(), results);
    this.asked = grid.cells().stream().filter(c -> c.episode().isPresent()).toList();
  }

  /** Shape of the model. */
  public ModelSpec spec() {
    return spec;
  }

  /** What was asked. */
  public NeedleGrid grid() {
    return grid;
  }

  /** The answers. */
  public RetrievalResult result() {
    return result;
  }

  /** Episodes that are answered, rightly or not. */
  public int answered() {
    return result.successes().size() + result.failures().size();
  }

  /** Needles found in percent, {@code [depths][lengths]}; NaN where nothing is answered yet. */
  public double[][] percent() {
    double[][] success = grid.success(result);
    double[][] percent = new double[grid.settings().depths().size()][success.length];
    for (int d = 0; d < percent.length; d++) {
      for (int l = 0; l < success.length; l++) {
        percent[d][l] = 100 * success[l][d];
      }
    }
    return percent;
  }

  /** A label for each depth. */
  public List<String> depths() {
    return grid.settings().depths().stream().map(Findings::share).toList();
  }

  private static String share(double depth) {
    double percent = 100 * depth;
    String form = Math.abs(percent - Math.rint(percent)) < 1e-6 ? "%.0f%%" : "%.1f%%";
    return String.format(Locale.ROOT, form, percent);
  }

  /** A label for each length. */
  public List<String> lengths() {
    return grid.settings().lengths().stream()
        .map(l -> String.format(Locale.ROOT, "%,d", l))
        .toList();
  }

  /** A cell of the success map in words. */
  public String words(int depth, int length) {
    int right = 0;
    int done = 0;
    int all = 0;
    for (int i = 0; i < asked.size(); i++) {
      if (asked.get(i).depth() == depth && asked.get(i).length() == length) {
        EpisodeResult answer = result.results().get(i);
        all++;
        done += answer == null ? 0 : 1;
        right += answer != null && answer.success() ? 1 : 0;
      }
    }
    String text = "%s tokens, depth %s: ".formatted(lengths().get(length), depths().get(depth));
    return text
        + (done == 0
            ? "not answered yet"
            : "%d of %d needles found%s"
                .formatted(right, done, done < all ? ", " + (all - done) + " to come" : ""));
  }

  /** Needles that were not found or could not be asked. */
  public List<FailedEpisode> failures() {
    List<FailedEpisode> failed = new ArrayList<>();
    for (int i : result.failures()) {
      failed.add(failed(asked.get(i), i));
    }
    for (NeedleGrid.Cell cell : grid.problems()) {
      failed.add(failed(cell, -1));
    }
    return failed;
  }

  private FailedEpisode failed(NeedleGrid.Cell cell, int index) {
    Needle needle = grid.settings().needles().get(cell.needle());
    Episode episode = cell.episode().orElse(null);
    EpisodeResult answer = index < 0 ? null : result.results().get(index);
    return new FailedEpisode(
        index,
        episode,
        grid.settings().lengths().get(cell.length()),
        grid.settings().depths().get(cell.depth()),
        needle.question(),
        needle.answer(),
        answer == null ? "" : answer.text().strip().replaceAll("\\s+", " "),
        answer == null ? cell.problem() : why(answer));
  }

  private static String why(EpisodeResult answer) {
    if (answer.generated().length == 0) {
      return "nothing was written: the model's positions end with the prompt";
    }
    return "%.0f %% of the wanted words, more than %.0f %% are needed"
        .formatted(100 * answer.recall(), 100 * Answer.ENOUGH);
  }

  /** The index of an episode to look into: the first answered rightly, else the first answered. */
  public Optional<Integer> example() {
    List<Integer> right = result.successes();
    return right.isEmpty() ? result.failures().stream().findFirst() : Optional.of(right.get(0));
  }

  /** The index of the first answered episode of a cell of the map. */
  public Optional<Integer> example(int depth, int length) {
    return IntStream.range(0, asked.size())
        .filter(i -> asked.get(i).depth() == depth && asked.get(i).length() == length)
        .filter(i -> result.results().get(i) != null)
        .boxed()
        .findFirst();
  }

  /** Where an episode stands, for people. */
  public String place(int index) {
    NeedleGrid.Cell cell = asked.get(index);
    return "%s tokens, depth %s, needle %d"
        .formatted(lengths().get(cell.length()), depths().get(cell.depth()), cell.needle() + 1);
  }

  /** Scores by a definition; all NaN where they are undefined or there is no file. */
  public HeadTable table(Definition definition) {
    return tables.computeIfAbsent(definition, this::compute);
  }

  private HeadTable compute(Definition definition) {
    return switch (definition) {
      case CODE -> result.score();
      case PAPER -> result.paperScore();
      case ACTIVATION -> result.activationFrequency();
      case FILE -> imported == null ? unknown() : imported;
    };
  }

  private HeadTable unknown() {
    double[] none = new double[spec.layers() * spec.heads()];
    Arrays.fill(none, Double.NaN);
    return new HeadTable(spec.layers(), spec.heads(), none, none, 0);
  }

  /** Whether a definition has numbers. */
  public boolean defined(Definition definition) {
    return definition == Definition.FILE ? imported != null : result.defined();
  }

  /** The scores as a picture, {@code [heads][layers]}. */
  public double[][] cells(Definition definition) {
    double[][] cells = new double[spec.heads()][spec.layers()];
    HeadTable table = table(definition);
    for (int h = 0; h < cells.length; h++) {
      for (int l = 0; l < cells[h].length; l++) {
        cells[h][l] = table.at(new Head(l, h));
      }
    }
    return cells;
  }

  /**
   * A row a head, the largest score first.
   *
   * @param induction of a head, NaN where it is not known
   * @param sink likewise
   */
  public List<HeadRow> rows(
      Definition definition, ToDoubleFunction<Head> induction, ToDoubleFunction<Head> sink) {
    HeadTable scores = table(definition);
    HeadTable active = table(Definition.ACTIVATION);
    List<HeadRow> rows = new ArrayList<>();
    for (Head head : Ranking.of(scores)) {
      rows.add(
          new HeadRow(
              head,
              spec.kvGroup(head.head()),
              scores.at(head),
              scores.deviation(head),
              active.at(head),
              induction.applyAsDouble(head),
              sink.applyAsDouble(head)));
    }
    return Collections.unmodifiableList(rows);
  }

  /** The heads with the largest scores. */
  public List<Head> top(Definition definition, int count) {
    return Ranking.top(table(definition), count);
  }

  /** How many heads retrieve, in a sentence. */
  public String summary() {
    int right = result.successes().size();
    String text = "%d of %d needles found".formatted(right, answered());
    if (!result.defined()) {
      return answered() == 0
          ? "No needle is answered yet"
          : text + "; without a right answer the scores are undefined, which is not 0";
    }
    return text
        + ", %.1f %% of the heads above %s, %.1f %% above %s"
            .formatted(
                100 * result.shareAbove(RetrievalResult.RETRIEVAL),
                RetrievalResult.RETRIEVAL,
                100 * result.shareAbove(RetrievalResult.STRONG),
                RetrievalResult.STRONG);
  }
}
