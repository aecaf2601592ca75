package dev.headlight.analysis.roles;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.HeadTable;
import dev.headlight.analysis.scores.ScoreJob;
import dev.headlight.analysis.scores.SequenceScores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Averages scores of a pass over prompts.
 *
 * @param kinds scores whose origin is a pass
 */
public record PromptsJob(Prompts prompts, List<HeadScore> kinds) implements ScoreJob {
  /** Copies the list. */
  public PromptsJob {
    kinds = List.copyOf(kinds);
  }

  @Override
  public String title() {
    return "Scores on " + prompts.name();
  }

  @Override
  public List<String> scores() {
    return kinds.stream().map(HeadScore::id).toList();
  }

  @Override
  public Result measure(Model model, Progress progress) {
    Map<String, HeadTable> tables = new LinkedHashMap<>();
    SequenceScores.measure(model, prompts.request(), OptionalInt.empty(), kinds, progress)
        .forEach((score, table) -> tables.put(score.id(), table));
    return new Result(tables, prompts.name(), prompts.arguments(), Map.of());
  }
}
