package dev.headlight.app.view;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** One part of the retrieval pane: title and verbs, a figure, and what it shows in words. */
class RetrievalPart extends VBox {
  private static final double WIDEST_TIP = 420;

  private final StackPane body = new StackPane();
  private final Label caption = Ui.label("", "caption");
  private final Tooltip source = new Tooltip();
  private final VBox foot = new VBox(6);
  private Node shown;

  RetrievalPart(String title, Node... verbs) {
    super(8);
    getStyleClass().add("retrieval-part");
    Label name = Ui.label(title, "pane-title");
    name.setMinWidth(Region.USE_PREF_SIZE);
    HBox header = Ui.row(6, name, Ui.spacer());
    header.getChildren().addAll(verbs);
    header.setMinHeight(Region.USE_PREF_SIZE);
    body.setMinSize(0, 0);
    VBox.setVgrow(body, Priority.ALWAYS);
    caption.setWrapText(true);
    caption.setMinHeight(Region.USE_PREF_SIZE);
    source.setWrapText(true);
    source.setMaxWidth(WIDEST_TIP);
    foot.getChildren().add(caption);
    foot.setMinHeight(Region.USE_PREF_SIZE);
    getChildren().addAll(header, body, foot);
  }

  /** Adds a row below the title. */
  final void tools(Node row) {
    getChildren().add(1, row);
  }

  /** Adds something below the figure, above the caption. */
  final void below(Node node) {
    foot.getChildren().add(foot.getChildren().size() - 1, node);
  }

  /** Shows something as the figure; messages come and go. */
  final void show(Node now) {
    if (shown != now) {
      shown = now;
      body.getChildren().setAll(now);
    }
  }

  /** Whether something is the figure. */
  final boolean shows(Node node) {
    return shown == node;
  }

  /** Says what the figure shows, and where its definition was published. */
  final void caption(String text, String published) {
    caption.setText(text);
    source.setText(published);
    caption.setTooltip(published.isEmpty() ? null : source);
    Ui.show(caption, !text.isEmpty());
  }
}
