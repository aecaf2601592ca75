package dev.headlight.analysis.retrieval;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.scores.HeadTable;
import dev.headlight.analysis.scores.ScoreJob;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Measures the retrieval scores of every head on a probe of texts that are at hand.
 *
 * @param lengths tokens of the prompts; those that the model or the filler has no room for are
 *     shortened to what fits
 * @param depths of the needles, 0 to 1
 * @param source knows filler and needles for each model
 */
public record RetrievalJob(List<Integer> lengths, List<Double> depths, ProbeSource source)
    implements ScoreJob {
  /** Two lengths, three depths, three needles of our own. */
  public static final RetrievalJob STANDARD =
      new RetrievalJob(List.of(256, 512), List.of(0.1, 0.5, 0.9), ProbeSource.STANDARD);

  /** Prompts shorter than this have no haystack to speak of. */
  private static final int LEAST = 96;

  /** Copies the lists. */
  public RetrievalJob {
    lengths = List.copyOf(lengths);
    depths = List.copyOf(depths);
  }

  /** The same sizes with other texts. */
  public RetrievalJob reading(ProbeSource other) {
    return new RetrievalJob(lengths, depths, other);
  }

  @Override
  public String title() {
    return "Retrieval scores";
  }

  @Override
  public String command() {
    return "retrieval";
  }

  @Override
  public List<String> scores() {
    return List.of("retrieval", "retrievalShare", "retrievalActivation");
  }

  @Override
  public Result measure(Model model, Progress progress) {
    List<Integer> fitting = fitting(model);
    ProbeTexts texts = source.of(model);
    NeedleSettings settings = NeedleSettings.of(texts, fitting, depths);
    NeedleGrid grid = NeedleBuilder.build(model, settings);
    RetrievalResult found =
        RetrievalProbe.run(
            model, RetrievalRequest.of(grid.episodes()), RetrievalListener.NONE, progress);
    Map<String, HeadTable> tables = new LinkedHashMap<>();
    tables.put("retrieval", found.score());
    tables.put("retrievalShare", found.paperScore());
    tables.put("retrievalActivation", found.activationFrequency());
    return new Result(tables, conditions(texts, settings, found), arguments(fitting), Map.of());
  }

  private List<Integer> fitting(Model model) {
    int room = model.spec().maxPositions() - NeedleSettings.NEW_TOKENS;
    List<Integer> fitting = lengths.stream().map(l -> Math.min(l, room)).distinct().toList();
    if (room < LEAST) {
      throw new HeadlightException(
          Kind.MODEL,
          "%s has %d positions; a needle and a haystack need %d or more"
              .formatted(
                  model.name(), model.spec().maxPositions(), LEAST + NeedleSettings.NEW_TOKENS));
    }
    return fitting;
  }

  private static String conditions(
      ProbeTexts texts, NeedleSettings settings, RetrievalResult found) {
    String text =
        "%d of %d needles found, texts: %s, prompts of %s tokens, depths %s"
            .formatted(
                found.successes().size(),
                found.results().size(),
                texts.title(),
                joined(settings.lengths()),
                joined(settings.depths()));
    return found.defined() ? text : text + "; without a right answer the score is undefined";
  }

  private List<String> arguments(List<Integer> fitting) {
    return List.of("--lengths", joined(fitting), "--depths", joined(depths));
  }

  private static String joined(List<?> values) {
    return values.stream().map(Object::toString).collect(Collectors.joining(","));
  }
}
