package dev.headlight.app.view;

import dev.headlight.analysis.run.Head;
import dev.headlight.app.workbench.SinkNumbers;
import dev.headlight.app.workbench.SinkState;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.Palette;
import dev.headlight.renderer.ValueScale;
import java.util.List;
import java.util.stream.IntStream;
import javafx.beans.InvalidationListener;
import javafx.beans.property.Property;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;

/** Every head's attention to one of the first tokens; a cell selects its head. */
final class SinkShares extends SinkSection {
  private static final String ABOUT =
      "α_k: mean attention to token k over the queries that see it, row k first; mean over the"
          + " texts. Gu et al. 2024, When Attention Sink Emerges in Language Models.";

  private final Workbench w;
  private final SinkState state;
  private final Property<Integer> key;
  private final CellGrid grid;
  private final ColourBar bar = new ColourBar();
  private final Label caption = caption("");

  SinkShares(Workbench workbench, SinkState state, ObservableValue<Number> height) {
    super("Share on the first token", "", ABOUT);
    this.w = workbench;
    this.state = state;
    this.key = state.key.asObject();
    this.grid = new CellGrid(w.theme);
    grid.prefHeightProperty().bind(height);
    grid.setMinHeight(USE_PREF_SIZE);
    tools(choice(key, new Integer[] {0, 1, 2, 3}, k -> "k = " + k, "Position k of the token"));
    getChildren().addAll(grid, new FlowPane(16, 4, bar, caption));
    grid.chosen.addListener((o, old, now) -> chosen(now));
    w.head.addListener((o, old, now) -> follow());
    InvalidationListener update = o -> update();
    state.numbers().addListener(update);
    w.theme.addListener(update);
    update();
  }

  private void chosen(CellGrid.Place place) {
    if (place != null) {
      w.head.set(new Head(place.column(), place.row()));
    }
  }

  private void follow() {
    Head head = w.head.get();
    grid.chosen.set(
        head == null || state.numbers().get() == null
            ? null
            : new CellGrid.Place(head.head(), head.layer()));
  }

  private void update() {
    SinkNumbers now = state.numbers().get();
    if (now == null) {
      grid.show(null);
      return;
    }
    double[][] shares = now.shares();
    ValueScale scale = ValueScale.of(ValueScale.Kind.LINEAR, 0, 1);
    var map = Palette.sequential(w.theme.get()).map();
    grid.show(
        new CellGrid.Table(
            names(shares.length),
            names(shares[0].length),
            shares,
            scale,
            map,
            null,
            (row, column) -> now.words(new Head(column, row))));
    bar.show(scale, map, "");
    caption.setText(SinkNumbers.alpha(now.rates().key()) + " · layer → · rows head");
    follow();
  }

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  /** The cells. */
  CellGrid grid() {
    return grid;
  }
}
