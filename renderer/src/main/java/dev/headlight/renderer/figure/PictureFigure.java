package dev.headlight.renderer.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A picture with a map laid over it, a colour bar and marks. Immutable; the picture is embedded in
 * the file.
 */
public final class PictureFigure extends StandardFigure {
  private final Painter painter;
  private final int width;
  private final int height;
  private final List<Mark> path;
  private final List<String> notes;

  /** Paints the picture in the size that a file format wants. */
  @FunctionalInterface
  public interface Painter {
    /**
     * Lines {@code [from, to)} of the picture at a size.
     *
     * @return row-major 0xffRRGGBB, {@code width · (to − from)}
     */
    int[] argb(int width, int height, int from, int to);
  }

  /**
   * A numbered point on the picture; a line leads from one to the next.
   *
   * @param x from the left, in pixels of the picture
   * @param y from the top, in pixels of the picture
   */
  public record Mark(double x, double y) {}

  private PictureFigure(Builder builder) {
    super(builder);
    painter = builder.painter;
    width = builder.width;
    height = builder.height;
    path = List.copyOf(builder.path);
    notes = List.copyOf(builder.notes);
  }

  /**
   * Starts a figure of a picture.
   *
   * @param painter of picture and map
   * @param width pixels of the picture
   * @param height pixels of the picture
   */
  public static Builder builder(Painter painter, int width, int height) {
    return new Builder(painter, width, height);
  }

  /** Paints picture and map. */
  public Painter painter() {
    return painter;
  }

  /** Pixels of the picture. */
  public int width() {
    return width;
  }

  /** Pixels of the picture. */
  public int height() {
    return height;
  }

  /** Points in order; may be empty. */
  public List<Mark> path() {
    return path;
  }

  /** Lines below the picture, such as the formula. */
  public List<String> notes() {
    return notes;
  }

  /** Collects the parts. */
  public static final class Builder extends FigureBuilder<Builder> {
    private final Painter painter;
    private final int width;
    private final int height;
    private final List<Mark> path = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private Builder(Painter painter, int width, int height) {
      this.painter = Objects.requireNonNull(painter, "painter");
      this.width = width;
      this.height = height;
      if (width < 1 || height < 1) {
        throw new IllegalArgumentException("a picture of " + width + " × " + height + " pixels");
      }
    }

    @Override
    Builder self() {
      return this;
    }

    /** Adds a point of a path. */
    public Builder mark(double x, double y) {
      path.add(new Mark(x, y));
      return this;
    }

    /** Adds a line below the picture. */
    public Builder note(String text) {
      notes.add(Objects.requireNonNull(text, "text"));
      return this;
    }

    /** The finished figure. */
    public PictureFigure build() {
      return new PictureFigure(this);
    }
  }
}
