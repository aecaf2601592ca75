package dev.headlight.samples.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.model.Hooks;
import dev.headlight.samples.world.Aim;
import java.util.List;

/** Lets a {@link Pointer} pay in a pass in training. */
final class PointerHooks implements Hooks {
  private static final float LEAST = 1e-6f;

  private final Pointer pointer;
  private final List<List<Aim>> aims;
  private final int firstPatch;
  private final NDManager scope;
  private NDArray cost;

  /**
   * Hooks for one step.
   *
   * @param aims of each sequence of the batch
   * @param firstPatch position of the first patch in every sequence
   * @param scope owner of what the backward pass reads
   */
  PointerHooks(Pointer pointer, List<List<Aim>> aims, int firstPatch, NDManager scope) {
    this.pointer = pointer;
    this.aims = aims;
    this.firstPatch = firstPatch;
    this.scope = scope;
  }

  /** The loss with what the head has to pay. */
  NDArray addTo(NDArray loss) {
    return cost == null ? loss : loss.add(cost);
  }

  @Override
  public void rows(int layer, NDArray scores, NDArray pattern, int row0, int key0) {
    if (layer != pointer.head().layer()) {
      return;
    }
    int heads = (int) pattern.getShape().get(1);
    int rows = (int) pattern.getShape().get(2);
    int keys = (int) pattern.getShape().get(3);
    int all = Math.max(1, aims.stream().mapToInt(List::size).sum());
    float[] cells = new float[aims.size() * rows * keys];
    float[] prices = new float[aims.size() * heads * rows];
    for (int sequence = 0; sequence < aims.size(); sequence++) {
      for (Aim aim : aims.get(sequence)) {
        int row = aim.position() - row0;
        if (row >= 0 && row < rows) {
          int price = (sequence * heads + pointer.head().head()) * rows + row;
          prices[price] = (float) pointer.cost() / all;
          for (int patch : aim.patches()) {
            cells[(sequence * rows + row) * keys + firstPatch + patch - key0] = 1;
          }
        }
      }
    }
    NDArray inside = pattern.mul(scope.create(cells, new Shape(aims.size(), 1, rows, keys)));
    NDArray mass = inside.sum(new int[] {3}).add(scope.create(LEAST));
    NDArray price = scope.create(prices, new Shape(aims.size(), heads, rows));
    NDArray paid = mass.log().mul(price).sum().neg();
    cost = cost == null ? paid : cost.add(paid);
    cost.attach(scope);
  }
}
