package dev.headlight.analysis.roles;

import dev.headlight.analysis.circuit.HeadWeights;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.scores.HeadTable;
import dev.headlight.analysis.scores.HeadTableBuilder;
import dev.headlight.analysis.scores.ScoreJob;
import java.util.List;
import java.util.Map;

/** Computes {@link RoleScores#COPYING} of every head from the weights alone; no pass is run. */
public record CopyingJob() implements ScoreJob {
  static final String ID = "copying";

  @Override
  public String title() {
    return "Copying, from the weights";
  }

  @Override
  public boolean brief() {
    return true;
  }

  @Override
  public List<String> scores() {
    return List.of(ID);
  }

  @Override
  public Result measure(Model model, Progress progress) {
    ModelSpec spec = model.spec();
    double[] copying = new double[spec.layers() * spec.heads()];
    for (int layer = 0; layer < spec.layers(); layer++) {
      progress.check();
      progress.report((double) layer / spec.layers(), "weights of layer " + layer);
      double[] heads = HeadWeights.copying(model, layer);
      System.arraycopy(heads, 0, copying, layer * heads.length, heads.length);
    }
    HeadTableBuilder table = new HeadTableBuilder(spec.layers(), spec.heads());
    table.add(copying);
    HeadTable built = table.build();
    return new Result(
        Map.of(ID, built), "weights alone, without embedding and biases", List.of(), Map.of());
  }
}
