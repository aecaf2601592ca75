package dev.headlight.app.circuits;

import dev.headlight.analysis.circuit.CircuitGraph;
import dev.headlight.analysis.circuit.EdgeScores;
import dev.headlight.analysis.circuit.HeadTokens;
import dev.headlight.analysis.pairs.PairRole;
import dev.headlight.analysis.pairs.PromptPair;
import dev.headlight.analysis.pairs.RoleText;
import dev.headlight.analysis.patching.PatchMap;
import dev.headlight.analysis.run.Head;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What follows the model on the command line that finds the same, each one word. */
public final class CircuitArguments {
  private CircuitArguments() {}

  /** Pairs as texts, one after the other. */
  private static List<String> pairs(List<PromptPair> pairs) {
    List<String> line = new ArrayList<>();
    for (PromptPair pair : pairs) {
      line.add("--clean=" + pair.clean());
      line.add("--corrupt=" + pair.corrupt());
      line.add("--answer=" + pair.answer());
      line.add("--wrong=" + pair.wrong());
    }
    return line;
  }

  /** Arguments of a command with the pictures of its prompts. */
  public static List<String> seeing(List<String> arguments, List<Path> pictures) {
    List<String> line = new ArrayList<>(arguments);
    pictures.forEach(p -> line.add("--image=" + p));
    return line;
  }

  /**
   * Of {@code patch}.
   *
   * @param verify how many estimates are verified; 0 for none
   */
  public static List<String> patch(PromptPair pair, PatchChoice choice, int verify) {
    List<String> line = pairs(List.of(pair));
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

  /** Of {@code patch --method path}. */
  public static List<String> paths(PromptPair pair, PathChoice choice) {
    List<String> line = pairs(List.of(pair));
    line.addAll(
        List.of(
            "--site",
            "z",
            "--method",
            "path",
            "--senders",
            choice.senders(),
            "--receivers",
            choice.receivers(),
            "--positions=" + choice.places(),
            "--direction",
            choice.direction().name().toLowerCase(Locale.ROOT)));
    if (choice.freezeMlps()) {
      line.add("--freeze-mlps");
    }
    return line;
  }

  /**
   * Of {@code circuit}.
   *
   * @param pairs that scores are the mean over
   * @param pruned whether ACDC has pruned the circuit
   * @param verify how many edges are verified; 0 for none
   */
  public static List<String> circuit(
      List<PromptPair> pairs, EdgeChoice choice, boolean pruned, int verify) {
    List<String> line = pairs(pairs);
    line.addAll(List.of("--method", choice.method().toString()));
    if (choice.method() == EdgeScores.Method.EAP_IG) {
      line.addAll(List.of("--steps", Integer.toString(choice.steps())));
    }
    line.addAll(List.of("--top", Integer.toString(choice.edges())));
    if (choice.selection() == CircuitGraph.Selection.GREEDY) {
      line.add("--greedy");
    }
    if (pruned) {
      line.addAll(List.of("--acdc", Double.toString(choice.tau())));
    }
    if (verify > 0) {
      line.addAll(List.of("--verify", Integer.toString(verify)));
    }
    line.add("--faithfulness");
    return line;
  }

  /** Of {@code circuit --direct}. */
  public static List<String> direct(PromptPair pair) {
    List<String> line = pairs(List.of(pair));
    line.addAll(List.of("--method", "eap", "--direct"));
    return line;
  }

  /**
   * Of {@code circuit --repair}.
   *
   * @param changes as they are typed; they may name roles of the pairs
   */
  public static List<String> repair(List<PromptPair> pairs, List<String> changes) {
    boolean roles = changes.stream().anyMatch(RoleText::named);
    List<String> line = new ArrayList<>();
    for (PromptPair pair : pairs) {
      line.addAll(pairs(List.of(pair)));
      if (roles) {
        line.add("--roles=" + PairRole.text(pair.roles()));
      }
    }
    line.addAll(List.of("--method", "eap"));
    changes.forEach(c -> line.add("--repair=" + c));
    return line;
  }

  /**
   * Of {@code weights}.
   *
   * @param ids of the map; empty for the whole vocabulary only
   * @param top how many pairs of the whole vocabulary; 0 for none
   */
  public static List<String> weights(Head head, HeadTokens.Circuit circuit, int[] ids, int top) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "--head", head.toString(), "--circuit", circuit.name().toLowerCase(Locale.ROOT)));
    if (ids.length > 0) {
      String list = Arrays.stream(ids).mapToObj(String::valueOf).collect(Collectors.joining(","));
      line.addAll(List.of("--tokens", list));
    }
    if (top > 0) {
      line.addAll(List.of("--top", Integer.toString(top)));
    }
    return line;
  }
}
