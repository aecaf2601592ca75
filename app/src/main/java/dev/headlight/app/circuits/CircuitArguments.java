package dev.headlight.app.circuits;

import dev.headlight.analysis.circuit.CircuitGraph;
import dev.headlight.analysis.circuit.EdgeScores;
import dev.headlight.analysis.pairs.PromptPair;
import dev.headlight.analysis.patching.PatchMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What follows the model on the command line that finds the same, each one word. */
public final class CircuitArguments {
  private CircuitArguments() {}

  private static List<String> pair(PromptPair pair) {
    return new ArrayList<>(
        List.of(
            "--clean=" + pair.clean(),
            "--corrupt=" + pair.corrupt(),
            "--answer=" + pair.answer(),
            "--wrong=" + pair.wrong()));
  }

  /**
   * Of {@code patch}.
   *
   * @param verify how many estimates are verified; 0 for none
   */
  public static List<String> patch(PromptPair pair, PatchChoice choice, int verify) {
    List<String> line = pair(pair);
    line.addAll(
        List.of(
            "--site",
            choice.site().shortName(),
            "--grid",
            choice.grid().toString(),
            "--positions=" + choice.places(),
            "--direction",
            choice.direction().name().toLowerCase(Locale.ROOT),
            "--method",
            choice.method().name().toLowerCase(Locale.ROOT)));
    if (verify > 0 && choice.method() == PatchMap.Method.ATTRIBUTION) {
      line.addAll(List.of("--verify", Integer.toString(verify)));
    }
    return line;
  }

  /** Of {@code circuit}. */
  public static List<String> circuit(
      PromptPair pair,
      EdgeScores.Method method,
      int steps,
      CircuitGraph.Selection selection,
      int edges) {
    List<String> line = pair(pair);
    line.addAll(List.of("--method", method.toString()));
    if (method == EdgeScores.Method.EAP_IG) {
      line.addAll(List.of("--steps", Integer.toString(steps)));
    }
    line.addAll(List.of("--top", Integer.toString(edges)));
    if (selection == CircuitGraph.Selection.GREEDY) {
      line.add("--greedy");
    }
    line.addAll(List.of("--faithfulness", "--direct"));
    return line;
  }
}
