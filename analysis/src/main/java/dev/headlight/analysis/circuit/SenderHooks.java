package dev.headlight.analysis.circuit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.attention.Slices;
import dev.headlight.analysis.model.Hooks;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Site;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Hooks of the pass that finds what a sender's change adds to every input: heads write what they
 * wrote, but for the sender of each row of the batch.
 */
final class SenderHooks implements Hooks {
  private final Wiring wiring;
  private final KeptEdges own;
  private final KeptEdges other;
  private final List<Node> senders;
  private final PathRequest request;
  private final List<Integer> positions;
  private final NDManager keeper;
  private final Map<HookName, NDArray> added = new HashMap<>();

  /**
   * Hooks of one pass.
   *
   * @param own what the prompt of the pass writes
   * @param other what the other prompt writes
   * @param senders one a row of the batch
   * @param keeper owner of what is found
   */
  SenderHooks(
      Wiring wiring,
      KeptEdges own,
      KeptEdges other,
      List<Node> senders,
      PathRequest request,
      int length,
      NDManager keeper) {
    this.wiring = wiring;
    this.own = own;
    this.other = other;
    this.senders = List.copyOf(senders);
    this.request = request;
    this.keeper = keeper;
    positions = request.places().in(length);
  }

  /** What was added to an input, {@code [B, T, d]}: of the stream, an MLP, or the logits. */
  NDArray added(Site site, int layer) {
    return added.get(HookName.of(site, layer));
  }

  @Override
  public boolean wants(Site site, int layer) {
    return site == Site.RESULT || site == Site.MLP_IN;
  }

  @Override
  public NDArray at(Site site, int layer, NDArray value) {
    return switch (site) {
      case RESID_PRE -> {
        NDArray stream = layer == 0 ? frozen(site, layer, value) : value;
        keep(site, layer, stream);
        yield stream;
      }
      case RESULT -> frozen(site, layer, value);
      case MLP_OUT -> request.freezeMlps() ? frozen(site, layer, value) : sent(site, layer, value);
      case MLP_IN -> {
        keep(site, layer, value);
        yield value;
      }
      case RESID_POST -> {
        if (layer == wiring.layers() - 1) {
          keep(site, layer, value);
        }
        yield value;
      }
      default -> value;
    };
  }

  private void keep(Site site, int layer, NDArray value) {
    NDArray change = value.sub(own.get(site, layer, value.getManager()));
    change.attach(keeper);
    added.put(HookName.of(site, layer), change);
  }

  /** What the prompt wrote here, with the senders of this site changed. */
  private NDArray frozen(Site site, int layer, NDArray value) {
    return sent(site, layer, own.get(site, layer, value.getManager()).repeat(0, senders.size()));
  }

  /** The same array, in which senders of this site write what they wrote for the other prompt. */
  private NDArray sent(Site site, int layer, NDArray value) {
    for (int b = 0; b < senders.size(); b++) {
      if (writes(senders.get(b), site, layer)) {
        send(senders.get(b), Slices.range(value, 0, b, b + 1), site, layer);
      }
    }
    return value;
  }

  private static boolean writes(Node sender, Site site, int layer) {
    return switch (sender.type()) {
      case EMBED -> site == Site.RESID_PRE && layer == 0;
      case HEAD -> site == Site.RESULT && layer == sender.layer();
      case MLP -> site == Site.MLP_OUT && layer == sender.layer();
      case LOGITS -> false;
    };
  }

  private void send(Node sender, NDArray row, Site site, int layer) {
    NDArray source = other.get(site, layer, row.getManager());
    for (int p : positions) {
      NDArray to = Slices.range(row, 1, p, p + 1L);
      NDArray from = Slices.range(source, 1, p, p + 1L);
      if (sender.type() == Node.Type.HEAD) {
        to = Slices.range(to, 2, sender.head(), sender.head() + 1L);
        from = Slices.range(from, 2, sender.head(), sender.head() + 1L);
      }
      to.addi(from.sub(to));
    }
  }
}
