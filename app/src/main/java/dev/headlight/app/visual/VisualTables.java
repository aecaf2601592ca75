package dev.headlight.app.visual;

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
}
