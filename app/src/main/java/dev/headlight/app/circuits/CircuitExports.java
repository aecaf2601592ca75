package dev.headlight.app.circuits;

import dev.headlight.analysis.circuit.CircuitGraph;
import dev.headlight.analysis.circuit.EdgeScores;
import dev.headlight.analysis.io.AtomicFiles;
import dev.headlight.analysis.io.CircuitFiles;
import dev.headlight.analysis.io.Provenance;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.app.engine.ModelQuestion;
import dev.headlight.app.export.HeadExport;
import dev.headlight.app.report.FigureFiles;
import dev.headlight.renderer.figure.Figure;
import dev.headlight.renderer.figure.FigureFormat;
import dev.headlight.renderer.figure.FigureStyle;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Writes what was found, with where it comes from. Answered on the model's thread, since files name
 * the weights; each answer is the file that was written.
 */
public final class CircuitExports {
  private CircuitExports() {}

  /**
   * A table; its provenance stands beside it.
   *
   * @param settings what was asked for, by name
   * @param writer writes the table, and is told what ids are called
   */
  public static ModelQuestion<Path> table(
      Path file,
      List<TokenPair> pairs,
      Map<String, String> settings,
      BiConsumer<Path, IntFunction<String>> writer) {
    return (model, progress) -> {
      progress.report(Double.NaN, "reading the weights for their checksum");
      Provenance from = provenance(model, pairs, settings);
      writer.accept(
          file, id -> model.tokenizer().map(t -> t.label(id)).orElse(Integer.toString(id)));
      AtomicFiles.writeText(HeadExport.beside(file), from.toJson() + "\n");
      return file;
    };
  }

  /** A figure in the format of the file's ending. */
  public static ModelQuestion<Path> figure(
      Path file,
      List<TokenPair> pairs,
      Map<String, String> settings,
      BiFunction<FigureStyle, dev.headlight.renderer.figure.Provenance, Figure> figure) {
    return (model, progress) -> {
      progress.report(Double.NaN, "reading the weights for their checksum");
      Map<String, String> from = provenance(model, pairs, settings).toMetadata();
      return FigureFiles.write(
          figure.apply(FigureStyle.page(), new dev.headlight.renderer.figure.Provenance(from)),
          file);
    };
  }

  /** A circuit in the form of the file's ending: for programs, or drawn. */
  public static ModelQuestion<Path> graph(
      Path file, CircuitGraph circuit, EdgeScores scores, List<TokenPair> pairs) {
    return (model, progress) -> {
      progress.report(Double.NaN, "reading the weights for their checksum");
      write(file, circuit, scores, provenance(model, pairs, settings(scores)));
      return file;
    };
  }

  /** The same with a provenance that is known. */
  public static void write(
      Path file, CircuitGraph circuit, EdgeScores scores, Provenance provenance) {
    if (!drawn(file)) {
      CircuitFiles.write(file, circuit, provenance);
      return;
    }
    String subtitle =
        "%s, %d of %d edges"
            .formatted(scores.method(), circuit.edges().size(), circuit.wiring().edges());
    FigureFiles.write(
        CircuitFigures.graph(
            CircuitLayout.of(circuit),
            subtitle,
            FigureStyle.page(),
            new dev.headlight.renderer.figure.Provenance(provenance.toMetadata())),
        file);
  }

  /** Whether a file's ending is that of a figure. */
  public static boolean drawn(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return Stream.of(FigureFormat.values()).anyMatch(f -> name.endsWith("." + f.suffix()));
  }

  private static Map<String, String> settings(EdgeScores scores) {
    return Map.of(
        "method",
        scores.method().toString(),
        "steps",
        Integer.toString(scores.steps()),
        "clean",
        Double.toString(scores.contrast().clean()),
        "corrupt",
        Double.toString(scores.contrast().corrupt()));
  }

  /** Where a circuit came from. */
  public static Provenance provenance(Model model, EdgeScores scores, List<TokenPair> pairs) {
    return provenance(model, pairs, settings(scores));
  }

  private static Provenance provenance(
      Model model, List<TokenPair> pairs, Map<String, String> settings) {
    List<int[]> prompts = pairs.stream().flatMap(p -> Stream.of(p.clean(), p.corrupt())).toList();
    Provenance from =
        Provenance.of(model.name(), model.checkpoint().sha256(), prompts, model.device());
    for (String name : settings.keySet().stream().sorted().toList()) {
      from = from.with(name, settings.get(name));
    }
    return from;
  }
}
