package dev.headlight.app.visual;

/**
 * How the picture is looked at.
 *
 * @param side whose attention
 * @param shown picture, tile and text
 * @param word position of the word; -1 for the first of the answer
 * @param patch cell of the chosen patch, counted over all parts; -1 for none
 * @param mode what is drawn
 * @param over which heads
 * @param baseline position of the word that is taken off; -1 for the first function word
 * @param style how patches are drawn
 * @param alpha strength of the overlay, 0 to 1
 * @param scanpath whether a path of looks is drawn
 * @param order of the small maps
 * @param change what is done to a pass
 * @param spread in which layers it is done, one bar a layer
 */
public record VisualChoice(
    Side side,
    Shown shown,
    int word,
    int patch,
    MapMode mode,
    Over over,
    int baseline,
    Style style,
    double alpha,
    boolean scanpath,
    Order order,
    VisualChange change,
    LayerSpread spread) {
  /** As in a new pane. */
  public static final VisualChoice FIRST =
      new VisualChoice(
          Side.MAIN,
          Shown.FIRST,
          -1,
          -1,
          MapMode.RAW,
          Over.HEAD,
          -1,
          Style.PATCHES,
          0.65,
          false,
          Order.LAYER,
          VisualChange.FIRST,
          LayerSpread.ONE);

  /** How patches are drawn. */
  public enum Style {
    PATCHES("Patches"),
    SMOOTH("Smooth"),
    CONTOUR("Contour");

    private final String title;

    Style(String title) {
      this.title = title;
    }

    /** For buttons. */
    public String title() {
      return title;
    }
  }

  /** In which order small maps stand. */
  public enum Order {
    LAYER("By layer"),
    POINTING("By pointing"),
    SHARE("By image share"),
    VHD("By VHD");

    private final String title;

    Order(String title) {
      this.title = title;
    }

    /** For menus. */
    public String title() {
      return title;
    }
  }

  /** Another side; of a language model's pictures all tiles are shown together again. */
  public VisualChoice with(Side now) {
    return new VisualChoice(
        now,
        shown.withTile(Shown.TOGETHER),
        -1,
        -1,
        mode,
        over,
        baseline,
        style,
        alpha,
        scanpath,
        order,
        change,
        spread);
  }

  /** Another picture, tile or text; the patch is let go. */
  public VisualChoice with(Shown now) {
    return new VisualChoice(
        side, now, word, -1, mode, over, baseline, style, alpha, scanpath, order, change, spread);
  }

  /** Another word; the patch is let go. */
  public VisualChoice withWord(int now) {
    return new VisualChoice(
        side, shown, now, -1, mode, over, baseline, style, alpha, scanpath, order, change, spread);
  }

  public VisualChoice withPatch(int now) {
    return new VisualChoice(
        side, shown, word, now, mode, over, baseline, style, alpha, scanpath, order, change,
        spread);
  }

  public VisualChoice with(MapMode now) {
    return new VisualChoice(
        side, shown, word, patch, now, over, baseline, style, alpha, scanpath, order, change,
        spread);
  }

  public VisualChoice with(Over now) {
    return new VisualChoice(
        side, shown, word, patch, mode, now, baseline, style, alpha, scanpath, order, change,
        spread);
  }

  public VisualChoice withBaseline(int now) {
    return new VisualChoice(
        side, shown, word, patch, mode, over, now, style, alpha, scanpath, order, change, spread);
  }

  public VisualChoice with(Style now) {
    return new VisualChoice(
        side, shown, word, patch, mode, over, baseline, now, alpha, scanpath, order, change,
        spread);
  }

  public VisualChoice withAlpha(double now) {
    return new VisualChoice(
        side, shown, word, patch, mode, over, baseline, style, now, scanpath, order, change,
        spread);
  }

  public VisualChoice withScanpath(boolean now) {
    return new VisualChoice(
        side, shown, word, patch, mode, over, baseline, style, alpha, now, order, change, spread);
  }

  public VisualChoice with(Order now) {
    return new VisualChoice(
        side, shown, word, patch, mode, over, baseline, style, alpha, scanpath, now, change,
        spread);
  }

  public VisualChoice with(VisualChange now) {
    return new VisualChoice(
        side, shown, word, patch, mode, over, baseline, style, alpha, scanpath, order, now, spread);
  }

  public VisualChoice with(LayerSpread now) {
    return new VisualChoice(
        side, shown, word, patch, mode, over, baseline, style, alpha, scanpath, order, change, now);
  }
}
