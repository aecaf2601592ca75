package dev.headlight.renderer.figure;

import dev.headlight.renderer.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Chosen maps side by side, each under its name, with one colour bar. Immutable. */
public final class PanelFigure extends StandardFigure {
  private final List<Panel> panels;

  /**
   * One map.
   *
   * @param name stands above it, such as "L5H3"
   * @param note stands beside the name where there is room, such as "KV group 1"; may be empty
   * @param map [rows, columns]
   */
  public record Panel(String name, String note, Matrix map) {
    /** Checks that nothing is missing. */
    public Panel {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(note, "note");
      Objects.requireNonNull(map, "map");
    }
  }

  private PanelFigure(Builder builder) {
    super(builder);
    panels = List.copyOf(builder.panels);
    if (panels.isEmpty()) {
      throw new IllegalArgumentException("a figure of panels needs at least one");
    }
  }

  /** Starts a figure without panels. */
  public static Builder builder() {
    return new Builder();
  }

  /** The maps, in reading order. */
  public List<Panel> panels() {
    return panels;
  }

  /** Collects the panels. */
  public static final class Builder extends FigureBuilder<Builder> {
    private final List<Panel> panels = new ArrayList<>();

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /** Adds a map. */
    public Builder panel(String name, String note, Matrix map) {
      panels.add(new Panel(name, note, map));
      return this;
    }

    /**
     * The finished figure.
     *
     * @throws IllegalArgumentException if there is no panel
     */
    public PanelFigure build() {
      return new PanelFigure(this);
    }
  }
}
