package dev.headlight.analysis.io;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.circuit.CircuitGraph;
import dev.headlight.analysis.circuit.Edge;
import dev.headlight.analysis.circuit.Node;
import dev.headlight.analysis.circuit.Receiver;
import dev.headlight.analysis.circuit.Wiring;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Circuits in files, chosen by the name's end: {@code .json} (read back by {@link #read}), {@code
 * .dot} for Graphviz, {@code .graphml}, and {@code .csv} with one row an edge. A file is written as
 * a whole or not at all.
 */
public final class CircuitFiles {
  /** Columns of a {@code .csv} file. */
  public static final List<String> EDGES = List.of("from", "to", "input", "score");

  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

  private CircuitFiles() {}

  /**
   * Writes a circuit.
   *
   * @param provenance where it came from, with its method as settings
   * @throws HeadlightException when the name's end is none of these, or it cannot be written
   */
  public static void write(Path file, CircuitGraph circuit, Provenance provenance) {
    switch (end(file)) {
      case "json" -> AtomicFiles.writeText(file, json(circuit, provenance));
      case "dot" -> AtomicFiles.writeText(file, dot(circuit, provenance));
      case "graphml" -> AtomicFiles.writeText(file, graphml(circuit, provenance));
      default ->
          Tables.write(
              file,
              EDGES,
              csv -> {
                for (Edge e : circuit.edges()) {
                  csv.printRecord(e.from(), e.to().node(), letter(e), e.score());
                }
              });
    }
  }

  /**
   * Refuses a name whose end says no form.
   *
   * @throws HeadlightException naming the forms there are
   */
  public static void check(Path file) {
    end(file);
  }

  private static String end(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    for (String end : List.of("json", "dot", "graphml", "csv")) {
      if (name.endsWith("." + end)) {
        return end;
      }
    }
    throw new HeadlightException(
        Kind.OUTPUT, file + ": expected a name that ends in .json, .dot, .graphml or .csv");
  }

  /** q, k or v; empty for an MLP and the logits. */
  private static String letter(Edge e) {
    return e.to().input() == Receiver.Input.ONLY
        ? ""
        : e.to().input().name().toLowerCase(Locale.ROOT);
  }

  /** The document of a {@code .json} file, as maps and lists. */
  public static Map<String, Object> document(CircuitGraph circuit) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("layers", circuit.wiring().layers());
    map.put("heads", circuit.wiring().heads());
    map.put("parallel", circuit.wiring().parallel());
    map.put("edgesOfModel", circuit.wiring().edges());
    map.put("nodes", circuit.nodes().stream().map(Node::toString).toList());
    List<Map<String, Object>> edges = new ArrayList<>();
    for (Edge e : circuit.edges()) {
      Map<String, Object> edge = new LinkedHashMap<>();
      edge.put("from", e.from().toString());
      edge.put("to", e.to().toString());
      edge.put("score", e.score());
      edges.add(edge);
    }
    map.put("edges", edges);
    return map;
  }

  private static String json(CircuitGraph circuit, Provenance provenance) {
    Map<String, Object> map = document(circuit);
    map.put("provenance", JsonParser.parseString(provenance.toCompactJson()));
    return GSON.toJson(map) + "\n";
  }

  /**
   * Reads a {@code .json} file.
   *
   * @throws HeadlightException naming the file and what is wrong with it
   */
  public static CircuitGraph read(Path file) {
    try {
      JsonObject root =
          JsonParser.parseString(Files.readString(file, StandardCharsets.UTF_8)).getAsJsonObject();
      Wiring wiring =
          new Wiring(
              root.get("layers").getAsInt(),
              root.get("heads").getAsInt(),
              root.get("parallel").getAsBoolean());
      List<Edge> edges = new ArrayList<>();
      for (JsonElement element : root.getAsJsonArray("edges")) {
        edges.add(edge(element.getAsJsonObject(), wiring, file));
      }
      return new CircuitGraph(wiring, edges);
    } catch (IOException e) {
      throw new HeadlightException(
          Kind.INPUT, file + ": cannot be read (" + e.getMessage() + "); check the path.", e);
    } catch (JsonParseException
        | IllegalStateException
        | NullPointerException
        | UnsupportedOperationException
        | NumberFormatException
        | ClassCastException e) {
      throw wrong(file, "expected a circuit that was written as .json", e);
    }
  }

  private static Edge edge(JsonObject object, Wiring wiring, Path file) {
    Node from = Node.parse(object.get("from").getAsString());
    Receiver to = receiver(object.get("to").getAsString(), file);
    boolean inside =
        inside(from, wiring)
            && inside(to.node(), wiring)
            && from.type() != Node.Type.LOGITS
            && wiring.sender(from) < wiring.reads(wiring.receiver(to));
    if (!inside) {
      throw wrong(file, "there is no edge from " + from + " to " + to + " in such a model", null);
    }
    return new Edge(from, to, object.get("score").getAsDouble());
  }

  private static boolean inside(Node node, Wiring wiring) {
    return node.layer() < wiring.layers() && node.head() < wiring.heads();
  }

  private static Receiver receiver(String text, Path file) {
    int dot = text.indexOf('.');
    Node node = Node.parse(dot < 0 ? text : text.substring(0, dot));
    Receiver.Input input =
        switch (dot < 0 ? "" : text.substring(dot + 1)) {
          case "" -> Receiver.Input.ONLY;
          case "q" -> Receiver.Input.Q;
          case "k" -> Receiver.Input.K;
          case "v" -> Receiver.Input.V;
          default -> throw wrong(file, "\"" + text + "\" is no input", null);
        };
    try {
      return new Receiver(node, input);
    } catch (IllegalArgumentException e) {
      throw wrong(file, "\"" + text + "\" is no input", e);
    }
  }

  private static HeadlightException wrong(Path file, String problem, Exception cause) {
    return new HeadlightException(Kind.INPUT, file + ": " + problem + ".", cause);
  }

  private static String dot(CircuitGraph circuit, Provenance provenance) {
    StringBuilder text = new StringBuilder("digraph circuit {\n");
    text.append("  // ").append(provenance.toCompactJson()).append('\n');
    text.append("  rankdir=LR;\n  node [shape=box, style=rounded];\n");
    circuit.nodes().forEach(n -> text.append("  \"").append(n).append("\";\n"));
    double most = most(circuit);
    for (Edge e : circuit.edges()) {
      text.append(
          "  \"%s\" -> \"%s\" [label=\"%s\", score=\"%s\", color=\"%s\", penwidth=%.2f];\n"
              .formatted(
                  e.from(),
                  e.to().node(),
                  letter(e),
                  e.score(),
                  e.score() < 0 ? "#2166ac" : "#b2182b",
                  0.5 + 3.5 * Math.abs(e.score()) / most));
    }
    return text.append("}\n").toString();
  }

  private static double most(CircuitGraph circuit) {
    double most = circuit.edges().stream().mapToDouble(e -> Math.abs(e.score())).max().orElse(0);
    return most > 0 ? most : 1;
  }

  private static String graphml(CircuitGraph circuit, Provenance provenance) {
    StringBuilder text =
        new StringBuilder(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <graphml xmlns="http://graphml.graphdrawing.org/xmlns">
              <key id="type" for="node" attr.name="type" attr.type="string"/>
              <key id="layer" for="node" attr.name="layer" attr.type="int"/>
              <key id="head" for="node" attr.name="head" attr.type="int"/>
              <key id="input" for="edge" attr.name="input" attr.type="string"/>
              <key id="score" for="edge" attr.name="score" attr.type="double"/>
            """);
    text.append("  <desc>").append(escaped(provenance.toCompactJson())).append("</desc>\n");
    text.append("  <graph id=\"circuit\" edgedefault=\"directed\">\n");
    for (Node n : circuit.nodes()) {
      text.append("    <node id=\"%s\">".formatted(n));
      text.append(data("type", n.type().name().toLowerCase(Locale.ROOT)));
      text.append(n.layer() < 0 ? "" : data("layer", n.layer()));
      text.append(n.head() < 0 ? "" : data("head", n.head())).append("</node>\n");
    }
    for (Edge e : circuit.edges()) {
      text.append("    <edge source=\"%s\" target=\"%s\">".formatted(e.from(), e.to().node()));
      text.append(letter(e).isEmpty() ? "" : data("input", letter(e)));
      text.append(data("score", e.score())).append("</edge>\n");
    }
    return text.append("  </graph>\n</graphml>\n").toString();
  }

  private static String data(String key, Object value) {
    return "<data key=\"%s\">%s</data>".formatted(key, value);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
