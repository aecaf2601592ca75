package dev.headlight.app.circuits;

import dev.headlight.analysis.circuit.Node;
import dev.headlight.analysis.circuit.PathPatching;
import dev.headlight.analysis.circuit.PathRequest;
import dev.headlight.analysis.circuit.Receiver;
import dev.headlight.renderer.Ticks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Patched paths as a table of colours: layers down, heads across, MLPs and the embedding in columns
 * of their own.
 *
 * @param result what is shown
 * @param rows label of each row
 * @param columns label of each column
 * @param senders index of the sender of a cell, [row][column]; -1 where there is none
 * @param shares change as a share of clean − corrupt, in logits where the prompts are no scale; NaN
 *     where there is no sender, or where it is not reached
 */
public record PathPicture(
    PathPatching.Result result,
    List<String> rows,
    List<String> columns,
    int[][] senders,
    double[][] shares) {
  /** Arranges what was found. */
  public static PathPicture of(PathPatching.Result result) {
    List<Node> nodes = result.request().senders();
    List<Integer> layers = new ArrayList<>(new TreeSet<>(nodes.stream().map(Node::layer).toList()));
    List<String> columns = columns(nodes);
    int[][] senders = new int[layers.size()][columns.size()];
    double[][] shares = new double[layers.size()][columns.size()];
    for (int[] row : senders) {
      Arrays.fill(row, -1);
    }
    for (double[] row : shares) {
      Arrays.fill(row, Double.NaN);
    }
    for (int i = 0; i < nodes.size(); i++) {
      int row = layers.indexOf(nodes.get(i).layer());
      int column = columns.indexOf(column(nodes.get(i)));
      senders[row][column] = i;
      shares[row][column] = share(result, i);
    }
    List<String> rows = layers.stream().map(l -> l < 0 ? "" : Integer.toString(l)).toList();
    return new PathPicture(result, rows, columns, senders, shares);
  }

  private static List<String> columns(List<Node> nodes) {
    TreeSet<Integer> heads = new TreeSet<>();
    nodes.stream().filter(n -> n.type() == Node.Type.HEAD).forEach(n -> heads.add(n.head()));
    List<String> columns = new ArrayList<>(heads.stream().map(h -> Integer.toString(h)).toList());
    for (Node.Type type : List.of(Node.Type.MLP, Node.Type.EMBED)) {
      nodes.stream()
          .filter(n -> n.type() == type)
          .findFirst()
          .ifPresent(n -> columns.add(column(n)));
    }
    return columns;
  }

  private static String column(Node node) {
    return switch (node.type()) {
      case HEAD -> Integer.toString(node.head());
      case MLP -> "MLP";
      default -> node.toString();
    };
  }

  private static double share(PathPatching.Result result, int sender) {
    double change = change(result, sender);
    return result.contrast().distinct()
        ? change / (result.contrast().clean() - result.contrast().corrupt())
        : change;
  }

  private static double change(PathPatching.Result result, int sender) {
    return result.values()[sender] - result.request().direction().baseline(result.contrast());
  }

  /** The largest share, for the limits of the colours; never 0. */
  public double largest() {
    return Arrays.stream(shares)
        .flatMapToDouble(Arrays::stream)
        .filter(Double::isFinite)
        .map(Math::abs)
        .reduce(1e-6, Math::max);
  }

  /** What the colours count. */
  public String unit() {
    return result.contrast().distinct() ? "of clean − corrupt" : "logits";
  }

  /** A cell in words, with its numbers and their units. */
  public String words(int row, int column) {
    int sender = senders[row][column];
    return sender < 0 ? "not a sender" : words(sender);
  }

  private String words(int sender) {
    String name = result.request().senders().get(sender) + " → " + receivers(result.request());
    if (Double.isNaN(result.values()[sender])) {
      return name + ": not yet";
    }
    String normalised =
        result.contrast().distinct()
            ? ", normalised " + Ticks.format(result.normalised(sender))
            : "";
    return "%s: logit difference %s, change %s logits%s"
        .formatted(
            name,
            Ticks.format(result.values()[sender]),
            Ticks.signed(change(result, sender)),
            normalised);
  }

  /** The senders that change most, in words. */
  public String strongest(int count) {
    return IntStream.range(0, result.values().length)
        .filter(i -> !Double.isNaN(result.values()[i]))
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(change(result, i))))
        .limit(count)
        .map(i -> result.request().senders().get(i) + " " + Ticks.signed(change(result, i)))
        .collect(Collectors.joining(", "));
  }

  private static String receivers(PathRequest request) {
    List<Receiver> all = request.receivers();
    return all.size() > 4
        ? all.size() + " inputs"
        : all.stream().map(Receiver::toString).collect(Collectors.joining(", "));
  }

  /** What was done, in a sentence or two. */
  public String sentence() {
    PathRequest request = result.request();
    return "Only %s hear that a sender writes what it wrote for the other prompt; other heads frozen, MLPs %s, %s, %s. %s"
        .formatted(
            receivers(request),
            request.freezeMlps() ? "frozen" : "recomputed",
            request.places().ranges().isEmpty() ? "all positions" : "positions " + request.places(),
            request.direction().text().toLowerCase(Locale.ROOT),
            PatchPicture.scale(result.contrast()));
  }
}
