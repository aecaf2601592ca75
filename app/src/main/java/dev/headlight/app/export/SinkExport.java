package dev.headlight.app.export;

import dev.headlight.analysis.io.AtomicFiles;
import dev.headlight.analysis.io.Provenance;
import dev.headlight.analysis.io.SinkTables;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.sinks.EntropyTable;
import dev.headlight.analysis.sinks.SinkRates;
import dev.headlight.analysis.sinks.SinkStatistics;
import dev.headlight.analysis.sinks.TokenConcentration;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.renderer.figure.FigureFormat;
import dev.headlight.renderer.figure.FigureStyle;
import dev.headlight.renderer.figure.FigureWriter;
import dev.headlight.renderer.figure.Plot;
import dev.headlight.renderer.figure.PlotFigure;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Files of what the pane of sinks shows, with where the numbers come from. */
public final class SinkExport {
  private static final double PROPORTION = 0.6;
  private static final List<Integer> TOP = List.of(1, 2, 4, 8);

  private SinkExport() {}

  /** A table of the texts. */
  public enum Table {
    /** Rate, α and entropy of every head. */
    HEADS,
    /** Attention on every token. */
    TOKENS,
    /** On how few tokens attention concentrates. */
    CONCENTRATION
  }

  /** Writes curves; the format follows from the file's ending, PDF where it has none of ours. */
  public static Path curves(
      ModelHost host, ModelFacts of, Plot plot, String caption, List<int[]> sequences, Path file) {
    return host.ask(of, (model, p) -> curves(model, plot, caption, sequences, file), Progress.NONE);
  }

  private static Path curves(
      Model model, Plot plot, String caption, List<int[]> sequences, Path file) {
    PlotFigure figure =
        new PlotFigure(
            plot,
            PROPORTION,
            "Sinks",
            model.name(),
            caption,
            FigureStyle.page(),
            new dev.headlight.renderer.figure.Provenance(of(model, sequences).toMetadata()));
    FigureFormat format = format(file);
    AtomicFiles.write(file, out -> FigureWriter.write(figure, format, out));
    return file;
  }

  private static FigureFormat format(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    for (FigureFormat format : FigureFormat.values()) {
      if (name.endsWith("." + format.suffix())) {
        return format;
      }
    }
    return FigureFormat.PDF;
  }

  /** Writes a table of texts, at one ε, T and k. */
  public static Path table(
      ModelHost host,
      ModelFacts of,
      SinkStatistics statistics,
      SinkRates rates,
      EntropyTable entropy,
      Table table,
      Path file) {
    return host.ask(
        of, (model, p) -> table(model, statistics, rates, entropy, table, file), Progress.NONE);
  }

  private static Path table(
      Model model,
      SinkStatistics statistics,
      SinkRates rates,
      EntropyTable entropy,
      Table table,
      Path file) {
    Provenance provenance = of(model, statistics.request().sequences());
    switch (table) {
      case HEADS ->
          SinkTables.heads(
              file,
              provenance,
              statistics,
              rates,
              entropy,
              null,
              rates.length() == 0 ? "" : "T=" + rates.length());
      case TOKENS ->
          SinkTables.tokens(
              file,
              provenance,
              TokenConcentration.of(statistics),
              id -> model.tokenizer().map(t -> t.label(id)).orElse(Integer.toString(id)));
      case CONCENTRATION ->
          SinkTables.concentration(
              file, provenance, TokenConcentration.of(statistics), TOP, Map.of());
    }
    return file;
  }

  private static Provenance of(Model model, List<int[]> sequences) {
    return Provenance.of(model.name(), model.checkpoint().sha256(), sequences, model.device());
  }
}
