package dev.headlight.app.view;

import dev.headlight.app.palette.Search;
import dev.headlight.app.palette.Search.Hit;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/** A field and a list: a few letters find any action, Enter does it. */
final class CommandPalette extends VBox {
  private static final double WIDTH = 560;
  private static final double ROW = 30;
  private static final int ROWS = 12;

  private final PaletteEntries entries;
  private final Runnable close;
  private final TextField field = new TextField();
  private final ListView<Hit<PaletteEntry>> list = new ListView<>();
  private final Label nothing = Ui.label("Nothing is called like this.", "dim");
  private final Search<PaletteEntry> search = new Search<>(PaletteEntry::id, e -> e.title());

  /**
   * @param close takes the palette away
   */
  CommandPalette(PaletteEntries entries, Runnable close) {
    super(6);
    this.entries = entries;
    this.close = close;
    getStyleClass().add("palette");
    setMaxSize(WIDTH, Region.USE_PREF_SIZE);
    field.getStyleClass().add("palette-field");
    field.setPromptText("Command, model, prompt or head, such as L5H3");
    field.setAccessibleText("Find a command, a model, a prompt or a head");
    field.textProperty().addListener((o, old, now) -> fill());
    field.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    list.setFocusTraversable(false);
    list.setFixedCellSize(ROW);
    list.setCellFactory(view -> new Cell());
    list.setOnMouseClicked(e -> choose());
    list.setAccessibleRoleDescription("What fits");
    list.getSelectionModel().selectedItemProperty().addListener((o, old, now) -> speak(now));
    getChildren().addAll(field, list, nothing);
  }

  /** Begins anew. */
  void open() {
    field.clear();
    fill();
    entries.refresh(this::fill);
  }

  TextField field() {
    return field;
  }

  /** Titles of what fits, the best first. */
  List<String> titles() {
    return list.getItems().stream().map(h -> h.thing().title()).toList();
  }

  private void fill() {
    String typed = field.getText();
    List<Hit<PaletteEntry>> hits = new ArrayList<>();
    entries.head(typed).ifPresent(e -> hits.addAll(search.rank("", List.of(e))));
    hits.addAll(search.rank(typed, entries.all()));
    list.getItems().setAll(hits);
    list.getSelectionModel().select(0);
    list.scrollTo(0);
    double height = Math.min(ROWS, hits.size()) * ROW + 2;
    list.setPrefHeight(height);
    list.setMinHeight(Math.min(height, 4 * ROW));
    Ui.show(list, !hits.isEmpty());
    Ui.show(nothing, hits.isEmpty());
  }

  private void key(KeyEvent e) {
    switch (e.getCode()) {
      case DOWN -> move(1);
      case UP -> move(-1);
      case PAGE_DOWN -> move(ROWS);
      case PAGE_UP -> move(-ROWS);
      case ENTER -> choose();
      default -> {
        return;
      }
    }
    e.consume();
  }

  private void move(int by) {
    int count = list.getItems().size();
    if (count > 0) {
      int from = list.getSelectionModel().getSelectedIndex() + by;
      int to =
          Math.abs(by) == 1 ? Math.floorMod(from, count) : Math.max(0, Math.min(count - 1, from));
      list.getSelectionModel().select(to);
      list.scrollTo(Math.max(0, to - ROWS / 2));
    }
  }

  private void choose() {
    Hit<PaletteEntry> hit = list.getSelectionModel().getSelectedItem();
    if (hit != null && hit.thing().enabled()) {
      search.chosen(hit.thing());
      close.run(); // First, so that the command may move the keyboard.
      hit.thing().run().run();
    }
  }

  /** The keyboard stays in the field, so the field says what Enter would do. */
  private void speak(Hit<PaletteEntry> hit) {
    field.setAccessibleHelp(hit == null ? "Nothing fits" : words(hit.thing()));
  }

  private static String words(PaletteEntry entry) {
    return entry.title()
        + (entry.key().isEmpty() ? "" : ", " + entry.key())
        + (entry.enabled() ? "" : ", not possible now");
  }

  /** A title with the letters that fit, its group and its keys. */
  private static final class Cell extends ListCell<Hit<PaletteEntry>> {
    Cell() {
      setAccessibleRole(AccessibleRole.LIST_ITEM);
      setPrefWidth(0); // Never wider than the list.
    }

    @Override
    protected void updateItem(Hit<PaletteEntry> hit, boolean empty) {
      super.updateItem(hit, empty);
      if (empty || hit == null) {
        setGraphic(null);
        return;
      }
      PaletteEntry entry = hit.thing();
      TextFlow title = title(hit);
      title.setMinWidth(0);
      title.setPrefHeight(ROW / 2 + 3);
      title.setMaxHeight(ROW / 2 + 3);
      Label group = fixed(Ui.label(entry.group(), "caption"));
      Label key = fixed(Ui.label(entry.key(), "palette-key"));
      Ui.show(key, !entry.key().isEmpty());
      HBox row = Ui.row(10, title, Ui.spacer(), group, key);
      row.setOpacity(entry.enabled() ? 1 : 0.5);
      setGraphic(row);
      setAccessibleText(words(entry));
    }

    private static Label fixed(Label label) {
      label.setMinWidth(Region.USE_PREF_SIZE);
      return label;
    }

    private static TextFlow title(Hit<PaletteEntry> hit) {
      TextFlow flow = new TextFlow();
      String title = hit.thing().title();
      int done = 0;
      for (int at : hit.match().positions()) {
        add(flow, title.substring(done, at), "palette-text");
        add(flow, title.substring(at, at + 1), "palette-found");
        done = at + 1;
      }
      add(flow, title.substring(done), "palette-text");
      return flow;
    }

    private static void add(TextFlow flow, String text, String style) {
      if (!text.isEmpty()) {
        Text part = new Text(text);
        part.getStyleClass().add(style);
        flow.getChildren().add(part);
      }
    }
  }
}
