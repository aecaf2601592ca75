package dev.headlight.analysis.circuit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.model.Hooks;
import dev.headlight.analysis.model.HostMemory;
import dev.headlight.analysis.run.Site;
import java.util.List;
import java.util.Set;

/** Hooks of the pass in which receivers hear what a sender's change adds to their input. */
final class ReceiverHooks implements Hooks {
  private final Wiring wiring;
  private final Set<Receiver> receivers;
  private final SenderHooks changed;

  /** Hooks of one pass over the rows that {@code changed} saw. */
  ReceiverHooks(Wiring wiring, List<Receiver> receivers, SenderHooks changed) {
    this.wiring = wiring;
    this.receivers = Set.copyOf(receivers);
    this.changed = changed;
  }

  @Override
  public boolean wants(Site site, int layer) {
    return switch (site) {
      case Q_INPUT, K_INPUT, V_INPUT -> anyHead(input(site), layer);
      case MLP_IN -> receivers.contains(Receiver.of(Node.mlp(layer)));
      default -> false;
    };
  }

  @Override
  public NDArray at(Site site, int layer, NDArray value) {
    return switch (site) {
      case Q_INPUT, K_INPUT, V_INPUT ->
          anyHead(input(site), layer) ? heads(input(site), layer, value) : value;
      case MLP_IN -> wants(site, layer) ? heard(site, layer, value) : value;
      case RESID_POST ->
          layer == wiring.layers() - 1 && receivers.contains(Receiver.of(Node.LOGITS))
              ? heard(site, layer, value)
              : value;
      default -> value;
    };
  }

  private static Receiver.Input input(Site site) {
    return switch (site) {
      case Q_INPUT -> Receiver.Input.Q;
      case K_INPUT -> Receiver.Input.K;
      default -> Receiver.Input.V;
    };
  }

  private boolean anyHead(Receiver.Input input, int layer) {
    return receivers.stream().anyMatch(r -> r.input() == input && r.node().layer() == layer);
  }

  private NDArray heard(Site site, int layer, NDArray value) {
    return value.add(view(changed.added(site, layer), value.getManager()));
  }

  private NDArray heads(Receiver.Input input, int layer, NDArray value) {
    float[] mask = new float[wiring.heads()];
    for (int h = 0; h < mask.length; h++) {
      mask[h] = receivers.contains(new Receiver(Node.head(layer, h), input)) ? 1 : 0;
    }
    NDManager scope = value.getManager();
    NDArray change = view(changed.added(Site.RESID_PRE, layer), scope);
    NDArray heard = HostMemory.array(mask, new Shape(1, 1, mask.length, 1), scope);
    return value.add(change.expandDims(2).mul(heard));
  }

  private static NDArray view(NDArray array, NDManager scope) {
    NDArray view = array.get(":");
    view.attach(scope);
    return view;
  }
}
