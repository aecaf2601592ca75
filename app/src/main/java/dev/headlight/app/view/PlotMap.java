package dev.headlight.app.view;

import dev.headlight.analysis.text.TextUnit;
import dev.headlight.analysis.text.TokenSpans;
import dev.headlight.app.engine.FoldedMap;
import dev.headlight.app.engine.HeadMap;
import dev.headlight.app.engine.RunSnapshot;
import dev.headlight.app.workbench.Cell;
import dev.headlight.app.workbench.CellRange;
import dev.headlight.app.workbench.HeadView;
import dev.headlight.app.workbench.Workbench;
import java.util.List;

/**
 * What the map draws: rows and columns are tokens, or spans of them. Selections are always in
 * tokens.
 *
 * @param map weights between rows and columns
 * @param spans what rows and columns stand for; null for tokens
 * @param labels one a row
 */
record PlotMap(HeadMap map, TokenSpans spans, List<String> labels) {
  /** What is to be drawn now; null while nothing is there. */
  static PlotMap of(Workbench w, HeadView view) {
    RunSnapshot run = w.run.get();
    HeadMap map = w.map.get();
    if (run == null || map == null) {
      return null;
    }
    FoldedMap folded = view.folded.get();
    if (view.unit.get() == TextUnit.TOKEN || folded == null) {
      return new PlotMap(map, null, run.tokens().labels());
    }
    return new PlotMap(folded.map(), folded.spans(), folded.spans().labels(run.tokens()));
  }

  /** Number of rows. */
  int length() {
    return labels.size();
  }

  /** The row of a token; −1 of none. */
  int of(int token) {
    return spans == null || token < 0 ? token : spans.of(token);
  }

  /** The cell of a pair of tokens; null of null. */
  Cell of(Cell tokens) {
    return tokens == null ? null : new Cell(of(tokens.query()), of(tokens.key()));
  }

  /**
   * The tokens of a cell: the last of its query, which sees all the others, the first of its key.
   */
  Cell tokens(Cell cell) {
    return spans == null ? cell : new Cell(spans.end(cell.query()) - 1, spans.start(cell.key()));
  }

  /** The tokens of some cells. */
  CellRange tokens(CellRange cells) {
    return spans == null
        ? cells
        : new CellRange(
            spans.start(cells.row0()),
            spans.end(cells.row1() - 1),
            spans.start(cells.column0()),
            spans.end(cells.column1() - 1));
  }

  /** "8", or "8–10" of several tokens. */
  String place(int row) {
    return spans == null || spans.count(row) == 1
        ? Integer.toString(spans == null ? row : spans.start(row))
        : spans.start(row) + "–" + (spans.end(row) - 1);
  }
}
