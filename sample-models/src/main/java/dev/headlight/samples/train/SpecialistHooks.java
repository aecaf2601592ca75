package dev.headlight.samples.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.model.Hooks;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Site;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Lets a pass in training tell {@link Specialists} from the other heads. */
final class SpecialistHooks implements Hooks {
  private final Specialists specialists;
  private final Batch batch;
  private final int firstWord;
  private final int heads;
  private final Random random;
  private final NDManager scope;
  private final Map<Integer, Optional<NDArray>> copies = new HashMap<>();
  private NDArray cost;

  /**
   * Hooks for one step.
   *
   * @param firstWord ids from here on are words; copies of marks cost nothing
   * @param scope owner of what the backward pass reads
   */
  SpecialistHooks(
      Specialists specialists,
      Batch batch,
      int firstWord,
      int heads,
      Random random,
      NDManager scope) {
    this.specialists = specialists;
    this.batch = batch;
    this.firstWord = firstWord;
    this.heads = heads;
    this.random = random;
    this.scope = scope;
  }

  /** The loss with what the heads have to pay. */
  NDArray addTo(NDArray loss) {
    return cost == null ? loss : loss.add(cost);
  }

  @Override
  public NDArray at(Site site, int layer, NDArray value) {
    if (site != Site.Z) {
      return value;
    }
    int rows = batch.inputs().size();
    float[] kept = new float[rows * heads];
    for (int i = 0; i < kept.length; i++) {
      boolean other = !specialists.heads().contains(new Head(layer, i % heads));
      kept[i] = other && random.nextDouble() < specialists.drop() ? 0 : 1;
    }
    return value.mul(scope.create(kept, new Shape(rows, 1, heads, 1)));
  }

  @Override
  public void rows(int layer, NDArray scores, NDArray pattern, int row0, int key0) {
    long[] shape = pattern.getShape().getShape();
    Optional<NDArray> where =
        copies.computeIfAbsent(row0, r -> copies(row0, (int) shape[2], key0, (int) shape[3]));
    if (where.isEmpty()) {
      return;
    }
    float[] price = new float[heads];
    for (int head = 0; head < heads; head++) {
      boolean free = specialists.heads().contains(new Head(layer, head));
      price[head] = free ? 0 : (float) specialists.cost();
    }
    NDArray mass = pattern.mul(where.get()).sum(new int[] {0, 2, 3});
    NDArray paid = mass.mul(scope.create(price)).sum();
    cost = cost == null ? paid : cost.add(paid);
    cost.attach(scope);
  }

  /**
   * What share of the loss each cell that looks at a copy has, {@code [B, 1, rows, keys]}; empty if
   * none has one.
   */
  private Optional<NDArray> copies(int row0, int rows, int key0, int keys) {
    float[] shares = batch.shares();
    int length = batch.inputs().get(0).length;
    float[] cells = new float[batch.inputs().size() * rows * keys];
    boolean any = false;
    for (int row = 0; row < cells.length / keys; row++) {
      int[] tokens = batch.inputs().get(row / rows);
      int target = row / rows * length + row0 + row % rows;
      int next = batch.targets()[target];
      for (int key = 0; key < keys && next >= firstWord; key++) {
        cells[row * keys + key] = tokens[key0 + key] == next ? shares[target] : 0;
        any |= cells[row * keys + key] > 0;
      }
    }
    Shape shape = new Shape(batch.inputs().size(), 1, rows, keys);
    return any ? Optional.of(scope.create(cells, shape)) : Optional.empty();
  }
}
