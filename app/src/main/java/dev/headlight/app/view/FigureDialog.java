package dev.headlight.app.view;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.app.export.ExportRequest.Format;
import dev.headlight.app.export.FigureRequest;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.app.workbench.WorkbenchController;
import dev.headlight.renderer.figure.FigureStyle;
import java.io.ByteArrayInputStream;
import java.util.function.BiConsumer;
import javafx.animation.PauseTransition;
import javafx.beans.value.ObservableDoubleValue;
import javafx.event.ActionEvent;
import javafx.geometry.Insets;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.stage.Window;
import javafx.util.Duration;

/** Asks how a figure looks, and shows it as it will be. */
final class FigureDialog extends Dialog<FigureDialog.Choice> {
  private static final double PREVIEW = 460;
  private static final double ROOM = 16;

  /** Pixels of the preview's width: enough for a screen of twice the density. */
  private static final double PIXELS = 900;

  private static final Duration TYPING = Duration.millis(200);

  private final ButtonType save = new ButtonType("Save as …", ButtonBar.ButtonData.OK_DONE);
  private final ButtonType copy = new ButtonType("Copy as command", ButtonBar.ButtonData.LEFT);
  private final WorkbenchController controller;
  private final FigureForm form;
  private final ImageView picture = new ImageView();
  private final Label problem = Ui.label("", "empty");
  private final PauseTransition rest = new PauseTransition(TYPING);

  /**
   * What was decided.
   *
   * @param name of the file, without its ending
   */
  record Choice(FigureRequest figure, Format format, String name) {}

  FigureDialog(
      Window owner,
      FigureRequest start,
      Format format,
      WorkbenchController controller,
      Workbench workbench,
      ObservableDoubleValue textSize) {
    this.controller = controller;
    this.form = new FigureForm(start, format, workbench.model.get().spec(), workbench.head.get());
    initOwner(owner);
    setTitle("Export figure");
    setHeaderText(null);
    picture.setPreserveRatio(true);
    picture.setFitWidth(PREVIEW);
    picture.setFitHeight(PREVIEW);
    problem.setWrapText(true);
    StackPane preview = new StackPane(picture, problem);
    preview.setMinSize(PREVIEW, PREVIEW);
    preview.setMaxSize(PREVIEW, PREVIEW);
    preview.getStyleClass().add("figure-preview");
    HBox content = new HBox(20, form, preview);
    form.setMinWidth(Region.USE_PREF_SIZE); // Else the dialog takes as little as it can.
    content.setPadding(new Insets(ROOM, ROOM, 0, ROOM));
    getDialogPane().setContent(content);
    getDialogPane().getButtonTypes().setAll(copy, save, ButtonType.CANCEL);
    setResultConverter(
        button ->
            button == save ? new Choice(form.figure(), form.format(), form.fileName()) : null);
    Runnable stop = Themes.follow(getDialogPane().getScene(), workbench, textSize);
    setOnHidden(e -> stop.run());
    rest.setOnFinished(e -> draw());
    form.whenChanged(rest::playFromStart);
    draw();
  }

  /** Names what copies the command line of the figure as it is set; the dialog stays open. */
  void setCopy(BiConsumer<FigureRequest, Format> copying) {
    getDialogPane()
        .lookupButton(copy)
        .addEventFilter(
            ActionEvent.ACTION,
            e -> {
              e.consume();
              copying.accept(form.figure(), form.format());
            });
  }

  private void draw() {
    try {
      FigureRequest figure = form.figure();
      FigureStyle style = figure.style();
      int dpi = (int) Math.max(36, Math.min(2400, PIXELS / (style.widthMm() / 25.4)));
      controller.picture(
          figure.withStyle(style.withDpi(dpi)),
          this::show,
          failure -> refuse(failure.getMessage()));
    } catch (HeadlightException e) {
      refuse(e.getMessage());
    }
  }

  private void show(byte[] png) {
    picture.setImage(new Image(new ByteArrayInputStream(png)));
    problem.setText("");
    saving(true);
  }

  private void refuse(String why) {
    picture.setImage(null);
    problem.setText(why);
    saving(false);
  }

  private void saving(boolean possible) {
    getDialogPane().lookupButton(save).setDisable(!possible);
    getDialogPane().lookupButton(copy).setDisable(!possible);
  }

  /** The button that takes the figure as it is set. */
  ButtonType save() {
    return save;
  }

  /** What the preview shows; null while there is none. */
  Image preview() {
    return picture.getImage();
  }
}
