package dev.headlight.app.circuits;

import dev.headlight.analysis.circuit.HeadTokens;
import dev.headlight.analysis.run.Head;
import java.util.List;

/**
 * The largest values of a head's circuit over the whole vocabulary.
 *
 * @param head of which
 * @param circuit which of its two
 * @param rows the largest first
 */
public record WeightPairs(Head head, HeadTokens.Circuit circuit, List<Row> rows) {
  /** Copies the list. */
  public WeightPairs {
    rows = List.copyOf(rows);
  }

  /**
   * Two tokens with the value between them.
   *
   * @param row label of the token that is read, or of the query
   * @param column label of the one that is written, or of the key
   * @param value of the map
   */
  public record Row(String row, String column, double value) {}
}
