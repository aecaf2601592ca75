package dev.headlight.app.ablation;

import dev.headlight.analysis.ablation.Curves;
import dev.headlight.analysis.ablation.Importance;
import dev.headlight.analysis.ablation.Interaction;
import dev.headlight.analysis.ablation.Offsets;
import dev.headlight.analysis.ablation.RankSensitivity;
import dev.headlight.analysis.ablation.Redundancy;
import dev.headlight.analysis.io.AblationTables;
import dev.headlight.analysis.io.AtomicFiles;
import dev.headlight.analysis.io.Provenance;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.app.engine.ModelQuestion;
import dev.headlight.app.export.HeadExport;
import dev.headlight.app.report.FigureFiles;
import dev.headlight.renderer.figure.Figure;
import dev.headlight.renderer.figure.FigureStyle;
import dev.headlight.renderer.figure.Plot;
import dev.headlight.renderer.figure.PlotFigure;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Writes what was found, with where it comes from. Answered on the model's thread, since files name
 * the weights; each answer is the file that was written.
 */
public final class AblationExports {
  private static final double PROPORTION = 0.62;

  private final AblationWork work;

  /**
   * @param work knows the newest sweep
   */
  public AblationExports(AblationWork work) {
    this.work = work;
  }

  /**
   * A table, and beside it where its numbers come from.
   *
   * @param found the answer to the question
   * @param second whether the second of two matrices is meant
   * @param singles what each head alone takes, beside its importance; null where that is not known
   */
  public ModelQuestion<Path> table(
      Question question, Object found, boolean second, Object singles, Path file) {
    return (model, progress) -> {
      if (found instanceof Importance importance) {
        importance(model, importance, singles, file);
      } else {
        write(model, question, found, second, file, progress);
      }
      Provenance about = provenance(model, question, progress);
      AtomicFiles.writeText(HeadExport.beside(file), about.toJson() + "\n");
      return file;
    };
  }

  private void write(
      Model model, Question question, Object found, boolean second, Path file, Progress progress) {
    switch (question.part()) {
      case SWEEP, SINGLES, PERTURBED, EFFECT ->
          AblationTables.runs(
              file, model.spec(), work.runs(question).ask(model, progress.part(0, 0.9)));
      case TEXTS -> TextsTable.write(file, (Texts) found);
      case CURVES -> AblationTables.curves(file, (Curves) found);
      case PAIRS -> AblationTables.pairs(file, (Interaction) found);
      case GRADIENT -> importance(model, (Importance) found, null, file);
      case LIKENESS -> {
        Redundancy heads = (Redundancy) found;
        AblationTables.matrix(
            file,
            heads,
            second ? heads.divergence() : heads.cosine(),
            second ? heads.orderByPattern() : heads.orderByOutput());
      }
      case RANKS -> AblationTables.ranks(file, (RankSensitivity) found);
      case OFFSETS -> AblationTables.offsets(file, model.spec(), (Offsets) found);
    }
  }

  private static void importance(Model model, Importance found, Object singles, Path file) {
    boolean known = singles instanceof SweepMap map && map.done();
    double[] damage =
        known ? Arrays.stream(((SweepMap) singles).flat()).map(Math::abs).toArray() : new double[0];
    String how = known ? ((SweepMap) singles).semantics() : "";
    AblationTables.importance(file, model.spec(), found, damage, how);
  }

  private static Provenance provenance(Model model, Question question, Progress progress) {
    progress.report(Double.NaN, "reading the weights for their checksum");
    Asked asked = question.asked();
    var request = AblationSetup.of(model, asked, false, progress);
    Provenance about =
        Provenance.of(
                model.name(), model.checkpoint().sha256(), request.sequences(), model.device())
            .with("part", question.part().name().toLowerCase(Locale.ROOT));
    boolean treated =
        switch (question.part()) {
          case SWEEP, SINGLES, PERTURBED, EFFECT, TEXTS, CURVES, PAIRS -> true;
          case GRADIENT, LIKENESS, RANKS, OFFSETS -> false;
        };
    if (treated) {
      about = about.with("semantics", request.treatment().says(request.sequences()));
    }
    if (!question.heads().isEmpty()) {
      HeadSet heads = HeadSet.of(question.heads());
      about = about.with("heads", heads.toString());
      about =
          treated ? about.withInterventions(List.of(request.treatment().on(heads).text())) : about;
    }
    boolean read = question.part() != Part.TEXTS && question.part() != Part.LIKENESS;
    return read ? about.with("metric", asked.choice().metric().toString()) : about;
  }

  /** A map as a figure in the format of the file's ending. */
  public ModelQuestion<Path> figure(Question question, MapPicture picture, Path file) {
    return figure(question, from -> picture.figure(FigureStyle.page(), from), file);
  }

  /** Curves as a figure. */
  public ModelQuestion<Path> figure(
      Question question, Plot plot, String title, String caption, Path file) {
    return figure(
        question,
        from -> new PlotFigure(plot, PROPORTION, title, "", caption, FigureStyle.page(), from),
        file);
  }

  private static ModelQuestion<Path> figure(
      Question question,
      Function<dev.headlight.renderer.figure.Provenance, Figure> figure,
      Path file) {
    return (model, progress) -> {
      var entries = provenance(model, question, progress).toMetadata();
      return FigureFiles.write(
          figure.apply(new dev.headlight.renderer.figure.Provenance(entries)), file);
    };
  }
}
