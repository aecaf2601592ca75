package dev.headlight.analysis.retrieval;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Hooks;
import dev.headlight.analysis.model.HostMemory;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.PassInput;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.scores.HeadTable;
import dev.headlight.analysis.scores.HeadTableBuilder;
import dev.headlight.analysis.scores.RepeatedIds;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * The two scores by which RazorAttention (Tang et al. 2024) chooses the heads that keep their whole
 * cache, on random ids that stand several times in a row (the paper: 2,500 ids, four times).
 *
 * @param echo mean over the rows from the second copy on of the weight on all earlier copies of the
 *     query's token, 0 to 1
 * @param induction likewise of the weight on the tokens that follow those copies, 0 to 1
 * @param period ids of a copy
 * @param repeats how often it stands there
 */
public record EchoInduction(HeadTable echo, HeadTable induction, int period, int repeats) {
  /** Share of the heads that are protected for their echo score. */
  public static final double ECHO = 0.01;

  /** Share of the heads that are protected for their induction score. */
  public static final double INDUCTION = 0.14;

  /** Copies of a sequence, as the paper has them. */
  public static final int REPEATS = 4;

  /**
   * Measures both.
   *
   * @param period as wanted; less where the model's positions or vocabulary end before
   * @param batch number of sequences, 1 or more
   * @param seed of the ids
   * @throws dev.headlight.analysis.HeadlightException when the model has no room for two ids so
   *     often
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static EchoInduction measure(
      Model model, int period, int batch, long seed, Progress progress) {
    RepeatedIds ids = RepeatedIds.draw(model, period, REPEATS, batch, new Random(seed));
    ModelSpec spec = model.spec();
    HeadTableBuilder echo = new HeadTableBuilder(spec.layers(), spec.heads());
    HeadTableBuilder induction = new HeadTableBuilder(spec.layers(), spec.heads());
    for (int s = 0; s < batch; s++) {
      int[] tokens = ids.sequences().get(s);
      Copies copies = new Copies(spec, ids, tokens.length);
      pass(model, tokens, copies, progress.part((double) s / batch, (s + 1.0) / batch));
      echo.add(copies.echo);
      induction.add(copies.induction);
    }
    return new EchoInduction(echo.build(), induction.build(), ids.period(), REPEATS);
  }

  private static void pass(Model model, int[] tokens, Hooks hooks, Progress progress) {
    PassInput input = new PassInput(List.of(tokens), null, false, false);
    model.guarded(
        () -> {
          try (NDManager scope = model.newScope();
              NDArray end = model.transformer().stream(input, hooks, progress, scope)) {
            return end.getShape();
          }
        });
  }

  /**
   * The heads that keep their whole cache: the top share by echo and the top share by induction,
   * and the others of their groups, which share their keys.
   *
   * @param echoShare such as {@link #ECHO}
   * @param inductionShare such as {@link #INDUCTION}
   */
  public List<Head> protectedHeads(ModelSpec spec, double echoShare, double inductionShare) {
    int all = spec.layers() * spec.heads();
    List<Head> chosen = new ArrayList<>();
    chosen.addAll(Ranking.top(echo, (int) Math.ceil(echoShare * all)));
    chosen.addAll(Ranking.top(induction, (int) Math.ceil(inductionShare * all)));
    TreeSet<Head> whole = new TreeSet<>(Comparator.naturalOrder());
    for (Head head : chosen) {
      for (int h = 0; h < spec.heads(); h++) {
        if (spec.kvGroup(h) == spec.kvGroup(head.head())) {
          whole.add(new Head(head.layer(), h));
        }
      }
    }
    return List.copyOf(whole);
  }

  /** Means over the rows from the second copy on. */
  private static final class Copies implements Hooks {
    private final ModelSpec spec;
    private final RepeatedIds ids;
    private final int counted;
    private final double[] echo;
    private final double[] induction;

    Copies(ModelSpec spec, RepeatedIds ids, int length) {
      this.spec = spec;
      this.ids = ids;
      counted = length - ids.secondCopy();
      echo = new double[spec.layers() * spec.heads()];
      induction = new double[spec.layers() * spec.heads()];
    }

    @Override
    public void rows(int layer, NDArray scores, NDArray pattern, int row0, int key0) {
      int rows = (int) pattern.getShape().get(2);
      int keys = (int) pattern.getShape().get(3);
      FloatBuffer cells = HostMemory.floats(pattern);
      for (int query = Math.max(row0, ids.secondCopy()); query < row0 + rows; query++) {
        for (int h = 0; h < spec.heads(); h++) {
          int at = (h * rows + query - row0) * keys;
          for (int copy = query - ids.period(); copy >= ids.front(); copy -= ids.period()) {
            if (copy >= key0) {
              echo[layer * spec.heads() + h] += cells.get(at + copy - key0) / counted;
            }
            if (copy + 1 >= key0) {
              induction[layer * spec.heads() + h] += cells.get(at + copy + 1 - key0) / counted;
            }
          }
        }
      }
    }
  }
}
