package dev.headlight.analysis.image;

/**
 * One square or oblong of pixels that a tower reads by itself, and what of the original it shows.
 *
 * @param row row among the tiles of its picture, from 0; -1 for the whole picture
 * @param column column among the tiles, from 0; -1 for the whole picture
 * @param source what its pixels show of the original; leaves the picture where the tile is padded
 * @param width pixels of the tile
 * @param height pixels of the tile
 * @param patch side of a patch, in pixels of the tile; a rest at the right and below is not read
 * @param merge side of the block of patches that makes one image token of a language model; 1 where
 *     each patch makes one
 * @param leading image tokens before those of the patches, that show no place (LLaVA's CLS with the
 *     strategy {@code full})
 * @param blocks whether the tower's rows stand in blocks of {@code merge × merge} patches
 *     (Qwen2-VL) and not row by row
 */
public record PictureTile(
    int row,
    int column,
    Region source,
    int width,
    int height,
    int patch,
    int merge,
    int leading,
    boolean blocks) {
  /** Checks that a patch and a token fit in. */
  public PictureTile {
    if (patch < 1 || merge < 1 || Math.min(width, height) < patch * merge) {
      throw new IllegalArgumentException(
          "patches of %d × %d pixels in a tile of %d × %d".formatted(patch, patch, width, height));
    }
  }

  /** Whether it shows the whole picture and not a part of it. */
  public boolean whole() {
    return row < 0;
  }

  /** Patches that the tower reads. */
  public PatchGrid patches() {
    return new PatchGrid(height / patch, width / patch);
  }

  /** Image tokens of the language model, row by row. */
  public PatchGrid tokens() {
    return new PatchGrid(patches().rows() / merge, patches().columns() / merge);
  }

  /** Image tokens with those that show no place. */
  public int tokenCount() {
    return leading + tokens().size();
  }

  /** What a token shows of the original; it may leave the picture where the tile is padded. */
  public Region tokenRegion(int tokenRow, int tokenColumn) {
    return cell(tokenRow, tokenColumn, patch * merge);
  }

  /** What a patch shows of the original; it may leave the picture where the tile is padded. */
  public Region patchRegion(int patchRow, int patchColumn) {
    return cell(patchRow, patchColumn, patch);
  }

  private Region cell(int cellRow, int cellColumn, double side) {
    return source.part(
        cellColumn * side / width,
        cellRow * side / height,
        (cellColumn + 1) * side / width,
        (cellRow + 1) * side / height);
  }

  /**
   * The number, row by row, of the patch in a place of the tower's sequence (its class and register
   * tokens not counted).
   */
  public int patchAt(int place) {
    if (!blocks) {
      return place;
    }
    int block = place / (merge * merge);
    int inside = place % (merge * merge);
    int across = patches().columns() / merge;
    int patchRow = block / across * merge + inside / merge;
    return patches().index(patchRow, block % across * merge + inside % merge);
  }
}
