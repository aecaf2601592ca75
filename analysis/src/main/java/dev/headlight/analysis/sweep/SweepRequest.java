package dev.headlight.analysis.sweep;

import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.run.Substitutes;
import java.util.List;

/**
 * A sweep: every cell on every sequence.
 *
 * @param sequences token ids, one prompt each
 * @param tokenTypes types of the tokens, one list a prompt; empty for all 0
 * @param cells what is changed
 * @param metric what is read
 * @param substitutes whose outputs take the place of ablated heads'
 * @param pictures what a processor made of the pictures of each prompt; empty for none
 */
public record SweepRequest(
    List<int[]> sequences,
    List<int[]> tokenTypes,
    List<Cell> cells,
    Metric metric,
    Substitutes substitutes,
    List<Pixels> pictures) {
  /** Copies what is mutable. */
  public SweepRequest {
    sequences = sequences.stream().map(int[]::clone).toList();
    tokenTypes = tokenTypes.stream().map(int[]::clone).toList();
    cells = List.copyOf(cells);
    pictures = List.copyOf(pictures);
  }

  /** Prompts without pictures. */
  public SweepRequest(
      List<int[]> sequences,
      List<int[]> tokenTypes,
      List<Cell> cells,
      Metric metric,
      Substitutes substitutes) {
    this(sequences, tokenTypes, cells, metric, substitutes, List.of());
  }

  /** The same with pictures, one or more a prompt, as a processor made them. */
  public SweepRequest withPictures(List<Pixels> all) {
    return new SweepRequest(sequences, tokenTypes, cells, metric, substitutes, all);
  }

  /** Tokens with types; heads get the outputs of the same sequences. */
  public SweepRequest(
      List<int[]> sequences, List<int[]> tokenTypes, List<Cell> cells, Metric metric) {
    this(sequences, tokenTypes, cells, metric, Substitutes.OWN);
  }

  /** Tokens without types. */
  public SweepRequest(List<int[]> sequences, List<Cell> cells, Metric metric) {
    this(sequences, List.of(), cells, metric);
  }
}
