package dev.headlight.analysis.image;

import java.util.List;

/**
 * How image tokens map back to a picture: through merging of patches, tiles, crop, squash and
 * padding to pixels of the original, so that what is known of a token can be drawn over it.
 *
 * @param width pixels of the original
 * @param height pixels of the original
 * @param tileRows rows of tiles; 0 where the picture is not split
 * @param tileColumns columns of tiles; 0 where the picture is not split
 * @param tiles in the order of their image tokens: row by row, the whole picture last
 */
public record PictureLayout(
    int width, int height, int tileRows, int tileColumns, List<PictureTile> tiles) {
  /** Copies the list. */
  public PictureLayout {
    tiles = List.copyOf(tiles);
  }

  /** Image tokens of the picture in a prompt. */
  public int tokens() {
    return tiles.stream().mapToInt(PictureTile::tokenCount).sum();
  }

  /** Number of the picture's first image token that belongs to a tile. */
  public int firstToken(int tile) {
    return tiles.subList(0, tile).stream().mapToInt(PictureTile::tokenCount).sum();
  }

  /**
   * Where an image token stands.
   *
   * @param token number among the picture's image tokens, from 0
   */
  public TokenPlace place(int token) {
    int left = token;
    for (int t = 0; t < tiles.size(); t++) {
      PictureTile tile = tiles.get(t);
      if (left < tile.tokenCount()) {
        return place(tile, t, left - tile.leading());
      }
      left -= tile.tokenCount();
    }
    throw new IndexOutOfBoundsException("image token " + token + " of " + tokens());
  }

  private TokenPlace place(PictureTile tile, int number, int inside) {
    if (inside < 0) {
      return new TokenPlace(number, -1, -1, new Region(0, 0, 0, 0));
    }
    int row = inside / tile.tokens().columns();
    int column = inside % tile.tokens().columns();
    Region region = tile.tokenRegion(row, column).within(width, height);
    return new TokenPlace(number, row, column, region);
  }
}
