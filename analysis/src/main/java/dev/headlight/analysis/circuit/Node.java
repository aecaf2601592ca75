package dev.headlight.analysis.circuit;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.HeadSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A part of a model that reads and writes the residual stream; prints as {@code embed}, {@code
 * L5H3}, {@code MLP5} or {@code logits}.
 *
 * @param type what it is
 * @param layer its block; -1 for the embedding and the logits
 * @param head query head; -1 where it is none
 */
public record Node(Type type, int layer, int head) {
  /** What a node is. */
  public enum Type {
    /** What enters the first block; only writes. */
    EMBED,
    /** A query head. */
    HEAD,
    /** The MLP of a block. */
    MLP,
    /** The final norm and the unembedding; only reads. */
    LOGITS
  }

  /** What enters the first block. */
  public static final Node EMBED = new Node(Type.EMBED, -1, -1);

  /** What leaves the last block, read by the final norm and the unembedding. */
  public static final Node LOGITS = new Node(Type.LOGITS, -1, -1);

  private static final Pattern FORM = Pattern.compile("L(\\d{1,9})H(\\d{1,9})|MLP(\\d{1,9})");

  /** A head. */
  public static Node head(int layer, int head) {
    return new Node(Type.HEAD, layer, head);
  }

  /** An MLP. */
  public static Node mlp(int layer) {
    return new Node(Type.MLP, layer, -1);
  }

  /**
   * Reads the text form.
   *
   * @throws HeadlightException when the text is no node
   */
  public static Node parse(String text) {
    String t = text.strip();
    if (t.equals("embed")) {
      return EMBED;
    }
    if (t.equals("logits")) {
      return LOGITS;
    }
    Matcher m = FORM.matcher(t);
    if (!m.matches()) {
      throw new HeadlightException(
          Kind.INPUT, "\"" + text + "\" is no node; expected one like embed, L5H3, MLP5 or logits");
    }
    return m.group(3) != null
        ? mlp(Integer.parseInt(m.group(3)))
        : head(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)));
  }

  /**
   * Reads what writes: {@code heads} or {@code mlps} for all of them, or a list such as {@code
   * L5H*,MLP3,embed}.
   *
   * @throws HeadlightException naming the part that writes nothing in the model
   */
  public static List<Node> parseSenders(String text, ModelSpec spec) {
    Set<Node> all = new LinkedHashSet<>();
    for (String part : text.split(",", -1)) {
      String term = part.strip();
      switch (term) {
        case "heads" -> addHeads("L*H*", spec, all);
        case "mlps" -> IntStream.range(0, spec.layers()).mapToObj(Node::mlp).forEach(all::add);
        default -> {
          if (term.matches("L.*[HG].*")) {
            addHeads(term, spec, all);
          } else {
            all.add(sender(term, spec));
          }
        }
      }
    }
    return List.copyOf(all);
  }

  private static void addHeads(String term, ModelSpec spec, Set<Node> into) {
    HeadSet.parse(term).resolve(spec).forEach(h -> into.add(head(h.layer(), h.head())));
  }

  private static Node sender(String term, ModelSpec spec) {
    Node node = parse(term);
    if (node.type() == Type.LOGITS || node.layer() >= spec.layers()) {
      throw new HeadlightException(
          Kind.INPUT,
          "%s writes nothing in a model of %d layers; expected heads, mlps, or a list such as L5H*,MLP%d,embed"
              .formatted(term, spec.layers(), spec.layers() - 1));
    }
    return node;
  }

  @Override
  public String toString() {
    return switch (type) {
      case EMBED -> "embed";
      case HEAD -> "L" + layer + "H" + head;
      case MLP -> "MLP" + layer;
      case LOGITS -> "logits";
    };
  }
}
