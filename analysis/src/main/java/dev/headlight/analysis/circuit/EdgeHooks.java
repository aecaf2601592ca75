package dev.headlight.analysis.circuit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.attention.Slices;
import dev.headlight.analysis.model.Hooks;
import dev.headlight.analysis.model.HostMemory;
import dev.headlight.analysis.run.Site;
import java.util.List;

/**
 * Hooks of a pass in which only some edges are clean. What a receiver reads is the corrupt stream,
 * and of each sender whose edge is kept, what it writes now less what it wrote in the corrupt pass.
 * Each row of the batch has a circuit of its own.
 */
final class EdgeHooks implements Hooks {
  private final Wiring wiring;
  private final KeptEdges corrupt;
  private final List<boolean[][]> kept;
  private final long batch;
  private NDArray changes;

  /**
   * Hooks of one pass.
   *
   * @param kept of each row of the batch, whether an edge is clean: {@code [receivers][reads]}
   * @param scope owner of the senders' changes, {@code [B, senders, T·d]}
   */
  EdgeHooks(
      Wiring wiring,
      KeptEdges corrupt,
      List<boolean[][]> kept,
      int length,
      int width,
      NDManager scope) {
    this.wiring = wiring;
    this.corrupt = corrupt;
    this.kept = List.copyOf(kept);
    batch = kept.size();
    changes = scope.zeros(new Shape(batch, wiring.senders(), (long) length * width));
  }

  @Override
  public boolean wants(Site site, int layer) {
    return switch (site) {
      case Q_INPUT, K_INPUT, V_INPUT, RESULT, MLP_IN -> true;
      default -> false;
    };
  }

  @Override
  public NDArray at(Site site, int layer, NDArray value) {
    int heads = wiring.heads();
    switch (site) {
      case RESID_PRE -> {
        if (layer == 0) {
          written(0, less(value, Site.RESID_PRE, 0));
        }
      }
      case RESULT ->
          written(wiring.before(layer), less(value, Site.RESULT, layer).transpose(0, 2, 1, 3));
      case MLP_OUT -> written(wiring.before(layer) + heads, less(value, Site.MLP_OUT, layer));
      case Q_INPUT -> {
        return heads(Receiver.Input.Q, layer, value);
      }
      case K_INPUT -> {
        return heads(Receiver.Input.K, layer, value);
      }
      case V_INPUT -> {
        return heads(Receiver.Input.V, layer, value);
      }
      case MLP_IN -> {
        return alone(Receiver.of(Node.mlp(layer)), site, layer, value);
      }
      case RESID_POST -> {
        return layer == wiring.layers() - 1
            ? alone(Receiver.of(Node.LOGITS), site, layer, value)
            : value;
      }
      default -> {
        return value;
      }
    }
    return value;
  }

  private NDArray less(NDArray value, Site site, int layer) {
    return value.sub(corrupt.get(site, layer, value.getManager()));
  }

  /** Notes what senders change, {@code [B, T, d]} or {@code [B, H, T, d]}, from an index on. */
  private void written(int sender, NDArray change) {
    long size = changes.getShape().get(2);
    long count = change.size() / size / batch;
    NDIndex at = new NDIndex().addAllDim().addSliceDim(sender, sender + count);
    changes.set(at, change.reshape(batch, count, size));
  }

  /** What each head reads: {@code [B, T, H, d]}. */
  private NDArray heads(Receiver.Input input, int layer, NDArray value) {
    int first = wiring.receiver(new Receiver(Node.head(layer, 0), input));
    Shape shape = value.getShape();
    NDArray mixed =
        mixed(first, wiring.heads(), value.getManager())
            .reshape(batch, wiring.heads(), shape.get(1), shape.get(3))
            .transpose(0, 2, 1, 3);
    return mixed.add(corrupt.get(Site.RESID_PRE, layer, value.getManager()).expandDims(2));
  }

  private NDArray alone(Receiver receiver, Site site, int layer, NDArray value) {
    return mixed(wiring.receiver(receiver), 1, value.getManager())
        .reshape(value.getShape())
        .add(corrupt.get(site, layer, value.getManager()));
  }

  /** Sums of the changes that some receivers see, {@code [B, count, T·d]}. */
  private NDArray mixed(int first, int count, NDManager scope) {
    int reads = wiring.reads(first);
    float[] mask = new float[(int) batch * count * reads];
    int at = 0;
    for (boolean[][] one : kept) {
      for (int r = first; r < first + count; r++) {
        for (int s = 0; s < reads; s++) {
          mask[at++] = one[r][s] ? 1 : 0;
        }
      }
    }
    NDArray seen = Slices.range(changes, 1, 0, reads).get(":");
    seen.attach(scope);
    return HostMemory.array(mask, new Shape(batch, count, reads), scope).matMul(seen);
  }
}
