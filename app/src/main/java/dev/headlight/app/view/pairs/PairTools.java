package dev.headlight.app.view.pairs;

import dev.headlight.app.pairs.PairDesk;
import dev.headlight.app.pairs.PairReading;
import dev.headlight.app.view.Ui;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.geometry.VPos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.stage.FileChooser;
import javafx.stage.FileChooser.ExtensionFilter;

/** The first row: what the pairs are, which is shown, and where others come from. */
final class PairTools extends FlowPane {
  private static final PseudoClass GOOD = PseudoClass.getPseudoClass("good");
  private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");

  private final PairDesk desk;
  private final Consumer<Path> saved;
  private final Label origin = Ui.label("", "chip");
  private final Label lengths = Ui.label("", "chip", "pair-state");
  private final Label answer = Ui.label("", "chip", "token");
  private final Label place = Ui.figure("");
  private final Button before = Ui.tool(new Button("‹"));
  private final Button next = Ui.tool(new Button("›"));
  private final ToggleButton edit = Ui.tool(new ToggleButton("Edit"));
  private final MenuButton files = Ui.tool(new MenuButton("Pairs"));
  private final MenuItem save;
  private final MenuItem add;
  private final MenuItem remove;

  PairTools(PairDesk desk, Consumer<Path> saved, Consumer<Boolean> editing) {
    super(8, 6);
    this.desk = desk;
    this.saved = saved;
    getStyleClass().add("pair-tools");
    setRowValignment(VPos.CENTER);
    before.setAccessibleText("Pair before");
    next.setAccessibleText("Next pair");
    before.setOnAction(e -> desk.show(desk.index() - 1));
    next.setOnAction(e -> desk.show(desk.index() + 1));
    edit.setTooltip(new Tooltip("Text and answers of the pair"));
    edit.setOnAction(e -> editing.accept(edit.isSelected()));
    save = item("Save as CSV …", this::save);
    add = item("Copy as a new pair", desk::add);
    remove = item("Remove this pair", desk::remove);
    files
        .getItems()
        .setAll(item("Open CSV …", this::open), save, new SeparatorMenuItem(), add, remove);
    files.setAccessibleText("Open, save, add or remove pairs");
    PairDrawForm form = new PairDrawForm(desk, () -> editing.accept(false));
    Button draw = Ui.tool(new Button("Draw pairs ▾"));
    draw.getStyleClass().add("pair-draw");
    draw.setOnAction(e -> form.toggle(draw));
    Label title = Ui.label("Pair", "pane-title");
    HBox pages = Ui.row(4, before, place, next);
    getChildren().addAll(title, origin, lengths, answer, pages, edit, draw, files);
    desk.whenChanged(this::update);
    update();
  }

  void setEditing(boolean editing) {
    edit.setSelected(editing);
  }

  private static MenuItem item(String text, Runnable action) {
    MenuItem item = new MenuItem(text);
    item.setOnAction(e -> action.run());
    return item;
  }

  private FileChooser chooser(String title) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(title);
    chooser.getExtensionFilters().add(new ExtensionFilter("CSV", List.of("*.csv")));
    return chooser;
  }

  private void open() {
    File file = chooser("Open pairs").showOpenDialog(getScene().getWindow());
    if (file != null) {
      desk.open(file.toPath());
    }
  }

  private void save() {
    FileChooser chooser = chooser("Save pairs");
    chooser.setInitialFileName("pairs.csv");
    File file = chooser.showSaveDialog(getScene().getWindow());
    if (file != null) {
      desk.save(file.toPath(), saved);
    }
  }

  private void update() {
    int count = desk.pairs().size();
    Optional<PairReading> shown = desk.shown();
    place.setText(count == 0 ? "" : (desk.index() + 1) + " of " + count);
    before.setDisable(desk.index() == 0);
    next.setDisable(desk.index() >= count - 1);
    Ui.show(before.getParent(), count > 1);
    save.setDisable(count == 0);
    add.setDisable(count == 0);
    remove.setDisable(count == 0);
    origin.setText(desk.busy() ? "drawing …" : desk.origin());
    origin.setTooltip(desk.notes().isEmpty() ? null : tip(String.join("\n", desk.notes())));
    Ui.show(origin, !origin.getText().isEmpty());
    boolean both = shown.filter(p -> p.clean().size() > 0 && p.corrupt().size() > 0).isPresent();
    Ui.show(lengths, both);
    Ui.show(answer, shown.filter(p -> p.ids().isPresent()).isPresent());
    shown.ifPresent(this::describe);
  }

  private void describe(PairReading pair) {
    boolean aligned = pair.alignment().aligned();
    lengths.setText(
        aligned
            ? pair.alignment().explanation()
            : "%d against %d tokens"
                .formatted(pair.alignment().cleanTokens(), pair.alignment().corruptTokens()));
    lengths.pseudoClassStateChanged(GOOD, aligned);
    lengths.pseudoClassStateChanged(BAD, !aligned);
    answer.setText(visible(pair.text().answer()) + " − " + visible(pair.text().wrong()));
    answer.setTooltip(new Tooltip("Logit of the answer − logit of the wrong answer"));
  }

  private static Tooltip tip(String text) {
    Tooltip tip = new Tooltip(text);
    tip.setWrapText(true);
    tip.setMaxWidth(420);
    return tip;
  }

  /** Blanks and line ends as marks. */
  static String visible(String text) {
    return text.replace(' ', '␣').replace('\n', '↵');
  }
}
