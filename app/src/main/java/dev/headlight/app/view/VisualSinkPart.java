package dev.headlight.app.view;

import dev.headlight.analysis.vision.ImageSpan;
import dev.headlight.app.visual.Looked;
import dev.headlight.app.visual.Sunk;
import dev.headlight.app.visual.VisualState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** Patches that take attention without meaning anything. */
final class VisualSinkPart extends VBox {
  private static final int MOST = 6;

  private final VisualDesk desk;
  private final VBox rows = new VBox(4);

  VisualSinkPart(VisualDesk desk) {
    super(6);
    this.desk = desk;
    getChildren().addAll(Ui.section("Visual sinks"), rows);
    desk.whenChanged(this::update);
    update();
  }

  private VisualState state() {
    return desk.state();
  }

  private void update() {
    Looked looked = state().looked();
    Ui.show(this, looked != null && state().sunk().isPresent());
    if (looked == null || state().sunk().isEmpty()) {
      return;
    }
    Sunk sunk = state().sunk().orElseThrow();
    int layer = state().head().layer();
    List<String> tokens = tokens(sunk, layer, looked);
    rows.getChildren().clear();
    String dimensions =
        Arrays.stream(sunk.sinks().dimensions())
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(", "));
    row("dimensions", dimensions.isEmpty() ? "none stands out" : dimensions);
    row("tokens, layer " + layer, tokens.isEmpty() ? "none" : String.join(" ", tokens));
    if (!tokens.isEmpty()) {
      double share = sunk.share(state().head(), state().maps().query(), looked);
      row(
          "share of picture attention",
          Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.2f", share));
    }
  }

  private static List<String> tokens(Sunk sunk, int layer, Looked looked) {
    List<String> names = new ArrayList<>();
    int more = 0;
    for (ImageSpan.Part part : looked.parts()) {
      for (int cell : sunk.sinks().patches(layer, part)) {
        int columns = part.grid().columns();
        if (names.size() < MOST) {
          names.add("(" + cell / columns + "," + cell % columns + ")");
        } else {
          more++;
        }
      }
    }
    if (more > 0) {
      names.add("and " + more);
    }
    return names;
  }

  private void row(String name, String value) {
    Label text = Ui.wrap(Ui.label(value, "figure"));
    text.setMaxWidth(150);
    rows.getChildren().add(Ui.row(8, Ui.label(name, "dim"), Ui.spacer(), text));
  }
}
