package dev.headlight.app.visual;

import dev.headlight.analysis.io.AtomicFiles;
import dev.headlight.analysis.io.Provenance;
import dev.headlight.analysis.io.VisionTables;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.vision.Grounding;
import dev.headlight.app.engine.ModelQuestion;
import dev.headlight.app.export.HeadExport;
import dev.headlight.app.report.FigureFiles;
import dev.headlight.renderer.figure.FigureStyle;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes what is drawn over a picture, with where it comes from. Answered on the model's thread,
 * since files name the weights; each answer is the file that was written.
 */
public final class VisualExports {
  private final PatchView view;
  private final VisualChoice choice;
  private final List<Head> heads;
  private final int word;
  private final List<Integer> path;
  private final List<Grounding> groundings;
  private final List<Effect> effects;
  private final List<LayerCurve> curves;

  /** What a pane shows now. */
  public VisualExports(VisualState state) {
    view = state.view().orElseThrow();
    choice = state.choice();
    heads = choice.mode().ofHeads() ? state.heads() : List.of(state.head());
    word = state.word();
    path = choice.scanpath() ? view.scanpath() : List.of();
    groundings = state.groundings();
    effects = state.effect().stream().toList();
    curves = state.curve().stream().toList();
  }

  private Looked looked() {
    return view.looked();
  }

  private Provenance provenance(Model model, Progress progress) {
    progress.report(Double.NaN, "reading the weights for their checksum");
    return Provenance.of(
            model.name(), model.checkpoint().sha256(), List.of(looked().tokens()), model.device())
        .withInterventions(looked().ask().changes().stream().map(Intervention::text).toList())
        .with("map", choice.mode().option())
        .with("heads", HeadSet.of(heads).toString())
        .with("word", Integer.toString(word));
  }

  /** The cells of the map as a table, and beside it where its numbers come from. */
  public ModelQuestion<Path> table(Path file) {
    return (model, progress) -> {
      List<Head> named = choice.mode().ofHeads() ? heads : List.of();
      VisionTables.maps(
          file, VisualTables.cells(view, named, looked().query(word), looked().labels().get(word)));
      beside(file, model, progress);
      return file;
    };
  }

  /** All heads by how well they find the painted object. */
  public ModelQuestion<Path> groundings(Path file) {
    return (model, progress) -> {
      VisionTables.groundings(file, groundings);
      beside(file, model, progress);
      return file;
    };
  }

  /** What the chosen change does, as it is set and layer by layer, as far as that is known. */
  public ModelQuestion<Path> changes(Path file) {
    return (model, progress) -> {
      VisionTables.changes(file, VisualTables.changes(effects, curves));
      beside(file, model, progress);
      return file;
    };
  }

  private void beside(Path file, Model model, Progress progress) {
    AtomicFiles.writeText(HeadExport.beside(file), provenance(model, progress).toJson() + "\n");
  }

  /** Points and box for a segmenter, as JSON. */
  public ModelQuestion<Path> segmenter(Path file) {
    return (model, progress) -> {
      AtomicFiles.writeText(file, VisualSegments.json(view) + "\n");
      return file;
    };
  }

  /** The overlay as a figure in the format of the file's ending. */
  public ModelQuestion<Path> figure(Path file, FigureStyle style) {
    return (model, progress) ->
        FigureFiles.write(
            VisualFigures.overlay(
                view,
                heads,
                looked().labels().get(word),
                choice,
                path,
                style,
                provenance(model, progress)),
            file);
  }
}
