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

  /** Columns of {@link #changes}. */
  public static final List<String> CHANGES =
      List.of(
          "change",
          "spread",
          "keep",
          "layer",
          "from",
          "to",
          "token",
          "baseline",
          "changed",
          "delta",
          "top_token",
          "kl",
          "no_effect",
          "interventions",
          "baseline_text",
          "changed_text");

  private VisionTables() {}

  /**
   * What a change does to what a model says; what is null is empty.
   *
   * @param change as it was asked for
   * @param spread which layers belong to a layer; empty where it was not made layer by layer
   * @param keep share of the image tokens that stays, of a sweep over these
   * @param layer of the sweep
   * @param from first layer that was changed
   * @param to last layer that was changed, included
   * @param token that is read
   * @param baseline its probability, or the score of two towers, without the change
   * @param changed the same with it
   * @param top most probable token with it; empty for a score
   * @param kl KL(unchanged ‖ changed) in nats; NaN for a score
   * @param noEffect whether every number that was read stayed bit by bit
   * @param interventions what was done, in text form
   * @param baselineText what is written without the change
   * @param changedText what is written with it
   */
  public record ChangeRow(
      String change,
      String spread,
      Double keep,
      Integer layer,
      Integer from,
      Integer to,
      String token,
      double baseline,
      double changed,
      String top,
      double kl,
      boolean noEffect,
      List<String> interventions,
      String baselineText,
      String changedText) {
    /** Copies the list. */
    public ChangeRow {
      interventions = List.copyOf(interventions);
    }
  }

  /** What changes do, a row a change or a layer of its sweep. */
  public static void changes(Path file, List<ChangeRow> rows) {
    Tables.write(
        file,
        CHANGES,
        csv -> {
          for (ChangeRow r : rows) {
            csv.printRecord(
                r.change,
                r.spread,
                r.keep,
                r.layer,
                r.from,
                r.to,
                r.token,
                r.baseline,
                r.changed,
                r.changed - r.baseline,
                r.top,
                Double.isNaN(r.kl) ? null : r.kl,
                r.noEffect,
                String.join(" ", r.interventions),
                r.baselineText,
                r.changedText);
          }
        });
  }

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
