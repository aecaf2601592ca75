package dev.headlight.analysis.roles;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Hooks;
import dev.headlight.analysis.model.HostMemory;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.PassInput;
import dev.headlight.analysis.scores.HeadTableBuilder;
import dev.headlight.analysis.scores.RepeatedIds;
import dev.headlight.analysis.scores.ScoreJob;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Measures {@link RoleScores#POSITION_ONLY}: what the maps of random sequences of one length have
 * in common can only come from positions.
 *
 * @param length ids of a sequence, a beginning-of-sequence id apart; fewer where the model's
 *     positions or vocabulary end before
 * @param batch number of sequences, 2 or more
 * @param seed of the ids
 */
public record PositionJob(int length, int batch, long seed) implements ScoreJob {
  static final String ID = "positionOnly";

  /** Four sequences of 64 ids. */
  public static final PositionJob STANDARD = new PositionJob(64, 4, 0);

  @Override
  public String title() {
    return "Position only, on random ids";
  }

  @Override
  public boolean brief() {
    return true;
  }

  @Override
  public List<String> scores() {
    return List.of(ID);
  }

  @Override
  public Result measure(Model model, Progress progress) {
    ModelSpec spec = model.spec();
    RepeatedIds ids = RepeatedIds.draw(model, length, 1, batch, new Random(seed));
    Overlap overlap = new Overlap(batch, spec.layers(), spec.heads());
    pass(model, ids.sequences(), new Rows(overlap), progress);
    HeadTableBuilder table = new HeadTableBuilder(spec.layers(), spec.heads());
    for (int s = 0; s < batch; s++) {
      table.add(overlap.of(s));
    }
    return new Result(
        Map.of(ID, table.build()),
        "b = %d, %d random ids, %d sequences, seed %d"
            .formatted(ids.front(), ids.period(), batch, seed),
        List.of(),
        Map.of());
  }

  private static void pass(Model model, List<int[]> batch, Hooks hooks, Progress progress) {
    model.guarded(
        () -> {
          try (NDManager scope = model.newScope();
              NDArray end =
                  model.transformer().stream(
                      new PassInput(batch, null, false, false), hooks, progress, scope)) {
            return end.getShape();
          }
        });
  }

  /** Reads the rows of the whole batch. */
  private record Rows(Overlap overlap) implements Hooks {
    @Override
    public void rows(int layer, NDArray scores, NDArray pattern, int row0, int key0) {
      overlap.add(
          layer,
          HostMemory.floats(pattern),
          (int) pattern.getShape().get(2),
          (int) pattern.getShape().get(3),
          row0);
    }
  }
}
