package dev.headlight.app.engine;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.HeadTable;
import dev.headlight.analysis.scores.ScoreJob;
import dev.headlight.samples.SampleVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A score of every head over the checkpoints of a training.
 *
 * @param score which
 * @param conditions on what it was measured at the end, for people
 * @param versions the checkpoints, the steps rising
 * @param tables one a checkpoint
 */
public record Growth(
    HeadScore score, String conditions, List<SampleVersion> versions, List<HeadTable> tables) {
  /** Copies the lists. */
  public Growth {
    versions = List.copyOf(versions);
    tables = List.copyOf(tables);
  }

  /**
   * Opens one checkpoint after the other and measures the same of each.
   *
   * @param job measures the score
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static Growth measure(
      ModelHost host,
      List<SampleVersion> versions,
      ScoreJob job,
      HeadScore score,
      Progress progress) {
    List<HeadTable> tables = new ArrayList<>();
    String conditions = "";
    for (int i = 0; i < versions.size(); i++) {
      SampleVersion version = versions.get(i);
      double share = 1.0 / versions.size();
      Progress part = progress.part(i * share, (i + 1) * share);
      part.report(0, "step " + version.label());
      ScoreJob.Result result = host.beside(ModelSource.of(version), job::measure, part);
      tables.add(result.tables().get(score.id()));
      conditions = result.conditions();
    }
    return new Growth(score, conditions, versions, tables);
  }

  /** The heads with the largest scores at the end, the largest first. */
  public List<Head> strongest(int count) {
    HeadTable last = tables.get(tables.size() - 1);
    List<Head> heads = new ArrayList<>();
    for (int i = 0; i < last.layers() * last.heads(); i++) {
      heads.add(new Head(i / last.heads(), i % last.heads()));
    }
    heads.removeIf(head -> Double.isNaN(last.at(head)));
    heads.sort(Comparator.comparingDouble(head -> -last.at(head)));
    return List.copyOf(heads.subList(0, Math.min(count, heads.size())));
  }

  /** Steps of training until each checkpoint. */
  public double[] steps() {
    return versions.stream().mapToDouble(SampleVersion::trained).toArray();
  }

  /** A head's score at each checkpoint; NaN where it is undefined. */
  public double[] of(Head head) {
    return tables.stream().mapToDouble(table -> table.at(head)).toArray();
  }
}
