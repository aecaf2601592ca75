package dev.headlight.app.view;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.patching.Direction;
import dev.headlight.analysis.patching.PatchGrid;
import dev.headlight.analysis.patching.PatchMap;
import dev.headlight.analysis.patching.PatchRequest;
import dev.headlight.analysis.patching.Places;
import dev.headlight.analysis.run.Site;
import dev.headlight.app.circuits.PatchChoice;
import dev.headlight.app.circuits.PatchView;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import javafx.css.PseudoClass;
import javafx.geometry.VPos;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;

/** What a patching map shows: site, cells, positions, direction, method. */
final class CircuitChoices extends FlowPane {
  private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

  private final CircuitMaps maps;
  private final PatchView view;
  private final MenuButton site = Ui.tool(new MenuButton());
  private final MenuButton grid = Ui.tool(new MenuButton());
  private final Map<PatchGrid, MenuItem> cuts = new EnumMap<>(PatchGrid.class);
  private final MenuButton direction = Ui.tool(new MenuButton());
  private final ToggleButton exact = Ui.tool(new ToggleButton("exact"));
  private final ToggleButton estimated = Ui.tool(new ToggleButton("attribution"));
  private final TextField places = new TextField("all");

  CircuitChoices(CircuitDesk desk, CircuitMaps maps, PatchView view) {
    super(8, 8);
    this.maps = maps;
    this.view = view;
    setRowValignment(VPos.CENTER);
    site.setMnemonicParsing(false);
    site.setAccessibleText("Whose values are moved");
    for (Site each : PatchRequest.SITES) {
      MenuItem item = Menus.item(each.shortName(), "", () -> choose(view.choice().withSite(each)));
      item.setMnemonicParsing(false); // Names have underscores.
      site.getItems().add(item);
    }
    grid.setAccessibleText("What a cell is");
    for (PatchGrid each : PatchGrid.values()) {
      MenuItem item = Menus.item(name(each), "", () -> choose(view.choice().withGrid(each)));
      cuts.put(each, item);
      grid.getItems().add(item);
    }
    direction.setAccessibleText("Which prompt is changed");
    for (Direction each : Direction.values()) {
      direction
          .getItems()
          .add(Menus.item(each.text(), "", () -> choose(view.choice().withDirection(each))));
    }
    exact.setTooltip(new Tooltip("A pass a cell"));
    exact.setOnAction(e -> choose(view.choice().withMethod(PatchMap.Method.EXACT)));
    estimated.setTooltip(new Tooltip("First order: one backward pass for all cells"));
    estimated.setOnAction(e -> choose(view.choice().withMethod(PatchMap.Method.ATTRIBUTION)));
    places.getStyleClass().add("compare-field");
    places.setPrefWidth(84);
    places.setAccessibleText("Positions");
    places.setTooltip(new Tooltip("Positions: all, last, or a list such as 3,7-9"));
    places.setOnAction(e -> placed());
    places
        .focusedProperty()
        .addListener(
            (o, old, now) -> {
              if (!now) {
                placed();
              }
            });
    getChildren().addAll(site, grid, places, direction, exact, estimated);
    desk.whenChanged(this::update);
    update();
  }

  private static String name(PatchGrid grid) {
    return switch (grid) {
      case LAYER_POSITION -> "layer × position";
      case HEAD -> "head";
      case HEAD_POSITION -> "head × position";
    };
  }

  private void choose(PatchChoice choice) {
    maps.choose(view, choice);
    update();
  }

  private void placed() {
    try {
      Places now = Places.parse(places.getText());
      places.pseudoClassStateChanged(WRONG, false);
      choose(view.choice().withPlaces(now));
    } catch (HeadlightException e) {
      places.pseudoClassStateChanged(WRONG, true);
      places.setTooltip(new Tooltip(e.getMessage()));
    }
  }

  private void update() {
    PatchChoice choice = view.choice();
    if (!places.isFocused()) {
      places.setText(choice.places().toString());
    }
    site.setText(choice.site().shortName());
    grid.setText(name(choice.grid()));
    direction.setText(choice.direction().name().toLowerCase(Locale.ROOT));
    exact.setSelected(choice.method() == PatchMap.Method.EXACT);
    estimated.setSelected(choice.method() == PatchMap.Method.ATTRIBUTION);
    cuts.forEach((cut, item) -> item.setDisable(!cut.fits(choice.site())));
  }
}
