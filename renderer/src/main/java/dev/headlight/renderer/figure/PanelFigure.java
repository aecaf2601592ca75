package dev.headlight.renderer.figure;

import dev.headlight.renderer.Matrix;
import dev.headlight.renderer.Palette;
import dev.headlight.renderer.ValueScale;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Chosen maps side by side, each under its name, with one colour bar. Immutable. */
public final class PanelFigure implements Figure {
  private final List<Panel> panels;
  private final String title;
  private final String subtitle;
  private final String caption;
  private final String valueName;
  private final ValueScale scale;
  private final Palette palette;
  private final FigureStyle style;
  private final Provenance provenance;

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
    panels = List.copyOf(builder.panels);
    title = builder.title;
    subtitle = builder.subtitle;
    caption = builder.caption;
    valueName = builder.valueName;
    scale = builder.scale;
    style = builder.style;
    palette = builder.palette();
    provenance = builder.provenance;
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

  @Override
  public String title() {
    return title;
  }

  @Override
  public String subtitle() {
    return subtitle;
  }

  @Override
  public String caption() {
    return caption;
  }

  /** What a cell is, with its unit; may be empty. */
  public String valueName() {
    return valueName;
  }

  /** Curve and limits, the same for all panels. */
  public ValueScale scale() {
    return scale;
  }

  /** Colours. */
  public Palette palette() {
    return palette;
  }

  @Override
  public FigureStyle style() {
    return style;
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }

  /** Collects the panels. */
  public static final class Builder extends FigureBuilder<Builder> {
    private final List<Panel> panels = new ArrayList<>();
    private String valueName = "";

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

    /** What a cell is, with its unit. */
    public Builder valueName(String text) {
      valueName = Objects.requireNonNull(text, "value name");
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
