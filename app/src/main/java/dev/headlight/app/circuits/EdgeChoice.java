package dev.headlight.app.circuits;

import dev.headlight.analysis.circuit.CircuitGraph.Selection;
import dev.headlight.analysis.circuit.EdgeScores.Method;
import java.util.Arrays;

/**
 * How a circuit is found, as the pane's controls say it.
 *
 * @param method how edges are scored
 * @param steps of integrated gradients, 1 or more
 * @param all whether scores are the mean over all pairs, else of the one that is shown
 * @param selection how edges are chosen
 * @param edges how many are, 1 or more
 * @param tau rise of the divergence, in nats, below which ACDC lets an edge go; above 0
 */
public record EdgeChoice(
    Method method, int steps, boolean all, Selection selection, int edges, double tau) {
  /** What a new pane begins with. */
  public static final EdgeChoice FIRST =
      new EdgeChoice(Method.EAP_IG, 5, false, Selection.TOP, 200, 0.01);

  /** Checks the numbers. */
  public EdgeChoice {
    if (steps < 1 || edges < 1 || !(tau > 0)) {
      throw new IllegalArgumentException(
          "%d steps, %d edges, threshold %s".formatted(steps, edges, tau));
    }
  }

  /**
   * Reads {@link #text}.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static EdgeChoice parse(String text) {
    String[] part = text.split(" ", -1);
    if (part.length != 6) {
      throw new IllegalArgumentException(text);
    }
    Method method =
        Arrays.stream(Method.values())
            .filter(m -> m.toString().equals(part[0]))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(text));
    return new EdgeChoice(
        method,
        Integer.parseInt(part[1]),
        part[2].equals("all"),
        part[3].equals("greedy") ? Selection.GREEDY : Selection.TOP,
        Integer.parseInt(part[4]),
        Double.parseDouble(part[5]));
  }

  /** One line, such as {@code eap-ig 5 one top 200 0.01}. */
  public String text() {
    return "%s %d %s %s %d %s"
        .formatted(
            method,
            steps,
            all ? "all" : "one",
            selection == Selection.GREEDY ? "greedy" : "top",
            edges,
            tau);
  }

  /** By another method. */
  public EdgeChoice withMethod(Method other) {
    return new EdgeChoice(other, steps, all, selection, edges, tau);
  }

  /** With other steps. */
  public EdgeChoice withSteps(int other) {
    return new EdgeChoice(method, other, all, selection, edges, tau);
  }

  /** Over all pairs, or the one that is shown. */
  public EdgeChoice withAll(boolean other) {
    return new EdgeChoice(method, steps, other, selection, edges, tau);
  }

  /** With edges chosen otherwise. */
  public EdgeChoice withSelection(Selection other, int count) {
    return new EdgeChoice(method, steps, all, other, count, tau);
  }

  /** With another threshold of ACDC. */
  public EdgeChoice withTau(double other) {
    return new EdgeChoice(method, steps, all, selection, edges, other);
  }
}
