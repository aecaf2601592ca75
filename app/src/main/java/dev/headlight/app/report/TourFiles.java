package dev.headlight.app.report;

import dev.headlight.analysis.attention.AttentionMap;
import dev.headlight.analysis.io.AtomicFiles;
import dev.headlight.analysis.io.Tables;
import dev.headlight.analysis.io.Tables.HeadScore;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.text.Tokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files beside the report: tables and figures. */
final class TourFiles {
  private final Path folder;

  TourFiles(Path folder) {
    this.folder = folder;
  }

  /** The cells of some heads. */
  void maps(List<AttentionMap> maps, Tokens prompt, Progress progress) {
    for (AttentionMap map : maps) {
      Path file = folder.resolve(map.head() + ".csv");
      Tables.attentionCells(file, List.of(map), prompt, progress.silent());
    }
  }

  /** Tokens, scores of all heads, provenance. */
  void tables(TourResult result, long seed) {
    Tables.tokens(folder.resolve("tokens.csv"), result.prompt());
    List<HeadScore> scores = new ArrayList<>();
    int runs = result.probe().sequences().size();
    String probe =
        "b=" + result.probe().front() + " S=" + result.probe().period() + " batch=" + runs;
    for (HeadRow row : result.heads()) {
      scores.add(score(row, "entropy_nats", row.entropy(), 1, null, "prompt"));
      scores.add(score(row, "distance_tokens", row.distance(), 1, null, "prompt"));
      scores.add(score(row, "first_share", row.firstShare(), 1, null, "prompt"));
      scores.add(score(row, "previous", row.previous(), runs, seed, probe));
      scores.add(score(row, "induction", row.induction(), runs, seed, probe));
    }
    Tables.headScores(folder.resolve("heads.csv"), result.provenance(), scores);
    AtomicFiles.writeText(folder.resolve("provenance.json"), result.provenance().toJson() + "\n");
  }

  private static HeadScore score(
      HeadRow row, String metric, double value, int runs, Long seed, String params) {
    return new HeadScore(
        metric,
        row.head().layer(),
        row.head().head(),
        row.kvGroup(),
        value,
        null,
        runs,
        seed,
        params);
  }

  /** A figure as PNG and SVG. */
  void figure(TourFigure figure) {
    FigureFiles.write(figure.light(), folder.resolve(figure.file() + ".png"));
    FigureFiles.write(figure.light(), folder.resolve(figure.file() + ".svg"));
  }
}
