package dev.headlight.app.view;

import dev.headlight.renderer.Theme;
import dev.headlight.renderer.figure.FigureStyle;
import java.util.Optional;
import javafx.scene.control.ButtonType;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Dialog;
import javafx.scene.control.Spinner;
import javafx.scene.layout.GridPane;
import javafx.stage.Window;

/** How large a PNG is to be. */
final class FigureDialog {
  private FigureDialog() {}

  static Optional<FigureStyle> ask(Window owner) {
    FigureStyle page = FigureStyle.page();
    Spinner<Integer> dpi = new Spinner<>(36, 1200, page.dpi(), 50);
    Spinner<Integer> width = new Spinner<>(40, 600, (int) page.widthMm(), 10);
    dpi.setEditable(true);
    width.setEditable(true);
    dpi.setAccessibleText("Resolution in dots per inch");
    width.setAccessibleText("Width in millimetres");
    ChoiceBox<Theme> theme = new ChoiceBox<>();
    theme.getItems().setAll(Theme.values());
    theme.setValue(Theme.LIGHT);
    theme.setAccessibleText("Theme of the figure");
    GridPane grid = new GridPane();
    grid.setHgap(12);
    grid.setVgap(8);
    grid.addRow(0, Ui.label("Resolution", "dim"), dpi, Ui.label("dpi", "dim"));
    grid.addRow(1, Ui.label("Width", "dim"), width, Ui.label("mm", "dim"));
    grid.addRow(2, Ui.label("Theme", "dim"), theme);
    Dialog<FigureStyle> dialog = new Dialog<>();
    dialog.initOwner(owner);
    dialog.setTitle("Export PNG");
    dialog.setHeaderText(null);
    dialog.getDialogPane().setContent(grid);
    dialog.getDialogPane().getButtonTypes().setAll(ButtonType.OK, ButtonType.CANCEL);
    dialog.setResultConverter(
        button ->
            button == ButtonType.OK
                ? new FigureStyle(
                    theme.getValue(), width.getValue(), page.fontSizePt(), dpi.getValue())
                : null);
    return dialog.showAndWait();
  }
}
