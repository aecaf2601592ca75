package dev.headlight.app.view;

import dev.headlight.app.ablation.AblationState;
import dev.headlight.app.ablation.MapPicture;
import dev.headlight.app.ablation.Part;
import dev.headlight.renderer.Palette;
import java.util.function.Function;
import java.util.function.Predicate;
import javafx.scene.Node;

/** A part that is a table of colours. */
class AblationMapPart extends AblationPart implements PartGrid.Tall {
  private static final double WIDE = 200;

  /**
   * What such a part is.
   *
   * @param part that is asked
   * @param second whether its table is the second of two
   * @param title of the part
   * @param name of files
   * @param invitation what Run does
   * @param early what is needed first
   * @param source where its definition was published
   */
  record Kind(
      Part part,
      boolean second,
      String title,
      String name,
      String invitation,
      String early,
      String source) {
    /** Whether rows and columns are the same heads. */
    private boolean square() {
      return part == Part.LIKENESS || part == Part.PAIRS;
    }
  }

  private final CellGrid cells;
  private final ColourBar bar = new ColourBar();
  private final Kind kind;
  private final Predicate<AblationState> ready;
  private final Function<Object, MapPicture> picture;
  private MapPicture now;

  AblationMapPart(
      AblationDesk desk,
      Kind kind,
      Predicate<AblationState> ready,
      Function<Object, MapPicture> picture) {
    super(desk, kind.part(), kind.title(), kind.invitation(), kind.early());
    this.kind = kind;
    this.ready = ready;
    this.picture = picture;
    this.cells = new CellGrid(desk.workbench().theme);
    getStyleClass().add("ablation-map");
    if (kind.square()) {
      cells.setSquare();
    } else {
      cells.setMost(WIDE, CellGrid.LARGEST);
    }
    cells.setAccessibleHelp(kind.title() + "; arrow keys read the numbers");
    below(bar);
    offerTable(kind.name(), kind.second());
    offerFigure(
        kind.name(), (exports, file) -> exports.figure(question(), now, file), () -> now != null);
    desk.workbench().theme.addListener(o -> redraw());
    Ui.show(bar, false);
    follow();
  }

  @Override
  public final double height(double width) {
    return shows(cells) ? cells.suiting(width) : 0;
  }

  /** The table. */
  final CellGrid cells() {
    return cells;
  }

  @Override
  final boolean ready(AblationState state) {
    return ready.test(state);
  }

  @Override
  final Node body() {
    return cells;
  }

  @Override
  final void found(Object answer) {
    now = picture.apply(answer);
    boolean signed = now.scale().signed();
    Palette palette =
        signed
            ? Palette.diverging(desk().workbench().theme.get())
            : Palette.sequential(desk().workbench().theme.get());
    Ui.show(bar, true);
    bar.show(now.scale(), palette.map(), now.unit());
    cells.show(
        new CellGrid.Table(
            now.rows(),
            now.columns(),
            now.values(),
            now.scale(),
            palette.map(),
            null,
            now.words()));
    caption(now.sentence(), kind.source());
    grow();
  }

  @Override
  final void nothing(AblationState state) {
    Ui.show(bar, false);
    super.nothing(state);
  }
}
