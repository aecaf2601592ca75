package dev.headlight.analysis.circuit;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An input of a node; prints as {@code L5H3.q}, {@code MLP5} or {@code logits}.
 *
 * @param node what reads
 * @param input which of its inputs
 */
public record Receiver(Node node, Input input) {
  /** Which input of a node. */
  public enum Input {
    /** Queries of a head. */
    Q(".q"),
    /** Keys of a head. */
    K(".k"),
    /** Values of a head. */
    V(".v"),
    /** The one input of an MLP or of the logits. */
    ONLY("");

    /** The inputs of a head, in the order of a block's receivers. */
    public static final List<Input> OF_HEAD = List.of(Q, K, V);

    private final String suffix;

    Input(String suffix) {
      this.suffix = suffix;
    }
  }

  private static final Pattern HEADS = Pattern.compile("(L[^.]+H[^.]+?)(?:\\.([qkv]))?");

  /** Checks that the node has such an input. */
  public Receiver {
    boolean reads = node.type() != Node.Type.EMBED;
    if (!reads || (node.type() == Node.Type.HEAD) == (input == Input.ONLY)) {
      throw new IllegalArgumentException(node + " has no input " + input);
    }
  }

  /** The one input of an MLP or of the logits. */
  public static Receiver of(Node node) {
    return new Receiver(node, Input.ONLY);
  }

  /**
   * Reads a list such as {@code L9H9.q,L10H*,MLP11,logits}; a head without a letter is all three of
   * its inputs.
   *
   * @throws HeadlightException naming the part that is no input of the model
   */
  public static List<Receiver> parseList(String text, ModelSpec spec) {
    List<Receiver> all = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String term = part.strip();
      Matcher m = HEADS.matcher(term);
      if (m.matches()) {
        for (Head head : HeadSet.parse(m.group(1)).resolve(spec)) {
          Node node = Node.head(head.layer(), head.head());
          inputs(m.group(2)).forEach(input -> all.add(new Receiver(node, input)));
        }
      } else {
        all.add(single(term, spec));
      }
    }
    return List.copyOf(all);
  }

  private static List<Input> inputs(String letter) {
    return letter == null ? Input.OF_HEAD : List.of(Input.valueOf(letter.toUpperCase(Locale.ROOT)));
  }

  private static Receiver single(String term, ModelSpec spec) {
    Node node = Node.parse(term);
    if (node.type() == Node.Type.EMBED || node.layer() >= spec.layers()) {
      throw new HeadlightException(
          Kind.INPUT,
          "%s reads nothing in a model of %d layers; expected inputs such as L9H9.q, MLP%d or logits"
              .formatted(term, spec.layers(), spec.layers() - 1));
    }
    return of(node);
  }

  @Override
  public String toString() {
    return node + input.suffix;
  }
}
