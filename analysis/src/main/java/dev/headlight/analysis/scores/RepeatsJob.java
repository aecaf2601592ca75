package dev.headlight.analysis.scores;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;

/**
 * Measures induction, duplicate-token and previous-token scores on random ids that stand several
 * times in a row.
 *
 * @param period S: ids of a copy; less where the model's positions or vocabulary end before
 * @param repeats how often a copy stands there
 * @param batch number of sequences
 * @param seed of the ids
 */
public record RepeatsJob(int period, int repeats, int batch, long seed) implements ScoreJob {
  /** S = 50, twice, as TransformerLens's demo; four sequences. */
  public static final RepeatsJob STANDARD = new RepeatsJob(50, 2, 4, 0);

  private static final String PREVIOUS = "previousRandom";

  @Override
  public String title() {
    return "Scores on repeated random ids";
  }

  @Override
  public boolean brief() {
    return true;
  }

  @Override
  public List<String> scores() {
    return List.of("induction", "duplicate", PREVIOUS);
  }

  @Override
  public Result measure(Model model, Progress progress) {
    RepeatedIds ids = RepeatedIds.draw(model, period, repeats, batch, new Random(seed));
    progress.report(0, "%d sequences of %d ids".formatted(batch, ids.sequences().get(0).length));
    Map<HeadScore, HeadTable> measured =
        SequenceScores.measure(
            model,
            ids.sequences(),
            OptionalInt.of(ids.period()),
            List.of(StandardScores.INDUCTION, StandardScores.DUPLICATE, StandardScores.PREVIOUS),
            progress);
    Map<String, HeadTable> tables = new LinkedHashMap<>();
    measured.forEach(
        (score, table) ->
            tables.put(score.equals(StandardScores.PREVIOUS) ? PREVIOUS : score.id(), table));
    return new Result(
        tables,
        "b = %d, S = %d, %d times, %d sequences, seed %d"
            .formatted(ids.front(), ids.period(), repeats, batch, seed),
        arguments(ids.period()),
        Map.of(PREVIOUS, StandardScores.PREVIOUS.id()));
  }

  private List<String> arguments(int used) {
    return List.of(
        "--random",
        Integer.toString(used),
        "--repeats",
        Integer.toString(repeats),
        "--batch",
        Integer.toString(batch),
        "--seed",
        Long.toString(seed));
  }
}
