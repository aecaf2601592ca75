package dev.headlight.app.view;

import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.engine.HeadMap;
import dev.headlight.app.engine.RowReadout;
import dev.headlight.app.workbench.Cell;
import dev.headlight.app.workbench.Workbench;
import java.util.Locale;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** The read-out of one cell: which query and key, weight, score and rank. */
final class CellCard extends VBox {
  private static final String MASKED = "masked: this query does not see this key";
  private static final double WIDEST = 130;

  private final Workbench w;
  private final Label query = Ui.token("");
  private final Label queryIndex = Ui.label("", "dim");
  private final Label key = Ui.token("");
  private final Label keyIndex = Ui.label("", "dim");
  private final Label weight = Ui.label("", "card-value");
  private final Label rest = Ui.label("", "dim");

  CellCard(Workbench workbench) {
    this.w = workbench;
    getStyleClass().add("card");
    setManaged(false);
    setMouseTransparent(true);
    setVisible(false);
    query.setMaxWidth(WIDEST);
    key.setMaxWidth(WIDEST);
    getChildren()
        .addAll(Ui.row(4, query, queryIndex, Ui.label("→", "dim"), key, keyIndex), weight, rest);
  }

  /**
   * Shows a cell; null hides the card.
   *
   * @param cell its tokens
   * @param map what is drawn: tokens or spans of them
   */
  void show(Cell cell, PlotMap map) {
    setVisible(cell != null);
    if (cell != null && map.spans() != null) {
      showFolded(map.of(cell), map);
    } else if (cell != null) {
      show(cell);
    }
  }

  private void showFolded(Cell cell, PlotMap map) {
    query.setText(map.labels().get(cell.query()));
    queryIndex.setText("(" + map.place(cell.query()) + ")");
    key.setText(map.labels().get(cell.key()));
    keyIndex.setText("(" + map.place(cell.key()) + ")");
    float value = map.map().weight(cell.query(), cell.key());
    weight.setText(Float.isNaN(value) ? "N/A" : format(value));
    rest.setText(
        Float.isNaN(value)
            ? MASKED
            : folded(map.spans().count(cell.query()), map.spans().count(cell.key())));
    setAccessibleText(text());
  }

  private static String folded(int queries, int keys) {
    String sum = "sum over " + Ui.count(keys, "key");
    return queries == 1 ? sum : "mean over " + queries + " queries of the " + sum;
  }

  private void show(Cell cell) {
    Tokens tokens = w.run.get().tokens();
    query.setText(tokens.label(cell.query()));
    queryIndex.setText("(" + cell.query() + ")");
    key.setText(tokens.label(cell.key()));
    keyIndex.setText("(" + cell.key() + ")");
    RowReadout row = w.readout(cell);
    float value = weight(cell, row);
    boolean waiting = row == null && Float.isNaN(value) && !masked(cell);
    weight.setText(waiting ? "…" : Float.isNaN(value) ? "N/A" : format(value));
    rest.setText(rest(cell, row, value, waiting));
    setAccessibleText(text());
  }

  private boolean masked(Cell cell) {
    HeadMap map = w.map.get();
    return map != null && map.holds(cell.query(), cell.key());
  }

  private float weight(Cell cell, RowReadout row) {
    if (row != null) {
      return row.weights()[cell.key()];
    }
    for (HeadMap part : new HeadMap[] {w.map.get(), w.tile.get()}) {
      if (part != null && part.holds(cell.query(), cell.key())) {
        return part.weight(cell.query(), cell.key());
      }
    }
    return Float.NaN;
  }

  private static String rest(Cell cell, RowReadout row, float value, boolean waiting) {
    if (Float.isNaN(value) && !waiting) {
      return MASKED;
    }
    if (row == null) {
      return "score …";
    }
    if (row.of().mean() != null) {
      return "%s · rank %d of %d"
          .formatted(row.of().toString(), row.rank(cell.key()), row.visible());
    }
    return "score %s · rank %d of %d"
        .formatted(
            String.format(Locale.ROOT, "%.3f", row.scores()[cell.key()]),
            row.rank(cell.key()),
            row.visible());
  }

  /** Four digits after the point; very small weights as powers of ten. */
  private static String format(float value) {
    return String.format(Locale.ROOT, value != 0 && value < 0.00005 ? "%.1e" : "%.4f", value);
  }

  /** The card in words. */
  String text() {
    return "query %s %s, key %s %s: weight %s, %s"
        .formatted(
            query.getText(),
            queryIndex.getText(),
            key.getText(),
            keyIndex.getText(),
            weight.getText(),
            rest.getText());
  }
}
