package dev.headlight.analysis.io;

import dev.headlight.analysis.vision.Grounding;
import java.nio.file.Path;
import java.util.List;

/** Tables of attention over pictures, written as {@link Tables} are. */
public final class VisionTables {
  /** Columns of {@link #maps}. */
  public static final List<String> MAPS =
      List.of(
          "layer",
          "head",
          "query_index",
          "query_token",
          "key_index",
          "picture",
          "tile",
          "image_row",
          "image_col",
          "weight",
          "value");

  /** Columns of {@link #groundings}. */
  public static final List<String> GROUNDINGS =
      List.of("rank", "layer", "head", "hit", "inside", "iou");

  private VisionTables() {}

  /**
   * A patch of a map; what is null is empty.
   *
   * @param layer null for a mean of heads
   * @param head null for a mean of heads
   * @param query position of the row
   * @param token what stands there
   * @param key position of the patch
   * @param picture number of the picture, from 0
   * @param tile number of the patch's tile in its picture
   * @param row of the patch in its tile, from 0
   * @param column of the patch in its tile, from 0
   * @param weight attention as it is, 0 to 1
   * @param value what was made of it; null for a patch that was left out
   */
  public record MapCell(
      Integer layer,
      Integer head,
      int query,
      String token,
      int key,
      int picture,
      int tile,
      int row,
      int column,
      float weight,
      Float value) {}

  /** The cells of maps over pictures. */
  public static void maps(Path file, List<MapCell> cells) {
    Tables.write(
        file,
        MAPS,
        csv -> {
          for (MapCell c : cells) {
            csv.printRecord(
                c.layer, c.head, c.query, c.token, c.key, c.picture, c.tile, c.row, c.column,
                c.weight, c.value);
          }
        });
  }

  /** Heads by how well they find an object, the best first. */
  public static void groundings(Path file, List<Grounding> all) {
    Tables.write(
        file,
        GROUNDINGS,
        csv -> {
          for (int i = 0; i < all.size(); i++) {
            Grounding g = all.get(i);
            csv.printRecord(i + 1, g.head().layer(), g.head().head(), g.hit(), g.share(), g.iou());
          }
        });
  }
}
