package dev.headlight.analysis.ablation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.Parity;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.PatchSource;
import dev.headlight.analysis.sweep.Cell;
import dev.headlight.analysis.sweep.Metrics;
import dev.headlight.analysis.sweep.Sweep;
import dev.headlight.analysis.sweep.SweepListener;
import dev.headlight.analysis.sweep.SweepRequest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is made of single effects: curves, pairs, gradients, likeness, low rank. */
class MoreAblationTest {
  private static final int[] FIRST = {3, 14, 15, 92, 65, 35, 89, 79, 32};
  private static final int[] SECOND = {31, 41, 59, 26, 53, 58, 97, 93, 23};
  private static Model model;

  @BeforeAll
  static void open() {
    model = Model.open(Parity.folder("llama"), Progress.NONE);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static AblationRequest loss() {
    return AblationRequest.of(List.of(FIRST, SECOND), Target.heads(model.spec()))
        .with(AblationMetric.LOSS);
  }

  private static AblationResult singles() {
    return Ablation.run(model, loss(), Progress.NONE);
  }

  private static double without(String heads) {
    List<Target> target = List.of(Target.of(HeadSet.parse(heads)));
    AblationResult result = Ablation.run(model, loss().with(target), Progress.NONE);
    return result.mean() + result.runs().get(0).delta();
  }

  @Test
  void curvesBeginWithSinglesAndEndWithAll() {
    AblationResult singles = singles();
    int all = singles.runs().size();
    Curves curves =
        Curves.run(
            model, singles, List.of(1, 4, all), List.of(7L, 8L), SweepListener.NONE, Progress.NONE);
    assertEquals(4, curves.curves().size());
    double[] single =
        singles.runs().stream().mapToDouble(r -> singles.mean() + r.delta()).toArray();
    Curves.Curve best = curves.curves().get(0);
    Curves.Curve worst = curves.curves().get(1);
    assertEquals(Arrays.stream(single).max().orElseThrow(), best.values()[0], 1e-5);
    assertEquals(Arrays.stream(single).min().orElseThrow(), worst.values()[0], 1e-5);
    double everything = without("L*H*");
    for (Curves.Curve curve : curves.curves()) {
      assertEquals(everything, curve.values()[2], 1e-5, curve.order().text());
      assertEquals(all, new HashSet<>(curve.heads()).size());
    }
    assertTrue(!curves.curves().get(2).heads().equals(curves.curves().get(3).heads()));
    String four = HeadSet.of(best.heads().subList(0, 4)).toString();
    assertEquals(without(four), best.values()[1], 1e-5);
    HeadlightException beyond =
        assertThrows(
            HeadlightException.class,
            () ->
                Curves.run(
                    model,
                    singles,
                    List.of(all + 1),
                    List.of(),
                    SweepListener.NONE,
                    Progress.NONE));
    assertTrue(beyond.getMessage().contains("1 to " + all), beyond.getMessage());
    assertEquals(List.of(1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 20), Curves.counts(20));
  }

  @Test
  void pairsAreHeldAgainstTheSum() {
    Interaction found =
        Interaction.run(
            model, loss(), HeadSet.parse("L0H1,L1H2,L2H0"), SweepListener.NONE, Progress.NONE);
    double pair = without("L0H1,L2H0") - found.baseline();
    assertEquals(pair, found.pairs()[0][2], 1e-5);
    assertEquals(found.pairs()[0][2], found.pairs()[2][0]);
    assertEquals(pair - found.single()[0] - found.single()[2], found.beyondSum(0, 2), 1e-5);
    assertEquals(0, found.beyondSum(1, 1));
    assertEquals(without("L0H1,L1H2,L2H0") - found.baseline(), found.together(), 1e-5);
    HeadlightException one =
        assertThrows(
            HeadlightException.class,
            () ->
                Interaction.run(
                    model, loss(), HeadSet.parse("L0H1"), SweepListener.NONE, Progress.NONE));
    assertTrue(one.getMessage().contains("2 to 24"), one.getMessage());
  }

  /** ∂m/∂ξ of a mask ξ on a head's output, by small steps of the mask itself. */
  @Test
  void importancePerBatchIsTheSlopeOfAMask() {
    double step = 1e-2;
    AblationRequest one =
        AblationRequest.of(List.of(FIRST), Target.heads(model.spec())).with(AblationMetric.LOSS);
    Importance importance = Importance.measure(model, one, Progress.NONE);
    AblationResult up = Ablation.run(model, one.with(Treatment.scale(1 + step)), Progress.NONE);
    AblationResult down = Ablation.run(model, one.with(Treatment.scale(1 - step)), Progress.NONE);
    double largest = 0;
    for (int h = 0; h < importance.perBatch().length; h++) {
      double slope = (up.runs().get(h).delta() - down.runs().get(h).delta()) / (2 * step);
      assertEquals(Math.abs(slope), importance.perBatch()[h], 2e-4);
      // A sum of absolute values is no less than that of a sum.
      assertTrue(importance.perToken()[h] * FIRST.length >= importance.perBatch()[h] - 1e-9);
      largest = Math.max(largest, importance.perBatch()[h]);
    }
    assertTrue(largest > 1e-3, "all slopes are flat");
    Importance normalised = importance.normalisedByLayer(model.spec().layers());
    int heads = model.spec().heads();
    double norm = 0;
    for (int h = heads; h < 2 * heads; h++) {
      norm += normalised.perToken()[h] * normalised.perToken()[h];
    }
    assertEquals(1, norm, 1e-9);
  }

  @Test
  void flatMetricsHaveNoImportance() {
    AblationRequest kl = loss().with(AblationMetric.KL);
    HeadlightException flat =
        assertThrows(HeadlightException.class, () -> Importance.measure(model, kl, Progress.NONE));
    assertTrue(flat.getMessage().contains("use loss"), flat.getMessage());
  }

  @Test
  void spearmanCountsRanks() {
    double[] rising = {1, 2, 3, 4};
    assertEquals(1, RankCorrelation.spearman(rising, new double[] {0, 10, 11, 1000}), 1e-12);
    assertEquals(-1, RankCorrelation.spearman(rising, new double[] {9, 3, 2, -7}), 1e-12);
    // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5 / √(4.5 · 5).
    double ties = RankCorrelation.spearman(new double[] {1, 5, 5, 9}, rising);
    assertEquals(4.5 / Math.sqrt(4.5 * 5), ties, 1e-12);
    assertTrue(Double.isNaN(RankCorrelation.spearman(rising, new double[] {2, 2, 2, 2})));
    assertTrue(Double.isNaN(RankCorrelation.spearman(rising, new double[] {2, 2, Double.NaN, 2})));
  }

  @Test
  void clustersStandTogether() {
    double[][] distances = new double[6][6];
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < 6; j++) {
        distances[i][j] = i == j ? 0 : i % 2 == j % 2 ? 0.1 * Math.abs(i - j) : 5;
      }
    }
    int[] order = AverageLinkage.order(distances);
    int[] sorted = order.clone();
    Arrays.sort(sorted);
    assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5}, sorted);
    assertEquals(order[0] % 2, order[1] % 2);
    assertEquals(order[1] % 2, order[2] % 2);
    // Within a cluster neighbours lie next to each other.
    assertEquals(2, Math.abs(order[0] - order[1]));
    assertEquals(2, Math.abs(order[1] - order[2]));
    assertArrayEquals(new int[] {0}, AverageLinkage.order(new double[1][1]));
  }

  @Test
  void everyHeadIsLikeItself() {
    Redundancy found = Redundancy.measure(model, List.of(FIRST, SECOND), 8, Progress.NONE);
    int n = model.spec().layers() * model.spec().heads();
    assertEquals(n, found.heads().size());
    assertEquals(new Head(1, 0), found.heads().get(model.spec().heads()));
    double least = 1;
    for (int i = 0; i < n; i++) {
      assertEquals(1, found.cosine()[i][i], 1e-5);
      assertEquals(0, found.divergence()[i][i], 1e-9);
      for (int j = 0; j < n; j++) {
        assertEquals(found.cosine()[i][j], found.cosine()[j][i], 1e-5);
        double js = found.divergence()[i][j];
        assertTrue(js >= 0 && js <= Math.log(2), "JS " + js);
        least = Math.min(least, found.cosine()[i][j]);
      }
    }
    assertTrue(least < 0.9, "all heads are alike");
    assertEquals(n, Arrays.stream(found.orderByOutput()).distinct().count());
    assertEquals(n, Arrays.stream(found.orderByPattern()).distinct().count());
  }

  @Test
  void wholeRankChangesNothing() {
    int width = model.spec().headDim();
    RankSensitivity found =
        RankSensitivity.run(model, loss(), List.of(1, width), SweepListener.NONE, Progress.NONE);
    assertEquals(model.spec().layers() * model.spec().kvHeads(), found.groups().size());
    double largest = 0;
    for (RankSensitivity.Group group : found.groups()) {
      assertEquals(0, group.keys()[1], 1e-6);
      assertEquals(0, group.values()[1], 1e-6);
      largest = Math.max(largest, Math.abs(group.values()[0]));
    }
    assertTrue(largest > 1e-4, "rank 1 changes nothing");
  }

  private static Offsets offsets(AblationRequest request, int[] other, Double... scales) {
    List<int[]> others = request.sequences().stream().map(s -> other).toList();
    return Offsets.run(
        model, request, others, HeadSet.parse("L0H1,L1H2"), List.of(scales), Progress.NONE);
  }

  @Test
  void anOffsetOfMinusOneIsTheOtherPromptsOutput() {
    AblationRequest one = AblationRequest.of(List.of(FIRST), loss().targets());
    AblationRequest read =
        one.with(AblationMetric.LOGIT_DIFF, Answers.against(new int[] {5}, new int[] {50}));
    Offsets found = offsets(read, SECOND, -1.0, 0.0, 2.0);
    assertEquals(found.baseline(), found.values()[0][1], 1e-6, "no offset");
    assertTrue(
        Math.abs(found.values()[1][2] - found.baseline()) > 1e-4, "an offset does something");
    Intervention patch = Intervention.parse("patch:z/L1H2@-1<-" + PatchSource.Prompt.of(SECOND));
    SweepRequest patched =
        new SweepRequest(
            List.of(FIRST),
            List.of(),
            List.of(Cell.of(patch)),
            Metrics.logitDiff(new int[] {5}, new int[] {50}));
    double expected = Sweep.run(model, patched, SweepListener.NONE, Progress.NONE).values()[0][0];
    assertEquals(expected, found.values()[1][0], 1e-4);
  }

  @Test
  void offsetsAreAveragedOverSequences() {
    Answers answers = Answers.against(new int[] {5, 6}, new int[] {50, 60});
    int[] third = {27, 18, 28, 18, 28, 45};
    Offsets both = offsets(loss().with(AblationMetric.LOGIT_DIFF, answers), third, 1.0);
    double sum = 0;
    for (int s = 0; s < 2; s++) {
      AblationRequest one =
          AblationRequest.of(List.of(s == 0 ? FIRST : SECOND), loss().targets())
              .with(AblationMetric.LOGIT_DIFF, answers.only(s));
      sum += offsets(one, third, 1.0).values()[0][0];
    }
    assertEquals(sum / 2, both.values()[0][0], 1e-5);
    HeadlightException missing =
        assertThrows(
            HeadlightException.class,
            () ->
                Offsets.run(
                    model,
                    loss(),
                    List.of(third),
                    HeadSet.parse("L0H1"),
                    Offsets.SCALES,
                    Progress.NONE));
    assertTrue(missing.getMessage().contains("expected 2 other prompts"), missing.getMessage());
  }
}
