package dev.headlight.app.report;

import dev.headlight.analysis.attention.AttentionMap;
import dev.headlight.analysis.attention.HeadStatistics;
import dev.headlight.analysis.io.Provenance;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.renderer.Matrix;
import dev.headlight.renderer.Ticks;
import dev.headlight.renderer.ValueScale;
import dev.headlight.renderer.figure.FigureStyle;
import dev.headlight.renderer.figure.GridFigure;
import dev.headlight.renderer.figure.HeatmapFigure;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Figures of the heads of one run, each saying where its numbers come from. */
public final class HeadFigures {
  /** Longest prompt whose map is drawn cell by cell. */
  private static final int LONGEST = 4096;

  private final Run run;
  private final List<String> labels;
  private final Provenance provenance;
  private final FigureStyle style;

  /**
   * @param run asked for maps and, for {@link #grid}, statistics
   * @param labels one a token
   */
  public HeadFigures(Run run, List<String> labels, Provenance provenance, FigureStyle style) {
    this.run = run;
    this.labels = labels;
    this.provenance = provenance;
    this.style = style;
  }

  /** One head's map with its tokens. */
  public HeatmapFigure head(AttentionMap map, Function<Matrix, ValueScale> scale) {
    boolean whole = map.length() <= LONGEST;
    Matrix matrix = matrix(whole ? map.weights() : map.pooled(LONGEST));
    List<String> axis = whole ? labels : List.of();
    ValueScale limits = scale.apply(matrix);
    return HeatmapFigure.builder(matrix)
        .labels(axis, axis)
        .title(name(map.head()))
        .subtitle(subtitle(whole ? "" : ", max-pooled"))
        .valueName("attention weight")
        .scale(limits)
        .style(style)
        .provenance(provenance(limits))
        .build();
  }

  /** Small maps of some heads, layers downwards. */
  public GridFigure grid(Collection<Head> heads, ValueScale scale) {
    HeadStatistics statistics = run.statistics().orElseThrow();
    GridFigure.Builder grid =
        GridFigure.builder(run.spec().layers(), run.spec().heads())
            .title("Heads of " + provenance.model())
            .subtitle(subtitle(scale.hideColumn0() ? ", first key hidden" : ""))
            .scale(scale.withHideColumn0(false))
            .style(style)
            .provenance(provenance(scale));
    for (Head head : heads) {
      Tensor thumbnail =
          scale.hideColumn0()
              ? statistics.thumbnailBeyondFirst(head.layer(), head.head())
              : statistics.thumbnail(head.layer(), head.head());
      grid.map(head.layer(), head.head(), matrix(thumbnail));
    }
    return grid.build();
  }

  /** A head's name; with grouped heads its key/value group too. */
  public String name(Head head) {
    boolean grouped = run.spec().kvHeads() < run.spec().heads();
    return grouped ? head + " (KV group " + run.spec().kvGroup(head.head()) + ")" : head.toString();
  }

  private String subtitle(String more) {
    String changes =
        provenance.interventions().isEmpty()
            ? ""
            : ", under " + String.join(" ", provenance.interventions());
    return provenance.model() + ", " + run.tokens().length + " tokens" + more + changes;
  }

  private dev.headlight.renderer.figure.Provenance provenance(ValueScale scale) {
    String caption = scale.caption().isEmpty() ? "linear scale" : scale.caption();
    String limits = caption + ", " + Ticks.format(scale.min()) + " to " + Ticks.format(scale.max());
    return new dev.headlight.renderer.figure.Provenance(
        provenance.with("scale", limits).toMetadata());
  }

  private static Matrix matrix(Tensor tensor) {
    return Matrix.of(tensor.size(0), tensor.size(1), tensor.data());
  }
}
