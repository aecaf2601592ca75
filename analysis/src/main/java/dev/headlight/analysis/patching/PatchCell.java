package dev.headlight.analysis.patching;

/**
 * A cell of a patching map.
 *
 * @param layer block
 * @param head query head, or key/value group where the site has one a group; -1 for all together
 * @param position in the prompt; -1 for all chosen ones together
 */
public record PatchCell(int layer, int head, int position) {
  /** The cell in words: {@code L5H3}, {@code L5@7}, {@code L5H3@7}. */
  @Override
  public String toString() {
    return "L" + layer + (head < 0 ? "" : "H" + head) + (position < 0 ? "" : "@" + position);
  }
}
