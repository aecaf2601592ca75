package dev.headlight.app.view;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.app.workbench.Workbench;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;

/** Which heads the pane averages, as text. */
final class AverageBar extends HBox {
  private final Workbench w;
  private final TextField heads = new TextField();
  private final Label note = Ui.label("", "dim");

  AverageBar(Workbench workbench) {
    super(8);
    this.w = workbench;
    setAlignment(javafx.geometry.Pos.CENTER_LEFT);
    heads.getStyleClass().addAll("compare-field", "average-heads");
    heads.setPromptText("L5H*, L3-5H0, L5G1");
    heads.setAccessibleText("Heads whose attention is averaged, such as L5H*");
    heads.setPrefColumnCount(18);
    heads.setOnAction(e -> typed());
    heads.setOnKeyPressed(
        e -> {
          if (e.getCode() == KeyCode.ESCAPE) {
            close();
            e.consume();
          }
        });
    Button close = Ui.tool(new Button("×"));
    close.setTooltip(new Tooltip("Back to the selected head (Esc)"));
    close.setAccessibleText("Back to the selected head");
    close.setOnAction(e -> close());
    getChildren().addAll(Ui.label("Mean over", "dim"), heads, note, Ui.spacer(), close);
    Ui.show(this, false);
    w.mean.addListener((o, old, now) -> show(now));
  }

  private void show(HeadSet now) {
    Ui.show(this, now != null);
    if (now != null) {
      heads.setText(now.toString());
      note.getStyleClass().setAll("label", "dim");
      note.setText(Ui.count(now.resolve(w.model.get().spec()).size(), "head"));
    }
  }

  private void close() {
    w.mean.set(null);
    Ui.show(this, false);
  }

  private void typed() {
    try {
      HeadSet set = HeadSet.parse(heads.getText());
      set.resolve(w.model.get().spec());
      w.mean.set(set);
    } catch (HeadlightException e) {
      note.getStyleClass().setAll("label", "problem");
      note.setText(Ui.sentence(e.getMessage()));
    }
  }

  /** Asks which heads. */
  void edit() {
    Ui.show(this, true);
    if (w.mean.get() == null && w.head.get() != null) {
      heads.setText("L" + w.head.get().layer() + "H*");
    }
    heads.requestFocus();
    heads.selectAll();
  }

  /** The usual sets about the selected head. */
  Menu menu() {
    Menu menu = new Menu("Average over");
    menu.getItems()
        .addAll(
            Menus.item("The selected head only", "", this::close),
            Menus.item("Its layer", "", () -> of("L%dH*")),
            Menus.item("Its KV group", "", this::group),
            Menus.item("All heads", "", () -> of("L*H*")),
            Menus.item("Heads …", "", this::edit));
    return menu;
  }

  private void of(String terms) {
    Head head = w.head.get();
    if (w.model.get() != null && head != null) {
      w.mean.set(HeadSet.parse(terms.formatted(head.layer())));
    }
  }

  private void group() {
    if (w.model.get() != null && w.head.get() != null) {
      ModelSpec spec = w.model.get().spec();
      of("L%dG" + spec.kvGroup(w.head.get().head()));
    }
  }
}
