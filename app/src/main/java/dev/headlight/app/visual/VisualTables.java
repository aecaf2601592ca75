package dev.headlight.app.visual;

import dev.headlight.analysis.io.VisionTables.ChangeRow;
import dev.headlight.analysis.io.VisionTables.MapCell;
import dev.headlight.analysis.run.Head;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Maps over pictures as rows of a table. */
public final class VisualTables {
  private VisualTables() {}

  /**
   * The cells of a view: {@code weight} is the attention as it is, {@code value} what the mode
   * makes of it.
   *
   * @param heads that the view is of; several share one map
   * @param query position of the row
   * @param token what stands there
   */
  public static List<MapCell> cells(
      PatchView view, Collection<Head> heads, int query, String token) {
    List<MapCell> cells = new ArrayList<>();
    Head one = heads.size() == 1 ? heads.iterator().next() : null;
    for (int part : view.parts()) {
      int first = view.first(part);
      int count = view.looked().parts().get(part).grid().size();
      for (int cell = first; cell < first + count; cell++) {
        float value = view.values()[cell];
        cells.add(
            new MapCell(
                one == null ? null : one.layer(),
                one == null ? null : one.head(),
                query,
                token,
                view.token(cell),
                view.looked().parts().get(part).picture(),
                view.looked().parts().get(part).tile(),
                view.row(cell),
                view.column(cell),
                view.raw()[cell],
                Float.isNaN(value) ? null : value));
      }
    }
    return cells;
  }

  /**
   * What changes do, as rows: of a change as it was set without a layer, of a sweep a row a layer.
   */
  public static List<ChangeRow> changes(List<Effect> effects, List<LayerCurve> curves) {
    List<ChangeRow> rows = new ArrayList<>();
    for (Effect e : effects) {
      rows.add(
          new ChangeRow(
              e.change().text(),
              "",
              null,
              null,
              null,
              null,
              e.token(),
              e.before(),
              e.after(),
              e.top(),
              e.kl(),
              e.nothing(),
              ChangeReport.texts(e.changes()),
              e.baseline().text(),
              e.written().text()));
    }
    curves.forEach(c -> c.rows().forEach(r -> r.points().forEach(p -> rows.add(row(c, r, p)))));
    return rows;
  }

  private static ChangeRow row(LayerCurve curve, LayerCurve.Row row, LayerCurve.Point p) {
    return new ChangeRow(
        curve.change().text(),
        curve.spread().text(),
        Double.isNaN(row.keep()) ? null : row.keep(),
        p.layer(),
        p.from(),
        p.to(),
        curve.token(),
        curve.before(),
        p.after(),
        p.top(),
        p.kl(),
        p.same(),
        ChangeReport.texts(p.changes()),
        "",
        "");
  }
}
