package dev.headlight.app.export;

import dev.headlight.analysis.attention.AttentionMap;
import dev.headlight.analysis.io.AtomicFiles;
import dev.headlight.analysis.io.Provenance;
import dev.headlight.analysis.io.Tables;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.text.TextUnit;
import dev.headlight.app.export.FigureContent.Kind;
import dev.headlight.app.report.FigureFiles;
import dev.headlight.app.report.FigureMap;
import dev.headlight.app.report.HeadFigures;
import dev.headlight.renderer.figure.Figure;
import dev.headlight.renderer.figure.FigureFormat;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Draws and writes the maps of heads; belongs to the model thread. */
public final class HeadExport {
  private HeadExport() {}

  /** The figure that was asked for. */
  public static Figure figure(
      FigureRequest request, Run run, Provenance provenance, Progress progress) {
    FigureContent content = request.content();
    boolean all = content.kind() == Kind.GRID;
    Provenance named = all ? provenance : about(provenance, content);
    HeadFigures figures =
        new HeadFigures(run, request.tokens(), named, request.style()).titled(request.title());
    return switch (content.kind()) {
      case HEAD, MEAN -> figures.map(map(request, run, progress), request.scale());
      case PANELS -> figures.panels(content.heads(), request.common(), progress);
      case GRID -> {
        Collection<Head> heads = HeadSet.parse("L*H*").resolve(run.spec());
        yield figures.grid(heads, request.common());
      }
    };
  }

  /** Writes the files whole or not at all, and names the one that was asked for. */
  public static Path write(
      ExportRequest request, Run run, Provenance provenance, Progress progress) {
    if (request.format() == ExportRequest.Format.CSV) {
      table(request, run, provenance, progress);
      return request.file();
    }
    Figure figure = figure(request.figure(), run, provenance, progress);
    progress.check();
    FigureFormat format = request.format().figure();
    FigureFiles.write(figure, format, request.file());
    FigureFiles.writeSidecar(figure, format, request.file());
    return request.file();
  }

  private static void table(
      ExportRequest request, Run run, Provenance provenance, Progress progress) {
    FigureRequest figure = request.figure();
    FigureContent content = figure.content();
    if (content.kind() == Kind.MEAN || content.unit() != TextUnit.TOKEN) {
      map(figure, run, progress).write(request.file(), progress);
    } else {
      List<AttentionMap> maps = content.heads().stream().map(run::map).toList();
      Tables.attentionCells(request.file(), maps, figure.tokens(), progress);
    }
    String about = about(provenance, content).toJson();
    AtomicFiles.writeText(beside(request.file()), about + "\n");
  }

  private static FigureMap map(FigureRequest figure, Run run, Progress progress) {
    FigureContent content = figure.content();
    boolean hide = figure.common().hideColumn0();
    return FigureMap.of(run, figure.tokens(), content.heads(), content.unit(), hide, progress);
  }

  private static Provenance about(Provenance provenance, FigureContent content) {
    String heads = content.heads().stream().map(Head::toString).collect(Collectors.joining(","));
    return FigureMap.about(
        provenance.with("heads", heads), content.kind() == Kind.MEAN, content.unit());
  }

  /** A table has no room for its provenance, so it stands beside it. */
  public static Path beside(Path csv) {
    return csv.resolveSibling(csv.getFileName() + ".provenance.json");
  }
}
