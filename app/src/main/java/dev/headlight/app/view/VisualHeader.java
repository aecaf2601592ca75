package dev.headlight.app.view;

import dev.headlight.app.engine.SideTexts;
import dev.headlight.app.visual.Looked;
import dev.headlight.app.visual.MapMode;
import dev.headlight.app.visual.Over;
import dev.headlight.app.visual.Shown;
import dev.headlight.app.visual.Side;
import dev.headlight.app.visual.VisualChoice;
import dev.headlight.app.visual.VisualState;
import dev.headlight.app.visual.VisualWork;
import dev.headlight.renderer.figure.FigureStyle;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import javafx.stage.FileChooser.ExtensionFilter;

/** Whose look is shown, of which heads, and how. */
final class VisualHeader extends VBox {
  private static final List<MapMode> OFTEN =
      List.of(MapMode.RAW, MapMode.MINUS_BLANK, MapMode.WITHOUT_SINKS);

  private static final String TOWER = "Vision tower";

  private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

  private final VisualDesk desk;
  private final VisualSamples samples;
  private final MenuButton sample = Ui.tool(new MenuButton("Samples"));
  private final Label title = Ui.label("", "pane-title");
  private final Label head = Ui.label("", "chip", "visual-chip");
  private final Map<MapMode, ToggleButton> modes = new EnumMap<>(MapMode.class);
  private final Map<MapMode, MenuItem> rare = new EnumMap<>(MapMode.class);
  private final MenuButton more = Ui.tool(new MenuButton());
  private final MenuButton over = Ui.tool(new MenuButton());
  private final MenuButton side = Ui.tool(new MenuButton());

  VisualHeader(VisualDesk desk) {
    super(8);
    this.desk = desk;
    this.samples = new VisualSamples(desk);
    getStyleClass().add("visual-header");
    HBox first = Ui.row(8, title, head, Ui.spacer(), sample, export());
    head.setMinWidth(Region.USE_PREF_SIZE);
    title.setMinWidth(60);
    FlowPane second = new FlowPane(6, 6);
    for (MapMode mode : OFTEN) {
      ToggleButton button = Ui.tool(new ToggleButton(mode.title()));
      button.setTooltip(new Tooltip(mode.formula() + "\n" + mode.says()));
      button.setOnAction(
          e -> {
            state().choose(state().choice().with(mode));
            button.setSelected(state().choice().mode() == mode);
          });
      modes.put(mode, button);
      second.getChildren().add(button);
    }
    for (MapMode mode : MapMode.values()) {
      if (!OFTEN.contains(mode)) {
        MenuItem item =
            Menus.item(mode.title(), "", () -> state().choose(state().choice().with(mode)));
        rare.put(mode, item);
        more.getItems().add(item);
      }
    }
    second.getChildren().addAll(more, over, side);
    desk.workbench().model.addListener((o, old, now) -> samples.fill(sample, now));
    samples.fill(sample, desk.workbench().model.get());
    getChildren().addAll(first, second);
    desk.whenChanged(this::update);
    update();
  }

  private VisualState state() {
    return desk.state();
  }

  private void update() {
    Looked looked = state().looked();
    if (looked == null) {
      return;
    }
    title.setText("Where “" + looked.labels().get(state().word()) + "” looks");
    VisualChoice choice = state().choice();
    head.setText(
        !choice.mode().ofHeads()
            ? choice.mode() == MapMode.ROLLOUT ? "to layer " + state().head().layer() : "all layers"
            : choice.over() == Over.HEAD ? state().head().toString() : choice.over().title());
    modes.forEach((mode, button) -> button.setSelected(mode == choice.mode()));
    rare.get(MapMode.RELEVANCY).setDisable(looked.patches());
    rare.get(MapMode.MINUS_WORD).setDisable(looked.patches());
    modes.get(MapMode.MINUS_BLANK).setDisable(looked.text());
    boolean seldom = !OFTEN.contains(choice.mode());
    more.setText(seldom ? choice.mode().title() : "More");
    more.pseudoClassStateChanged(CHOSEN, seldom);
    fillOver(choice);
    fillSide(looked, choice);
  }

  private void fillOver(VisualChoice choice) {
    over.setText(choice.over().title());
    over.setDisable(!choice.mode().ofHeads());
    if (over.getItems().isEmpty()) {
      for (Over each : Over.values()) {
        over.getItems()
            .add(Menus.item(each.title(), "", () -> state().choose(state().choice().with(each))));
      }
    }
  }

  private void fillSide(Looked looked, VisualChoice choice) {
    boolean towers = desk.facts() != null && VisualWork.twoSides(desk.facts().spec());
    int tiles = looked.ask().layout(state().picture()).tiles().size();
    Ui.show(side, towers || tiles > 1);
    int tile = state().present().tile();
    String name = looked.side() == Side.TOWER ? TOWER : main();
    boolean one = tiles > 1 && tile >= 0;
    side.setText(name + (one ? ", " + tile(looked, tile).toLowerCase(Locale.ROOT) : ""));
    side.getItems().setAll(sides(towers, looked, choice));
  }

  private String main() {
    return SideTexts.of(desk.facts().spec()) ? "Text tower" : "Language model";
  }

  private String tile(Looked looked, int tile) {
    return looked.ask().layout(state().picture()).tiles().get(tile).whole()
        ? "The whole picture"
        : "Tile " + tile;
  }

  private List<MenuItem> sides(boolean towers, Looked looked, VisualChoice choice) {
    boolean main = looked.side() == Side.MAIN;
    List<MenuItem> items = new ArrayList<>();
    if (towers) {
      items.add(radio(main(), main, choice.with(Side.MAIN)));
      items.add(radio(TOWER, !main, choice.with(Side.TOWER)));
    }
    int tiles = looked.ask().layout(state().picture()).tiles().size();
    if (tiles > 1 && !looked.text()) {
      items.add(new SeparatorMenuItem());
      Shown now = state().present();
      if (main) {
        items.add(radio("Parts together", now.tile() < 0, choice.with(now.withTile(-1))));
      }
      IntStream.range(0, tiles)
          .mapToObj(t -> radio(tile(looked, t), now.tile() == t, choice.with(now.withTile(t))))
          .forEach(items::add);
    }
    return items;
  }

  private MenuItem radio(String name, boolean now, VisualChoice choice) {
    RadioMenuItem item = new RadioMenuItem(name);
    item.setSelected(now);
    item.setOnAction(e -> state().choose(choice));
    return item;
  }

  private MenuButton export() {
    MenuButton button = Ui.tool(new MenuButton("Export"));
    button
        .getItems()
        .addAll(
            Menus.item(
                "Figure …",
                "",
                () ->
                    save(
                        "overlay",
                        (exports, file) ->
                            exports.figure(
                                file, FigureStyle.page().withTheme(desk.workbench().theme.get())),
                        "png",
                        "svg",
                        "pdf")),
            Menus.item("Table as CSV …", "", () -> save("map", (e, f) -> e.table(f), "csv")),
            Menus.item(
                "Prompt for a segmenter …",
                "",
                () -> save("segmenter", (e, f) -> e.segmenter(f), "json")),
            new SeparatorMenuItem(),
            Menus.item("Copy as command", "", desk.files()::copy));
    return button;
  }

  /** Asks for a file and writes it. */
  private void save(String name, VisualMaskPart.Writer writer, String... endings) {
    save(desk, name, writer, endings);
  }

  static void save(VisualDesk desk, String name, VisualMaskPart.Writer writer, String... endings) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle("Export");
    chooser.setInitialFileName(desk.facts().name() + "-" + name + "." + endings[0]);
    for (String ending : endings) {
      chooser.getExtensionFilters().add(new ExtensionFilter(ending, "*." + ending));
    }
    desk.context()
        .actions()
        .saveFile(chooser)
        .ifPresent(file -> desk.files().write(exports -> writer.write(exports, file)));
  }
}
