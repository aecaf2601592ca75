package dev.headlight.renderer.figure;

import dev.headlight.renderer.Matrix;
import java.util.Objects;
import java.util.Optional;

/** A small map for each head: layers downwards, heads to the right. Immutable. */
public final class GridFigure extends StandardFigure {
  private final int layers;
  private final int heads;
  private final Matrix[] maps;
  private final int selected;

  private GridFigure(Builder builder) {
    super(builder);
    layers = builder.layers;
    heads = builder.heads;
    maps = builder.maps.clone();
    selected = builder.selected;
  }

  /**
   * Starts an empty grid.
   *
   * @param layers at least 1
   * @param heads heads of a layer, at least 1
   */
  public static Builder builder(int layers, int heads) {
    return new Builder(layers, heads);
  }

  /** Number of layers. */
  public int layers() {
    return layers;
  }

  /** Heads of a layer. */
  public int heads() {
    return heads;
  }

  /** The map of a head; empty where none was given (drawn as masked). */
  public Optional<Matrix> map(int layer, int head) {
    return Optional.ofNullable(maps[index(layer, head, layers, heads)]);
  }

  /** Whether this head is outlined. */
  public boolean isSelected(int layer, int head) {
    return index(layer, head, layers, heads) == selected;
  }

  private static int index(int layer, int head, int layers, int heads) {
    return Objects.checkIndex(layer, layers) * heads + Objects.checkIndex(head, heads);
  }

  /** Collects the parts of a grid. */
  public static final class Builder extends FigureBuilder<Builder> {
    private final int layers;
    private final int heads;
    private final Matrix[] maps;
    private int selected = -1;

    private Builder(int layers, int heads) {
      if (layers < 1 || heads < 1) {
        throw new IllegalArgumentException(
            "a grid needs layers and heads, found %d × %d".formatted(layers, heads));
      }
      this.layers = layers;
      this.heads = heads;
      this.maps = new Matrix[layers * heads];
    }

    /** The map of a head: whole, or pooled without a row-wise scale. */
    public Builder map(int layer, int head, Matrix map) {
      maps[index(layer, head, layers, heads)] = Objects.requireNonNull(map, "map");
      return this;
    }

    @Override
    Builder self() {
      return this;
    }

    /** Outlines a head. */
    public Builder selected(int layer, int head) {
      selected = index(layer, head, layers, heads);
      return this;
    }

    /** The finished figure. */
    public GridFigure build() {
      return new GridFigure(this);
    }
  }
}
