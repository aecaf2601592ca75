package dev.headlight.app.view;

import dev.headlight.app.session.History;
import dev.headlight.app.workbench.Undo;
import java.util.List;
import java.util.stream.IntStream;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.value.ChangeListener;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** What was done, the newest first; choosing an entry goes there. */
final class HistoryPane extends VBox {
  private static final PseudoClass UNDONE = PseudoClass.getPseudoClass("undone");

  private final SessionActions sessions;
  private final Undo undo;
  private final ListView<Integer> list = new ListView<>();
  private List<History.Entry> entries = List.of();
  private boolean filling;

  HistoryPane(PaneContext context) {
    this.sessions = context.actions().sessions();
    this.undo = sessions.controller().undo();
    getStyleClass().add("pane");
    list.getStyleClass().addAll("edge-free", "history");
    list.setAccessibleText("History, the newest first");
    list.setCellFactory(view -> new Row());
    list.getSelectionModel().selectedItemProperty().addListener((o, old, now) -> chosen(now));
    VBox.setVgrow(list, Priority.ALWAYS);
    Label note =
        Ui.label(
            "Go back to any entry; what came later stays until you change something.", "caption");
    note.setWrapText(true);
    note.setMinHeight(Region.USE_PREF_SIZE);
    getChildren().addAll(header(), list, note);
    ReadOnlyLongProperty revision = undo.revision();
    ChangeListener<Number> update = (o, old, now) -> fill();
    revision.addListener(update);
    context.onClose(() -> revision.removeListener(update));
    fill();
  }

  private Node header() {
    Button back = verb("Undo", sessions::undo);
    Button forward = verb("Redo", sessions::redo);
    back.disableProperty().bind(sessions.canUndo().not());
    forward.disableProperty().bind(sessions.canRedo().not());
    return Ui.row(8, Ui.label("History", "pane-title"), Ui.spacer(), back, forward);
  }

  private static Button verb(String text, Runnable action) {
    Button button = Ui.tool(new Button(text));
    button.setOnAction(e -> action.run());
    return button;
  }

  private void fill() {
    filling = true;
    History history = undo.history();
    entries = history.entries();
    int last = entries.size() - 1;
    list.getItems().setAll(IntStream.rangeClosed(0, last).map(i -> last - i).boxed().toList());
    list.getSelectionModel().select(last - history.position());
    filling = false;
  }

  private void chosen(Integer index) {
    if (!filling && index != null && index != undo.history().position()) {
      Platform.runLater(
          () -> undo.goTo(index)); // The list must not change while it is chosen from.
    }
  }

  /** A line of the list: what was done, and when. */
  private final class Row extends ListCell<Integer> {
    private final Label title = Ui.label("");
    private final Label time = Ui.label("", "dim", "history-time");
    private final HBox line = Ui.row(8, title, Ui.spacer(), time);

    Row() {
      title.setTextOverrun(OverrunStyle.ELLIPSIS);
      title.setMinWidth(0);
      time.setMinWidth(Region.USE_PREF_SIZE);
      setPrefWidth(0); // Else a long title makes the list scroll sideways.
    }

    @Override
    protected void updateItem(Integer index, boolean empty) {
      super.updateItem(index, empty);
      boolean shown = !empty && index != null && index < entries.size();
      setGraphic(shown ? line : null);
      pseudoClassStateChanged(UNDONE, shown && index > undo.history().position());
      if (shown) {
        History.Entry entry = entries.get(index);
        title.setText(entry.title());
        time.setText(Times.text(entry.time()));
        setTooltip(new Tooltip(entry.title()));
      }
    }
  }
}
