package dev.headlight.app.view;

import dev.headlight.analysis.image.Picture;
import dev.headlight.analysis.image.Resampling;
import dev.headlight.analysis.job.Job;
import dev.headlight.app.job.LatestOnly;
import dev.headlight.app.pictures.PictureFiles;
import dev.headlight.app.pictures.PromptPicture;
import dev.headlight.app.workbench.Notice;
import dev.headlight.app.workbench.PictureTaker;
import dev.headlight.app.workbench.Workbench;
import java.nio.IntBuffer;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** The pictures of the prompt, where the model reads pictures. */
final class PictureBox extends VBox {
  private static final int HEIGHT = 120;
  private static final int WIDTH = 220;

  private final Workbench w;
  private final Actions actions;
  private final PictureTaker taker;
  private final LatestOnly reader;
  private final VBox shown = new VBox(6);

  /**
   * @param reader reads thumbnails
   */
  PictureBox(Workbench workbench, Actions actions, PictureTaker taker, LatestOnly reader) {
    super(8);
    this.w = workbench;
    this.actions = actions;
    this.taker = taker;
    this.reader = reader;
    getStyleClass().add("picture-box");
    Button add = Ui.tool(new Button("Add…"));
    add.setAccessibleText("Add a picture to the prompt");
    add.setOnAction(e -> choose());
    getChildren().addAll(Ui.row(6, Ui.section("Picture"), Ui.spacer(), add), shown);
    w.pictures.addListener(o -> follow());
    w.model.addListener(o -> follow());
    follow();
  }

  private void choose() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle("Add a picture");
    chooser
        .getExtensionFilters()
        .add(
            new FileChooser.ExtensionFilter(
                "Pictures", "*.png", "*.jpg", "*.jpeg", "*.webp", "*.gif"));
    actions.openFile(chooser).ifPresent(taker::take);
  }

  private void follow() {
    boolean reads = w.model.get() != null && w.model.get().readsPictures();
    Ui.show(this, reads);
    shown.getChildren().clear();
    List<PromptPicture> pictures = reads ? w.pictures.get() : List.of();
    if (pictures.isEmpty()) {
      Label hint = Ui.label("Drop a picture here, or add one.", "picture-hint", "dim");
      shown.getChildren().add(hint);
    }
    pictures.forEach(p -> shown.getChildren().add(thumbnail(p)));
  }

  private StackPane thumbnail(PromptPicture picture) {
    ImageView view = new ImageView();
    view.setPreserveRatio(true);
    view.setFitHeight(HEIGHT);
    view.setFitWidth(WIDTH);
    Button remove = Ui.tool(new Button("Remove"));
    remove.setAccessibleText("Remove " + picture.name());
    remove.setOnAction(e -> taker.remove(picture));
    Label name = Ui.label(picture.name(), "dim");
    Tooltip.install(view, new Tooltip(picture.name()));
    HBox below = Ui.row(6, name, Ui.spacer(), remove);
    VBox box = new VBox(4, view, below);
    reader.submit(
        picture,
        Job.of("Thumbnail of " + picture.name(), p -> small(picture)),
        image -> view.setImage(image),
        failure -> w.notice.set(Notice.of(failure)));
    StackPane frame = new StackPane(box);
    frame.getStyleClass().add("picture-frame");
    return frame;
  }

  /** Off the JavaFX thread: twice as large as it is shown, for dense screens. */
  private static WritableImage small(PromptPicture of) {
    Picture picture = PictureFiles.read(of.file()).picture();
    double scale =
        Math.min(1, Math.min(2.0 * WIDTH / picture.width(), 2.0 * HEIGHT / picture.height()));
    int width = (int) Math.max(1, Math.round(scale * picture.width()));
    int height = (int) Math.max(1, Math.round(scale * picture.height()));
    Picture small =
        scale < 1
            ? Resampling.BILINEAR.resize(picture.onWhite(), width, height)
            : picture.onWhite();
    int[] argb = new int[width * height];
    for (int i = 0; i < argb.length; i++) {
      int row = i / width;
      int column = i % width;
      argb[i] =
          0xff000000
              | small.at(row, column, 0) << 16
              | small.at(row, column, 1) << 8
              | small.at(row, column, 2);
    }
    return new WritableImage(
        new PixelBuffer<>(
            width, height, IntBuffer.wrap(argb), PixelFormat.getIntArgbPreInstance()));
  }
}
