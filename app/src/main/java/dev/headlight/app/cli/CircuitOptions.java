package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.circuit.CircuitGraph;
import dev.headlight.analysis.circuit.EdgeAttribution;
import dev.headlight.analysis.circuit.EdgeScores;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.pairs.TokenPair;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How {@code circuit} scores edges and which ones it takes. */
final class CircuitOptions {
  private static final int TOP = 200;

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      defaultValue = "eap-ig",
      converter = Methods.class,
      description =
          "eap (gradient at the clean prompt) or eap-ig (mean of gradients on the way from corrupt"
              + " to clean); default: ${DEFAULT-VALUE}.")
  private EdgeScores.Method method;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "5",
      description = "Steps of eap-ig; default: ${DEFAULT-VALUE}.")
  private int steps;

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "Take the N edges with the largest absolute scores; default: 200.")
  private Integer top;

  @Option(
      names = "--threshold",
      paramLabel = "X",
      description = "Take the edges whose absolute score is at least X, instead of --top.")
  private Double threshold;

  @Option(
      names = "--greedy",
      description = "Take edges from the logits down, each the best into what is there already.")
  private boolean greedy;

  /** From text to the methods, whose names have hyphens. */
  static final class Methods implements ITypeConverter<EdgeScores.Method> {
    @Override
    public EdgeScores.Method convert(String text) {
      for (EdgeScores.Method method : EdgeScores.Method.values()) {
        if (method.toString().equalsIgnoreCase(text.strip())) {
          return method;
        }
      }
      throw new TypeConversionException("expected eap or eap-ig, found " + text);
    }
  }

  void check() {
    if (top != null && threshold != null) {
      throw wrong("--top and --threshold choose edges in two ways; give one of them");
    }
    if (threshold != null && greedy) {
      throw wrong("--greedy takes a number of edges; use it with --top, not with --threshold");
    }
    if (top != null && top < 1) {
      throw wrong("--top: expected 1 or more, found " + top);
    }
    if (threshold != null && !(threshold >= 0)) {
      throw wrong("--threshold: expected 0 or more, found " + threshold);
    }
    if (steps < 1) {
      throw wrong("--steps: expected 1 or more, found " + steps);
    }
  }

  private static HeadlightException wrong(String message) {
    return new HeadlightException(Kind.INPUT, message + ".");
  }

  EdgeScores score(Model ungrouped, List<TokenPair> pairs, Progress progress) {
    return EdgeAttribution.run(ungrouped, pairs, method, steps, progress);
  }

  CircuitGraph.Selection selection() {
    return greedy ? CircuitGraph.Selection.GREEDY : CircuitGraph.Selection.TOP;
  }

  CircuitGraph select(EdgeScores scores) {
    return threshold != null
        ? CircuitGraph.above(scores, threshold)
        : CircuitGraph.select(scores, selection(), top == null ? TOP : top);
  }
}
