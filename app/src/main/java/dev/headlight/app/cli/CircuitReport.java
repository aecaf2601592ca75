package dev.headlight.app.cli;

import dev.headlight.analysis.circuit.Acdc;
import dev.headlight.analysis.circuit.CircuitComparison;
import dev.headlight.analysis.circuit.CircuitGraph;
import dev.headlight.analysis.circuit.Edge;
import dev.headlight.analysis.circuit.EdgeScores;
import dev.headlight.analysis.circuit.EdgeVerification;
import dev.headlight.analysis.circuit.Faithfulness;
import dev.headlight.analysis.circuit.LogitLens;
import dev.headlight.analysis.circuit.LogitParts;
import dev.headlight.analysis.circuit.Repair;
import dev.headlight.analysis.io.CircuitFiles;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.text.TextTokenizer;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What {@code circuit} says, for people and for machines. */
record CircuitReport(
    EdgeScores scores,
    CircuitGraph circuit,
    Faithfulness.Point faithfulness,
    Optional<Faithfulness> curve,
    Optional<Acdc.Result> acdc,
    Optional<EdgeVerification> verification,
    Optional<CircuitComparison> comparison,
    Optional<Repair> repair,
    Optional<LogitParts> direct,
    Optional<LogitLens> lens) {
  private static final int SHOWN = 25;

  /** The document of {@code --json}. */
  Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("clean", scores.contrast().clean());
    document.put("corrupt", scores.contrast().corrupt());
    document.put("method", scores.method().toString());
    document.put("steps", scores.steps());
    document.put("faithfulness", faithfulness.faithfulness());
    document.put("logitDiff", faithfulness.logitDiff());
    document.putAll(CircuitFiles.document(circuit));
    document.put("heads", scores.heads());
    curve.ifPresent(
        c -> document.put("curve", c.points().stream().map(CircuitReport::point).toList()));
    acdc.ifPresent(a -> document.put("acdc", Map.of("kl", a.kl(), "passes", a.passes())));
    comparison.ifPresent(c -> document.put("comparison", compared(c)));
    verification.ifPresent(
        v -> document.put("verified", v.rows().stream().map(CircuitReport::verified).toList()));
    repair.ifPresent(r -> document.put("repair", repaired(r)));
    direct.ifPresent(d -> document.put("direct", direct(d)));
    lens.ifPresent(l -> document.put("lens", l.layers()));
    document.put("definitions", definitions());
    return document;
  }

  private static Map<String, Object> verified(EdgeVerification.Row row) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("from", row.edge().from().toString());
    map.put("to", row.edge().to().toString());
    map.put("estimated", row.edge().score());
    map.put("exact", row.exact());
    return map;
  }

  private static Map<String, Object> repaired(Repair r) {
    Map<String, Object> map = new LinkedHashMap<>();
    List<List<String>> changes = texts(r);
    boolean same = changes.stream().distinct().count() == 1;
    map.put("changes", same ? changes.get(0) : changes);
    map.put("before", r.before());
    map.put("after", r.after());
    map.put("accuracyBefore", r.accuracyBefore());
    map.put("accuracyAfter", r.accuracyAfter());
    map.put("nothingChanged", r.nothingChanged());
    return map;
  }

  /** What was changed at each prompt. */
  private static List<List<String>> texts(Repair r) {
    return r.changes().stream().map(c -> c.stream().map(Intervention::text).toList()).toList();
  }

  private static Map<String, Object> direct(LogitParts parts) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("logitDiff", parts.logitDiff());
    map.put("sum", parts.sum());
    map.put("parts", parts.parts());
    return map;
  }

  private static Map<String, Object> point(Faithfulness.Point p) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("edges", p.edges());
    map.put("nodes", p.nodes());
    map.put("threshold", known(p.threshold()));
    map.put("logitDiff", p.logitDiff());
    map.put("faithfulness", p.faithfulness());
    return map;
  }

  private static Map<String, Object> compared(CircuitComparison c) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("sharedEdges", c.sharedEdges());
    map.put("edgeOverlap", c.edgeOverlap());
    map.put("sharedHeads", c.sharedHeads());
    map.put("headOverlap", c.headOverlap());
    map.put("reuse", c.reuse());
    map.put("rankCorrelation", known(c.rankCorrelation()));
    return map;
  }

  /** Null for what is not known, which JSON has no number for. */
  private static Double known(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private Map<String, String> definitions() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("score", "Σ (u_corrupt − u_clean) · ∂m/∂input_v: first-order effect of corrupting it");
    map.put("faithfulness", "(m(circuit) − m(corrupt)) / (m(clean) − m(corrupt))");
    if (lens.isPresent()) {
      map.put("lens", LogitLens.NORM);
      map.put("direct", "scales of norms as the pass had them");
    }
    return map;
  }

  /** For people. */
  void print(Terminal terminal, Optional<TextTokenizer> tokenizer) {
    PrintStream out = terminal.out();
    out.printf(
        "logit difference: clean %.4f, corrupt %.4f%n",
        scores.contrast().clean(), scores.contrast().corrupt());
    out.printf(
        "%s, %d of %d edges (%.1f %%), %d nodes: faithfulness %.3f%n",
        scores.method(),
        circuit.edges().size(),
        circuit.wiring().edges(),
        100 * circuit.share(),
        circuit.nodes().size(),
        faithfulness.faithfulness());
    acdc.ifPresent(a -> out.printf("ACDC: %d passes, KL %.4f nats%n", a.passes(), a.kl()));
    out.printf("%n%-28s %12s%n", "edge (first order)", "score");
    circuit.edges().stream()
        .sorted(Comparator.comparingDouble((Edge e) -> -Math.abs(e.score())))
        .limit(SHOWN)
        .forEach(e -> out.printf("%-28s %+12.5f%n", e.name(), e.score()));
    verification.ifPresent(v -> printVerified(out, v));
    curve.ifPresent(c -> printCurve(out, c));
    comparison.ifPresent(c -> printComparison(out, c));
    repair.ifPresent(r -> printRepair(out, r));
    direct.ifPresent(d -> printDirect(out, d));
    lens.ifPresent(l -> printLens(out, l, tokenizer));
  }

  private static void printVerified(PrintStream out, EdgeVerification verification) {
    out.printf("%n%-28s %12s %12s%n", "verified", "first order", "exact");
    verification
        .rows()
        .forEach(
            r ->
                out.printf(
                    "%-28s %+12.5f %+12.5f%n", r.edge().name(), r.edge().score(), r.exact()));
  }

  private static void printRepair(PrintStream out, Repair r) {
    out.printf(
        "%nwith %s: mean logit difference %.4f to %.4f, accuracy %.3f to %.3f%s%n",
        texts(r).stream()
            .map(c -> String.join(" ", c))
            .distinct()
            .collect(Collectors.joining("; ")),
        r.meanBefore(),
        r.meanAfter(),
        r.accuracyBefore(),
        r.accuracyAfter(),
        r.nothingChanged() ? "; nothing changed" : "");
  }

  private static void printCurve(PrintStream out, Faithfulness curve) {
    out.printf("%n%8s %8s %12s %14s%n", "edges", "nodes", "threshold", "faithfulness");
    for (Faithfulness.Point p : curve.points()) {
      out.printf("%8d %8d %12.3g %14.4f%n", p.edges(), p.nodes(), p.threshold(), p.faithfulness());
    }
  }

  private static void printComparison(PrintStream out, CircuitComparison c) {
    out.printf(
        "%nshared: %d edges (overlap %.3f), %d heads (overlap %.3f, reuse %.3f), rank correlation %.3f%n",
        c.sharedEdges(),
        c.edgeOverlap(),
        c.sharedHeads(),
        c.headOverlap(),
        c.reuse(),
        c.rankCorrelation());
  }

  private static void printDirect(PrintStream out, LogitParts parts) {
    out.printf("%n%-12s %12s%n", "direct", "logits");
    parts.strongest(SHOWN).forEach(p -> out.printf("%-12s %+12.4f%n", p.name(), p.value()));
    out.printf("%-12s %+12.4f   (logit difference %+.4f)%n", "sum", parts.sum(), parts.logitDiff());
  }

  private static void printLens(
      PrintStream out, LogitLens lens, Optional<TextTokenizer> tokenizer) {
    out.printf("%n%-6s %12s   %s (%s)%n", "lens", "difference", "likeliest", LogitLens.NORM);
    for (LogitLens.Layer layer : lens.layers()) {
      out.printf(
          "%-6d %+12.4f   %s%n", layer.layer(), layer.logitDiff(), words(layer.next(), tokenizer));
    }
  }

  private static String words(List<LogitLens.Candidate> next, Optional<TextTokenizer> tokenizer) {
    return next.stream()
        .map(c -> tokenizer.map(t -> t.label(c.id())).orElse(Integer.toString(c.id())))
        .collect(Collectors.joining("  "));
  }
}
