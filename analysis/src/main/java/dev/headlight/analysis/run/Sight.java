package dev.headlight.analysis.run;

import dev.headlight.analysis.image.PatchGrid;
import java.util.List;

/**
 * What a run saw of the pictures of its prompt.
 *
 * @param tower runs of the tower, one a picture or tile, in order; their tokens are places of the
 *     tower ({@link dev.headlight.analysis.model.PatchSpec#label} names them). Empty where the
 *     model is a tower itself
 * @param patches grid of patches of each picture or tile
 * @param positions of the image tokens of each in the prompt, row by row; empty where pictures do
 *     not stand in the prompt
 * @param tokens grid of these image tokens
 */
public record Sight(
    List<Run> tower, List<PatchGrid> patches, List<int[]> positions, List<PatchGrid> tokens) {
  /** Copies the lists. */
  public Sight {
    tower = List.copyOf(tower);
    patches = List.copyOf(patches);
    positions = List.copyOf(positions);
    tokens = List.copyOf(tokens);
  }

  /** Frees the runs of the tower. */
  void close() {
    tower.forEach(Run::close);
  }
}
