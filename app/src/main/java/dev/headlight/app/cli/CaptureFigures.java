package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.attention.AttentionMap;
import dev.headlight.analysis.io.CaptureWriter;
import dev.headlight.analysis.io.Provenance;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.report.FigureFiles;
import dev.headlight.app.report.FigureMap;
import dev.headlight.app.report.HeadFigures;
import dev.headlight.renderer.figure.Figure;
import dev.headlight.renderer.figure.FigureFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;

/** A capture as figures: one a head, or one grid when there are too many. */
final class CaptureFigures {
  /** More heads than this are drawn as one grid, unless they were asked for by name. */
  static final int SINGLE_FIGURES = 24;

  /** More named heads than this are drawn as thumbnails too. */
  static final int MOST_PANELS = 96;

  private final Path folder;
  private final FigureOptions options;
  private final MapOptions maps;
  private final FigureFormat format;
  private final Provenance provenance;
  private final Terminal terminal;
  private final List<Path> files = new ArrayList<>();

  CaptureFigures(
      Path folder,
      FigureOptions options,
      MapOptions maps,
      FigureFormat format,
      Provenance provenance,
      Terminal terminal) {
    this.folder = folder;
    this.options = options;
    this.maps = maps;
    this.format = format;
    this.provenance = provenance;
    this.terminal = terminal;
  }

  List<Path> write(Iterator<Run> runs, List<Tokens> prompts, Collection<Head> heads) {
    boolean named = provenance.settings().containsKey("heads");
    boolean grid = together(heads, named);
    for (int i = 0; i < prompts.size(); i++) {
      try (Run run = runs.next()) {
        HeadFigures figures =
            new HeadFigures(run, prompts.get(i), provenance.ofSequence(i), options.style())
                .titled(options.title());
        if (maps.given()) {
          shown(figures, run, prompts.get(i), heads, i);
        } else if (grid) {
          write(together(figures, heads, named), "heads", i);
        } else {
          single(figures, run, heads, i);
        }
      }
    }
    if (grid && options.grid().isEmpty()) {
      terminal.note(
          heads.size()
              + " heads are drawn as one grid; name some with --heads to draw them large.");
    }
    return files;
  }

  private boolean together(Collection<Head> heads, boolean named) {
    boolean asked = options.grid().orElse(false);
    if (maps.given() && asked) {
      throw new HeadlightException(
          Kind.INPUT, "--mean and --unit draw a figure a map; leave out --figure grid.");
    }
    return options.grid().orElse(heads.size() > SINGLE_FIGURES && !named && !maps.given());
  }

  /** A mean, or maps between words or sentences. */
  private void shown(
      HeadFigures figures, Run run, Tokens prompt, Collection<Head> heads, int sequence) {
    boolean hide = options.scale().hideFirst();
    for (List<Head> group : maps.groups(heads)) {
      terminal.progress().check();
      FigureMap map = maps.map(run, prompt, group, hide, terminal.progress());
      String name = maps.mean() ? "mean" : group.get(0).toString();
      write(figures.map(map, options.scale()::of), name, sequence);
    }
  }

  /** Named heads side by side, or else thumbnails of layers by heads. */
  private Figure together(HeadFigures figures, Collection<Head> heads, boolean named) {
    return named && heads.size() <= MOST_PANELS
        ? figures.panels(heads, options.scale().common(), terminal.progress())
        : figures.grid(heads, options.scale().common());
  }

  private void single(HeadFigures figures, Run run, Collection<Head> heads, int sequence) {
    int done = 0;
    for (Head head : heads) {
      terminal.progress().check();
      terminal.progress().report((double) done++ / heads.size(), head.toString());
      AttentionMap map = run.map(head);
      write(figures.head(map, options.scale()::of), head.toString(), sequence);
    }
  }

  private void write(Figure figure, String name, int sequence) {
    String file = name + CaptureWriter.suffix(sequence) + "." + format.suffix();
    Path written = FigureFiles.write(figure, format, folder.resolve(file));
    files.add(written);
    files.add(FigureFiles.writeSidecar(figure, format, written));
  }
}
