package dev.headlight.app.view;

import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The small grids and what is said of a head: side by side, in a narrow pane below each other. */
final class RoleLower extends StackPane {
  private static final double CARD = 250;
  private static final double GAP = 16;
  private static final double ROOMY = 440;

  private final RoleAtlas atlas;
  private final VBox card;
  private final ScrollPane left = scrolled();
  private final ScrollPane right = scrolled();
  private final HBox beside = new HBox(GAP, left, right);
  private final VBox below = new VBox(GAP);
  private final ScrollPane all = scrolled();

  RoleLower(RoleAtlas atlas, VBox card) {
    this.atlas = atlas;
    this.card = card;
    setMinSize(0, 0);
    beside.setMinHeight(0);
    HBox.setHgrow(left, Priority.ALWAYS);
    left.setFitToHeight(true); // Down to the least height of its grids.
    right.setPrefWidth(CARD);
    right.setMinWidth(CARD);
    arrange(true);
    widthProperty().addListener((o, old, now) -> arrange(now.doubleValue() >= ROOMY));
  }

  private static ScrollPane scrolled() {
    ScrollPane pane = new ScrollPane();
    pane.getStyleClass().add("edge-free");
    pane.setFitToWidth(true);
    pane.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    pane.setMinSize(0, 0);
    return pane;
  }

  private void arrange(boolean roomy) {
    Node wanted = roomy ? beside : all;
    if (getChildren().contains(wanted)) {
      return;
    }
    left.setContent(null);
    right.setContent(null);
    below.getChildren().clear();
    if (roomy) {
      left.setContent(atlas);
      right.setContent(card);
    } else {
      below.getChildren().setAll(card, atlas);
      all.setContent(below);
    }
    getChildren().setAll(wanted);
  }
}
