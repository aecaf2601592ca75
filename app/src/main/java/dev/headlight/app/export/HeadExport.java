package dev.headlight.app.export;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.attention.AttentionMap;
import dev.headlight.analysis.io.AtomicFiles;
import dev.headlight.analysis.io.Provenance;
import dev.headlight.analysis.io.Tables;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Run;
import dev.headlight.app.report.HeadFigures;
import dev.headlight.renderer.figure.Figure;
import dev.headlight.renderer.figure.FigureWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Writes a head's map; belongs to the model thread. */
public final class HeadExport {
  private HeadExport() {}

  /** Writes the file whole or not at all, and names it. */
  public static Path write(
      ExportRequest request, Run run, Provenance provenance, Progress progress) {
    AttentionMap map = run.map(request.head());
    Provenance named = provenance.with("heads", request.head().toString());
    if (request.format() == ExportRequest.Format.CSV) {
      Tables.attentionCells(request.file(), List.of(map), request.tokens(), progress);
      AtomicFiles.writeText(beside(request.file()), named.toJson() + "\n");
      return request.file();
    }
    HeadFigures figures = new HeadFigures(run, request.tokens().labels(), named, request.style());
    Figure figure = figures.head(map, request.scale());
    progress.check();
    byte[] bytes = request.format() == ExportRequest.Format.PNG ? png(figure) : svg(figure);
    AtomicFiles.write(request.file(), out -> out.write(bytes));
    return request.file();
  }

  /** A table has no room for its provenance, so it stands beside it. */
  public static Path beside(Path csv) {
    return csv.resolveSibling(csv.getFileName() + ".provenance.json");
  }

  private static byte[] svg(Figure figure) {
    return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + FigureWriter.svg(figure))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] png(Figure figure) {
    try {
      return FigureWriter.png(figure);
    } catch (IOException e) {
      throw new HeadlightException(HeadlightException.Kind.INPUT, e.getMessage() + ".", e);
    }
  }
}
