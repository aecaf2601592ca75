package dev.headlight.analysis.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.Parity;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.GradientRun;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Sites;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients agree with small steps of the values themselves. */
class GradientsTest {
  private static final int[] TOKENS = {7, 3, 11, 5, 2, 9, 14, 6, 1};
  private static final int[] OTHER = {4, 8, 11, 2, 2, 13, 10, 6, 12};
  private static final double STEP = 1e-3;

  @TempDir Path folder;

  /** A small step along the value of another prompt changes the metric as the gradient says. */
  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "llama", "gemma2", "cohere", "bert", "mixtral", "bloom"})
  void predictsSmallSteps(String family) {
    try (Model model = Model.open(Parity.folder(family), Progress.NONE)) {
      int before = model.liveArrays();
      Metric metric = Metrics.logitDiff(new int[] {3}, new int[] {9});
      Set<HookName> names =
          Sites.of(model.spec()).stream()
              .filter(s -> s.scope() != Site.Scope.PATTERN && s != Site.LOGITS)
              .filter(s -> s != Site.ROUTER_LOGITS && s != Site.POS_EMBED)
              .map(s -> new HookName(s, s.perLayer() ? 1 : -1))
              .collect(Collectors.toSet());
      // Split inputs leave the shared norm without effect, so they are asked for apart.
      Set<HookName> split = new TreeSet<>(HookName.ORDER);
      names.stream().filter(n -> n.site().path().matches(".*(_input|mlp_in)")).forEach(split::add);
      names.removeAll(split);
      for (Set<HookName> some : List.of(names, split)) {
        GradientRun run = gradient(model, some, metric, Cell.of());
        some.forEach(n -> check(model, metric, run, n));
      }
      assertEquals(before, model.liveArrays(), "arrays are left behind");
    }
  }

  private static GradientRun gradient(
      Model model, Set<HookName> names, Metric metric, Cell changes) {
    SweepRequest request = new SweepRequest(List.of(TOKENS), List.of(changes), metric);
    return Gradients.run(model, request, names, Progress.NONE).get(0);
  }

  private static void check(Model model, Metric metric, GradientRun run, HookName name) {
    double expected = 0;
    float[] gradient = run.values().get(name).gradient().data();
    float[] other = values(model, name);
    for (int i = 0; i < gradient.length; i++) {
      expected += (double) gradient[i] * other[i];
    }
    double slope = (stepped(model, metric, name, STEP) - stepped(model, metric, name, -STEP));
    slope /= 2 * STEP;
    double scale = Math.max(0.5, Math.abs(expected));
    assertEquals(expected, slope, 0.03 * scale, name.toString());
  }

  private static float[] values(Model model, HookName name) {
    RunRequest request = RunRequest.of(OTHER).withSites(name.site());
    try (Run run = model.run(request, Progress.NONE).get(0)) {
      return run.get(name).data();
    }
  }

  private static double stepped(Model model, Metric metric, HookName name, double step) {
    String place = name.site().shortName() + (name.layer() < 0 ? "" : "/L" + name.layer());
    Intervention add = Intervention.parse("add:" + place + "<-[4,8,11,2,2,13,10,6,12]*" + step);
    SweepRequest request = new SweepRequest(List.of(TOKENS), List.of(Cell.of(add)), metric);
    return Sweep.run(model, request, SweepListener.NONE, Progress.NONE).values()[0][0];
  }

  /**
   * Adding c to a whole row of scores changes nothing, so its gradients sum to 0; and the gradient
   * of a logit by its own pattern row is what the values add.
   */
  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "mistral", "gemma2", "bert"})
  void gradientsOfScoresSumToZeroInEachRow(String family) {
    try (Model model = Model.open(Parity.folder(family), Progress.NONE)) {
      HookName scores = HookName.of(Site.ATTN_SCORES, 0);
      HookName pattern = HookName.of(Site.PATTERN, 0);
      Metric metric = Metrics.loss();
      for (Cell cell : List.of(Cell.of(), Cell.of(Intervention.parse("column:L0H1/2=0.3")))) {
        GradientRun run = gradient(model, Set.of(scores, pattern), metric, cell);
        float[] weights = run.values().get(pattern).value().data();
        float[] byWeight = run.values().get(pattern).gradient().data();
        float[] byScore = run.values().get(scores).gradient().data();
        int t = TOKENS.length;
        double largest = 0;
        for (int row = 0; row < byScore.length / t; row++) {
          double mean = 0;
          for (int k = 0; k < t; k++) {
            mean += (double) weights[row * t + k] * byWeight[row * t + k];
          }
          for (int k = 0; k < t; k++) {
            int i = row * t + k;
            // The softmax: ∂m/∂s = A (∂m/∂A − Σ A ∂m/∂A).
            assertEquals(weights[i] * (byWeight[i] - mean), byScore[i], 1e-5);
            largest = Math.max(largest, Math.abs(byScore[i]));
          }
        }
        assertTrue(largest > 1e-4, "all gradients are 0");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2"})
  void zeroedHeadsHaveGradientsButGiveNone(String family) {
    try (Model model = Model.open(Parity.folder(family), Progress.NONE)) {
      HookName z = HookName.of(Site.Z, 1);
      HookName q = HookName.of(Site.Q, 1);
      Cell zeroed = Cell.of(Intervention.parse("zero:L1H*"));
      GradientRun run = gradient(model, Set.of(z, q), Metrics.loss(), zeroed);
      assertTrue(norm(run.values().get(z).gradient().data()) > 1e-3);
      assertEquals(0, norm(run.values().get(q).gradient().data()));
    }
  }

  private static double norm(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }
}
