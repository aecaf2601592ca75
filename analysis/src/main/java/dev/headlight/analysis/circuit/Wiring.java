package dev.headlight.analysis.circuit;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.circuit.Receiver.Input;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Sites;

/**
 * Every edge that a model can have: what writes the residual stream, and what reads it behind. The
 * senders are the embedding, then block by block its heads and its MLP; the receivers are block by
 * block the queries, keys and values of its heads and its MLP, then the logits. What a receiver
 * reads is a prefix of the senders. Each query head has keys and values of its own: grouped heads
 * are ungrouped.
 *
 * @param layers number of blocks, L
 * @param heads query heads a block, H
 * @param parallel whether an MLP reads what its block's heads read, and not what they write
 */
public record Wiring(int layers, int heads, boolean parallel) {
  /**
   * The edges of a model.
   *
   * @throws HeadlightException when its parts do not add to one stream, or it has no logits
   */
  public static Wiring of(ModelSpec spec) {
    Sites.require(spec, Site.LOGITS);
    switch (spec.form()) {
      case SERIAL, PARALLEL, PARALLEL_SHARED -> {
        return new Wiring(spec.layers(), spec.heads(), spec.form().parallel());
      }
      default ->
          throw new HeadlightException(
              Kind.INPUT,
              "%s norms what its heads write or the stream itself, so a head's output is no sum of edges; expected a model whose blocks have norms only in front (patch its sites instead)"
                  .formatted(spec.family()));
    }
  }

  /** Number of senders, 1 + L(H + 1). */
  public int senders() {
    return before(layers);
  }

  /** Number of receivers, L(3H + 1) + 1. */
  public int receivers() {
    return layers * (3 * heads + 1) + 1;
  }

  /** Number of edges. */
  public int edges() {
    int edges = 0;
    for (int r = 0; r < receivers(); r++) {
      edges += reads(r);
    }
    return edges;
  }

  /** Senders in front of a block; their indices are the first ones. */
  int before(int layer) {
    return 1 + layer * (heads + 1);
  }

  /** How many senders the MLP of a block reads. */
  int beforeMlp(int layer) {
    return parallel ? before(layer) : before(layer) + heads;
  }

  /** Index of a sender. */
  public int sender(Node node) {
    return switch (node.type()) {
      case EMBED -> 0;
      case HEAD -> before(node.layer()) + node.head();
      case MLP -> before(node.layer()) + heads;
      case LOGITS -> throw new IllegalArgumentException("the logits write nothing");
    };
  }

  /** The sender of an index. */
  public Node sender(int index) {
    if (index == 0) {
      return Node.EMBED;
    }
    int layer = (index - 1) / (heads + 1);
    int part = (index - 1) % (heads + 1);
    return part == heads ? Node.mlp(layer) : Node.head(layer, part);
  }

  /** Index of a receiver. */
  public int receiver(Receiver receiver) {
    Node node = receiver.node();
    int first = node.layer() * (3 * heads + 1);
    return switch (receiver.input()) {
      case Q -> first + node.head();
      case K -> first + heads + node.head();
      case V -> first + 2 * heads + node.head();
      case ONLY -> node.type() == Node.Type.MLP ? first + 3 * heads : receivers() - 1;
    };
  }

  /** The receiver of an index. */
  public Receiver receiver(int index) {
    if (index == receivers() - 1) {
      return Receiver.of(Node.LOGITS);
    }
    int layer = index / (3 * heads + 1);
    int part = index % (3 * heads + 1);
    return part == 3 * heads
        ? Receiver.of(Node.mlp(layer))
        : new Receiver(Node.head(layer, part % heads), Input.OF_HEAD.get(part / heads));
  }

  /** How many senders a receiver reads: those with the smallest indices. */
  public int reads(int receiver) {
    if (receiver == receivers() - 1) {
      return senders();
    }
    int layer = receiver / (3 * heads + 1);
    return receiver % (3 * heads + 1) == 3 * heads ? beforeMlp(layer) : before(layer);
  }
}
