package dev.headlight.app.circuits;

import dev.headlight.analysis.circuit.Node;
import dev.headlight.analysis.circuit.PathRequest;
import dev.headlight.analysis.circuit.Receiver;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.patching.Direction;
import dev.headlight.analysis.patching.Places;
import java.util.Locale;

/**
 * Which paths are patched, as the pane's controls say it.
 *
 * @param senders what is changed, one after the other; {@link Node#parseSenders} reads it
 * @param receivers inputs that hear of it; {@link Receiver#parseList} reads them
 * @param places positions at which a sender is changed
 * @param direction which prompt is changed
 * @param freezeMlps whether MLPs on the way stay as they were
 */
public record PathChoice(
    String senders, String receivers, Places places, Direction direction, boolean freezeMlps) {
  /** Every head, straight to the logits. */
  public static final PathChoice FIRST =
      new PathChoice("heads", "logits", Places.ALL, Direction.DENOISING, false);

  /** Strips the lists of blanks. */
  public PathChoice {
    senders = senders.replaceAll("\\s+", "");
    receivers = receivers.replaceAll("\\s+", "");
  }

  /**
   * Reads {@link #text}.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static PathChoice parse(String text) {
    String[] part = text.split(" ", -1);
    if (part.length != 5) {
      throw new IllegalArgumentException(text);
    }
    return new PathChoice(
        part[0],
        part[1],
        Places.parse(part[2]),
        Direction.valueOf(part[3].toUpperCase(Locale.ROOT)),
        part[4].equals("frozen"));
  }

  /** One line, such as {@code heads L9H9.q,logits all denoising recomputed}. */
  public String text() {
    return String.join(
        " ",
        senders,
        receivers,
        places.toString(),
        direction.name().toLowerCase(Locale.ROOT),
        freezeMlps ? "frozen" : "recomputed");
  }

  /** From other senders. */
  public PathChoice withSenders(String other) {
    return new PathChoice(other, receivers, places, direction, freezeMlps);
  }

  /** To other receivers. */
  public PathChoice withReceivers(String other) {
    return new PathChoice(senders, other, places, direction, freezeMlps);
  }

  /** At other positions. */
  public PathChoice withPlaces(Places other) {
    return new PathChoice(senders, receivers, other, direction, freezeMlps);
  }

  /** In another direction. */
  public PathChoice withDirection(Direction other) {
    return new PathChoice(senders, receivers, places, other, freezeMlps);
  }

  /** With MLPs frozen, or passing a change on. */
  public PathChoice withFrozen(boolean frozen) {
    return new PathChoice(senders, receivers, places, direction, frozen);
  }

  /**
   * For a pair.
   *
   * @throws dev.headlight.analysis.HeadlightException when a sender, a receiver or a position does
   *     not fit
   */
  public PathRequest request(TokenPair pair, ModelSpec spec) {
    return new PathRequest(
        pair,
        Node.parseSenders(senders, spec),
        Receiver.parseList(receivers, spec),
        places,
        direction,
        freezeMlps);
  }
}
