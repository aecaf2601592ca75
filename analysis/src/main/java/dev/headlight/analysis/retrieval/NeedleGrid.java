package dev.headlight.analysis.retrieval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A probe's episodes, by length, depth and needle.
 *
 * @param settings what was asked for
 * @param cells every combination, lengths outside, needles inside
 */
public record NeedleGrid(NeedleSettings settings, List<Cell> cells) {
  /** Copies the list. */
  public NeedleGrid {
    cells = List.copyOf(cells);
  }

  /**
   * One combination.
   *
   * @param length index among the lengths
   * @param depth index among the depths
   * @param needle index among the needles
   * @param episode what is asked; empty where it could not be made
   * @param problem why not; empty where it could
   */
  public record Cell(
      int length, int depth, int needle, Optional<Episode> episode, String problem) {}

  /** The episodes that could be made, in the order of the cells. */
  public List<Episode> episodes() {
    return cells.stream().flatMap(c -> c.episode().stream()).toList();
  }

  /** The cells that could not be made, which count neither as success nor as failure. */
  public List<Cell> problems() {
    return cells.stream().filter(c -> c.episode().isEmpty()).toList();
  }

  /**
   * The success map: share of right answers over the needles, {@code [lengths][depths]}; NaN where
   * nothing was answered.
   *
   * @param result answers to {@link #episodes()}
   */
  public double[][] success(RetrievalResult result) {
    double[][] right = new double[settings.lengths().size()][settings.depths().size()];
    int[][] done = new int[right.length][settings.depths().size()];
    List<Cell> made = new ArrayList<>(cells);
    made.removeIf(c -> c.episode().isEmpty());
    for (int i = 0; i < made.size(); i++) {
      EpisodeResult answer = result.results().get(i);
      if (answer != null) {
        right[made.get(i).length()][made.get(i).depth()] += answer.success() ? 1 : 0;
        done[made.get(i).length()][made.get(i).depth()]++;
      }
    }
    for (int l = 0; l < right.length; l++) {
      int row = l;
      Arrays.setAll(right[l], d -> right[row][d] / done[row][d]);
    }
    return right;
  }
}
