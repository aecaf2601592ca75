package dev.headlight.analysis.circuit;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.patching.Direction;
import dev.headlight.analysis.patching.Places;
import java.util.List;

/**
 * What is patched along paths.
 *
 * @param pair two prompts of one length
 * @param senders one cell each: heads, MLPs or the embedding
 * @param receivers inputs that hear of the sender's change; nothing else does directly
 * @param places positions at which the sender is changed
 * @param direction which prompt is changed
 * @param freezeMlps whether MLPs between sender and receiver stay as they were, so that only the
 *     direct way is left; else they pass the change on
 */
public record PathRequest(
    TokenPair pair,
    List<Node> senders,
    List<Receiver> receivers,
    Places places,
    Direction direction,
    boolean freezeMlps) {
  /**
   * Copies the lists and checks the pair.
   *
   * @throws HeadlightException when the prompts differ in length, or a list is empty
   */
  public PathRequest {
    senders = List.copyOf(senders);
    receivers = List.copyOf(receivers);
    if (senders.isEmpty() || receivers.isEmpty() || senders.contains(Node.LOGITS)) {
      throw new HeadlightException(
          Kind.INPUT, "a path needs what writes and what reads: give a sender and a receiver");
    }
    if (!pair.aligned()) {
      throw new HeadlightException(
          Kind.INPUT,
          "the clean prompt has %d tokens and the corrupt one %d; paths carry values position by position, so both need the same number: change words until they agree"
              .formatted(pair.clean().length, pair.corrupt().length));
    }
    places.in(pair.clean().length);
  }
}
