package dev.headlight.app.view;

import dev.headlight.analysis.image.Picture;
import dev.headlight.analysis.image.PictureTile;
import dev.headlight.analysis.image.Region;
import dev.headlight.analysis.job.Job;
import dev.headlight.app.visual.Looked;
import dev.headlight.app.visual.OverlayPainter;
import dev.headlight.app.visual.PatchView;
import dev.headlight.app.visual.Shown;
import dev.headlight.app.visual.Side;
import dev.headlight.app.visual.VisualChoice;
import dev.headlight.app.visual.VisualState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * Every picture of the prompt, small, with its map: a click shows it. A picture in tiles has the
 * whole one beside it, that the model reads too; a tower reads each tile by itself.
 */
final class VisualThumbnails extends FlowPane {
  private static final double HIGH = 54;
  private static final double WIDEST = 120;
  private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");

  private final VisualDesk desk;
  private final List<Thumbnail> all = new ArrayList<>();
  private Looked shown;

  VisualThumbnails(VisualDesk desk) {
    super(6, 6);
    this.desk = desk;
    getStyleClass().add("visual-thumbnails");
    desk.whenChanged(this::update);
    update();
  }

  private VisualState state() {
    return desk.state();
  }

  private void update() {
    Looked looked = state().looked();
    List<Shown> offered = looked == null ? List.of() : state().offered();
    Ui.show(this, offered.size() > 1);
    if (looked == null || offered.size() < 2) {
      return;
    }
    if (!looked.equals(shown)) {
      shown = looked;
      all.clear();
      offered.forEach(s -> all.add(new Thumbnail(s)));
      getChildren().setAll(all);
    }
    Shown now = state().present();
    for (Thumbnail one : all) {
      boolean selected = one.of.picture() == now.picture() && one.of.tile() == now.tile();
      one.pseudoClassStateChanged(SELECTED, selected);
      one.paint();
    }
  }

  /** One picture or tile. */
  private final class Thumbnail extends VBox {
    private final Shown of;
    private final PixelView pixels = new PixelView();
    private final Label label = Ui.label("", "tick");
    private final StackPane frame = new StackPane(pixels);
    private PatchView painted;
    private double alpha = -1;
    private VisualChoice.Style style;

    Thumbnail(Shown of) {
      super(2);
      this.of = of;
      getStyleClass().add("visual-thumbnail");
      pixels.setManaged(true);
      frame.setMinHeight(HIGH);
      String name = name();
      label.setText(name);
      getChildren().addAll(frame, label);
      setAccessibleRole(AccessibleRole.BUTTON);
      setAccessibleText("Show " + name);
      setOnMousePressed(
          e -> {
            state().choose(state().choice().with(of));
            e.consume();
          });
    }

    private String name() {
      boolean pictures = shown.ask().pictures().size() > 1;
      String picture = pictures ? "picture " + of.picture() : "";
      if (of.tile() < 0) {
        return pictures ? picture : shown.ask().split(of.picture()) ? "tiles" : "picture";
      }
      boolean several = shown.ask().layout(of.picture()).tiles().size() > 1;
      String tile = !several ? "" : tile().whole() ? "whole" : "tile " + of.tile();
      return picture.isEmpty() || tile.isEmpty() ? picture + tile : picture + ", " + tile;
    }

    private PictureTile tile() {
      return shown.ask().layout(of.picture()).tiles().get(of.tile());
    }

    void paint() {
      VisualChoice choice = state().choice();
      Optional<PatchView> map =
          shown.side() == Side.MAIN && !shown.text() ? state().view(of) : Optional.empty();
      boolean same =
          map.map(this::painted).orElse(painted == null && alpha >= 0)
              && alpha == choice.alpha()
              && style == choice.style();
      if (same) {
        return;
      }
      painted = map.orElse(null);
      map.ifPresent(
          m -> label.setText(String.format(Locale.ROOT, "%s  %.0f %%", name(), 100 * m.share())));
      alpha = choice.alpha();
      style = choice.style();
      Picture picture = map.isPresent() ? shown.ask().pictures().get(of.picture()) : part();
      double tall = (double) picture.height() / picture.width();
      double across = Math.max(12, Math.min(WIDEST, HIGH / tall));
      double down = Math.min(HIGH, across * tall);
      double density = Density.of(this);
      int width = (int) Math.max(1, Math.round(across * density));
      int height = (int) Math.max(1, Math.round(down * density));
      OverlayPainter painter = new OverlayPainter(picture, painted, style, alpha);
      desk.context()
          .painter()
          .submit(
              this,
              Job.of("Paint a thumbnail", p -> painter.paint(width, height)),
              argb -> pixels.show(argb, width, height, across, down),
              Density::rethrow);
    }

    private boolean painted(PatchView map) {
      return painted != null
          && painted.looked().equals(map.looked())
          && Arrays.equals(painted.values(), map.values());
    }

    /** What a tower reads by itself. */
    private Picture part() {
      Picture whole = shown.ask().pictures().get(of.picture());
      if (of.tile() < 0 || tile().whole()) {
        return whole;
      }
      Region source = tile().source().within(whole.width(), whole.height());
      return whole.crop(
          (int) source.x(),
          (int) source.y(),
          (int) Math.max(1, source.width()),
          (int) Math.max(1, source.height()));
    }
  }
}
