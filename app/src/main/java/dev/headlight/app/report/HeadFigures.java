package dev.headlight.app.report;

import dev.headlight.analysis.attention.AttentionMap;
import dev.headlight.analysis.attention.HeadStatistics;
import dev.headlight.analysis.io.Provenance;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.renderer.Matrix;
import dev.headlight.renderer.ValueScale;
import dev.headlight.renderer.figure.FigureStyle;
import dev.headlight.renderer.figure.GridFigure;
import dev.headlight.renderer.figure.HeatmapFigure;
import dev.headlight.renderer.figure.PanelFigure;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Figures of the heads of one run, each saying where its numbers come from. */
public final class HeadFigures {
  /** Longest prompt whose map is drawn cell by cell. */
  private static final int LONGEST = 4096;

  /** Most cells a side of one panel among others. */
  private static final int PANEL = 512;

  /** More heads than this are counted in a title, not named. */
  private static final int MOST_NAMES = 6;

  private static final String VALUE = "attention weight";

  private final Run run;
  private final Tokens tokens;
  private final Provenance provenance;
  private final FigureStyle style;
  private final Optional<String> title;

  /**
   * @param run asked for maps and, for {@link #grid}, statistics
   * @param tokens the prompt of the run
   */
  public HeadFigures(Run run, Tokens tokens, Provenance provenance, FigureStyle style) {
    this(run, tokens, provenance, style, Optional.empty());
  }

  private HeadFigures(
      Run run, Tokens tokens, Provenance provenance, FigureStyle style, Optional<String> title) {
    this.run = run;
    this.tokens = tokens;
    this.provenance = provenance;
    this.style = style;
    this.title = title;
  }

  /** The same with a title of one's own; empty for figures without title and subtitle. */
  public HeadFigures titled(Optional<String> text) {
    return new HeadFigures(run, tokens, provenance, style, text);
  }

  /** One head's map with its tokens. */
  public HeatmapFigure head(AttentionMap map, Function<Matrix, ValueScale> scale) {
    return map(FigureMap.of(map, tokens), scale);
  }

  /** A map with its tokens, words or sentences. */
  public HeatmapFigure map(FigureMap map, Function<Matrix, ValueScale> scale) {
    boolean whole = map.weights().length() <= LONGEST;
    Matrix matrix = matrix(whole ? map.weights().weights() : map.weights().pooled(LONGEST));
    List<String> axis = whole ? map.labels() : List.of();
    ValueScale found = scale.apply(matrix);
    // Of words the first token is left out of the sums, not the first word.
    ValueScale limits = map.ofTokens() ? found : found.withHideColumn0(false);
    return HeatmapFigure.builder(matrix)
        .labels(axis, axis)
        .title(title.orElse(name(map.heads())))
        .subtitle(subtitle(note(map, whole)))
        .caption(caption(limits).ofMap(map, matrix.rows()))
        .valueName(VALUE)
        .scale(limits)
        .style(style)
        .provenance(provenance(limits))
        .build();
  }

  private static String note(FigureMap map, boolean whole) {
    if (map.ofTokens()) {
      return whole ? "" : ", max-pooled";
    }
    return " as " + map.units() + (map.withoutFirst() ? ", first key left out" : "");
  }

  private String name(List<Head> heads) {
    if (heads.size() == 1) {
      return name(heads.get(0));
    }
    return heads.size() > MOST_NAMES
        ? "Mean of " + heads.size() + " heads"
        : heads.stream().map(Head::toString).collect(Collectors.joining(", ", "Mean of ", ""));
  }

  /** Small maps of some heads, layers downwards. */
  public GridFigure grid(Collection<Head> heads, ValueScale scale) {
    HeadStatistics statistics = run.statistics().orElseThrow();
    GridFigure.Builder grid =
        GridFigure.builder(run.spec().layers(), run.spec().heads())
            .title(title.orElse("Heads of " + provenance.model()))
            .subtitle(subtitle(scale.hideColumn0() ? ", first key hidden" : ""))
            .caption(caption(scale).ofHeads(heads, HeadStatistics.THUMBNAIL))
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

  /** Exact maps of some heads side by side; long ones pooled. */
  public PanelFigure panels(Collection<Head> heads, ValueScale scale, Progress progress) {
    int length = run.tokens().length;
    boolean whole = length <= PANEL;
    PanelFigure.Builder panels =
        PanelFigure.builder()
            .title(title.orElse("Heads of " + provenance.model()))
            .subtitle(subtitle(whole ? "" : ", max-pooled"))
            .caption(caption(scale).ofHeads(heads, Math.min(length, PANEL)))
            .valueName(VALUE)
            .scale(scale)
            .style(style)
            .provenance(provenance(scale));
    int done = 0;
    for (Head head : heads) {
      progress.check();
      progress.report((double) done++ / heads.size(), head.toString());
      AttentionMap map = run.map(head);
      panels.panel(head.toString(), group(head), matrix(whole ? map.weights() : map.pooled(PANEL)));
    }
    return panels.build();
  }

  private Captions caption(ValueScale scale) {
    return new Captions(run.spec(), tokens, provenance, scale);
  }

  private String group(Head head) {
    boolean grouped = run.spec().kvHeads() < run.spec().heads();
    return grouped ? "KV group " + run.spec().kvGroup(head.head()) : "";
  }

  /** A head's name; with grouped heads its key/value group too. */
  public String name(Head head) {
    String group = group(head);
    return group.isEmpty() ? head.toString() : head + " (" + group + ")";
  }

  private String subtitle(String more) {
    if (title.isPresent() && title.get().isEmpty()) {
      return "";
    }
    String changes =
        provenance.interventions().isEmpty()
            ? ""
            : ", under " + String.join(" ", provenance.interventions());
    return provenance.model() + ", " + run.tokens().length + " tokens" + more + changes;
  }

  private dev.headlight.renderer.figure.Provenance provenance(ValueScale scale) {
    Map<String, String> entries = provenance.with("scale", Captions.scale(scale)).toMetadata();
    // What safetensors says of its tensors; a figure has none.
    entries.remove("format");
    return new dev.headlight.renderer.figure.Provenance(entries);
  }

  private static Matrix matrix(Tensor tensor) {
    return Matrix.of(tensor.size(0), tensor.size(1), tensor.data());
  }
}
