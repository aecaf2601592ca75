package dev.headlight.analysis.sinks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.Parity;
import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Tensor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the analysis keeps is what whole maps, norms and angles say. */
class SinkAnalysisTest {
  private static Model model;

  @BeforeAll
  static void open() {
    model = Model.open(Parity.folder("llama"), Progress.NONE);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static int[] ids(int seed, int count) {
    return new Random(seed).ints(count, 5, 300).toArray();
  }

  private static SinkStatistics measure(Model of, int[]... sequences) {
    return SinkAnalysis.measure(of, SinkRequest.of(List.of(sequences)), Progress.NONE);
  }

  /** Sequences of one length run as one batch; each must be as it is alone. */
  @ParameterizedTest
  @ValueSource(strings = {"llama", "gpt2", "mistral", "gemma2", "bert", "opt_350m"})
  void keptNumbersAreThoseOfTheWholeMap(String family) {
    int[][] sequences = {ids(1, 24), ids(2, 31), ids(3, 24)};
    try (Model of = Model.open(Parity.folder(family), Progress.NONE)) {
      SinkStatistics statistics = measure(of, sequences);
      for (int s = 0; s < sequences.length; s++) {
        RunRequest request =
            RunRequest.of(sequences[s]).withSites(Site.PATTERN, Site.RESID_PRE, Site.V);
        try (Run run = of.run(request, Progress.NONE).get(0)) {
          compare(run, statistics.sequences().get(s));
        }
      }
    }
  }

  private static void compare(Run run, SequenceSinks kept) {
    int length = kept.length();
    for (int l = 0; l < run.spec().layers(); l++) {
      Tensor pattern = run.get(HookName.of(Site.PATTERN, l));
      for (int h = 0; h < run.spec().heads(); h++) {
        columns(run, pattern.slice(h).data(), new Head(l, h), kept);
      }
      Tensor x = run.get(HookName.of(Site.RESID_PRE, l));
      Tensor v = run.get(HookName.of(Site.V, l));
      Tensor values = kept.angles().orElseThrow().valueNorms();
      for (int t = 0; t < length; t++) {
        double expected = norm(x.data(), t * x.size(1), x.size(1));
        assertEquals(expected, kept.activations().orElseThrow().norm(l, t), 1e-3 * expected);
        int groups = run.spec().kvHeads();
        int e = run.spec().headDim();
        assertEquals(
            norm(v.data(), t * groups * e, e), values.data()[l * groups * length + t], 1e-3);
      }
    }
  }

  private static double norm(float[] x, int from, int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += (double) x[i] * x[i];
    }
    return Math.sqrt(sum);
  }

  private static void columns(Run run, float[] map, Head head, SequenceSinks kept) {
    int length = kept.length();
    double entropy = 0;
    for (float weight : map) {
      entropy -= weight > 0 ? weight * Math.log(weight) : 0;
    }
    assertEquals(entropy / length, kept.entropy(head, length), 1e-4, head.toString());
    float[] means = kept.columnMeans(head);
    for (int key = 0; key < length; key++) {
      double sum = 0;
      int rows = 0;
      for (int q = 0; q < length; q++) {
        sum += map[q * length + key];
        rows += run.spec().scoreRule(head.layer()).visible(q, key) ? 1 : 0;
      }
      assertEquals(sum / rows, means[key], 1e-5, head + " key " + key);
    }
    assertEquals(means[0], kept.mean(head, 0, length), 1e-6);
  }

  @Test
  void aShorterLengthIsTheCutSequence() {
    SinkStatistics whole = measure(model, ids(1, 40), ids(2, 30));
    SinkStatistics cut = measure(model, java.util.Arrays.copyOf(ids(1, 40), 33));
    SinkRates rates = whole.rates(0.1, 33, 0);
    assertEquals(List.of(0), rates.sequences());
    assertEquals(1, rates.leftOut());
    for (int l = 0; l < model.spec().layers(); l++) {
      for (int h = 0; h < model.spec().heads(); h++) {
        Head head = new Head(l, h);
        assertEquals(cut.rates(0.1).mean(head), rates.mean(head), 1e-6);
        assertEquals(
            cut.sequences().get(0).later(head, 0.15, 33).size(),
            whole.sequences().get(0).later(head, 0.15, 33).size());
      }
    }
  }

  @Test
  void theComparisonComesBeforeTheMean() {
    SinkStatistics statistics = measure(model, ids(1, 20), ids(2, 20), ids(3, 20));
    Head head = new Head(1, 2);
    float[] own = new float[3];
    for (int s = 0; s < 3; s++) {
      own[s] = statistics.sequences().get(s).mean(head, 0, 20);
    }
    float[] sorted = own.clone();
    java.util.Arrays.sort(sorted);
    double between = (sorted[1] + sorted[2]) / 2;
    assertEquals(1f / 3, statistics.rates(between).rate(head), 1e-6);
    assertEquals((own[0] + own[1] + own[2]) / 3, statistics.rates(between).mean(head), 1e-6);
    assertEquals(0, statistics.rates(1).model());
    assertEquals(1, statistics.rates(0).model());
  }

  @Test
  void anglesAreThoseOfQueriesAndKeys() {
    int[] ids = ids(4, 20);
    SinkAngles angles = measure(model, ids).sequences().get(0).angles().orElseThrow();
    RunRequest request = RunRequest.of(ids).withSites(Site.ROT_Q, Site.ROT_K);
    try (Run run = model.run(request, Progress.NONE).get(0)) {
      Tensor q = run.get(HookName.of(Site.ROT_Q, 1));
      Tensor k = run.get(HookName.of(Site.ROT_K, 1));
      int e = model.spec().headDim();
      int heads = model.spec().heads();
      int groups = model.spec().kvHeads();
      int head = 5;
      int group = model.spec().kvGroup(head);
      double first = 0;
      double rest = 0;
      for (int i = 1; i < ids.length; i++) {
        double own = 0;
        for (int key = 0; key <= i; key++) {
          int atQ = (i * heads + head) * e;
          int atK = (key * groups + group) * e;
          double dot = 0;
          for (int d = 0; d < e; d++) {
            dot += q.data()[atQ + d] * k.data()[atK + d];
          }
          double cosine = dot / norm(q.data(), atQ, e) / norm(k.data(), atK, e);
          first += key == 0 ? cosine : 0;
          own += key == 0 ? 0 : cosine;
        }
        rest += own / i;
      }
      int cell = heads + head;
      assertEquals(first / 19, angles.cosineFirst().data()[cell], 1e-5);
      assertEquals(rest / 19, angles.cosineRest().data()[cell], 1e-5);
    }
  }

  @Test
  void interventionsAreMeasuredUnder() {
    SinkRequest request = SinkRequest.of(List.of(ids(1, 20), ids(2, 20)));
    List<Intervention> drop = List.of(Intervention.parse("mask:L*H*/q=all/k=0"));
    SinkStatistics without =
        SinkAnalysis.measure(model, request.withInterventions(drop), Progress.NONE);
    // Only query 0, which sees nothing else, still looks at key 0.
    assertEquals(1f / 20, without.sequences().get(1).mean(new Head(2, 3), 0, 20), 1e-6);
    SinkStatistics neutral =
        SinkAnalysis.measure(
            model,
            request.withInterventions(List.of(Intervention.parse("column:L*H*/0=1"))),
            Progress.NONE);
    SinkStatistics plain = SinkAnalysis.measure(model, request, Progress.NONE);
    Head head = new Head(1, 1);
    assertEquals(
        plain.sequences().get(1).entropy(head, 20),
        neutral.sequences().get(1).entropy(head, 20),
        1e-4);
  }

  @Test
  void badWishesAreSaid() {
    refused(
        "a length of 9 says nothing",
        () -> measure(SinkRequest.of(List.of(ids(1, 20))).withLength(9)));
    refused("the longest has 9", () -> measure(SinkRequest.of(List.of(ids(1, 9)))));
    refused(
        "or a smaller length", () -> measure(SinkRequest.of(List.of(ids(1, 20))).withLength(64)));
    SinkStatistics statistics = measure(model, ids(1, 20));
    refused("no sequence has 21 tokens", () -> statistics.rates(0.3, 21, 0));
    refused("one of 0 to 3", () -> statistics.rates(0.3, 0, 4));
    refused("kept from 0.1 on", () -> statistics.later(0.05, 0));
    refused(
        "outside the vocabulary",
        () -> measure(SinkRequest.of(List.of(new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 99999}))));
  }

  private static void measure(SinkRequest request) {
    SinkAnalysis.measure(model, request, Progress.NONE);
  }

  private static void refused(String message, Runnable work) {
    HeadlightException e = assertThrows(HeadlightException.class, work::run);
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void cancelledWorkLeavesNothing() {
    int before = model.liveArrays();
    Job<SinkStatistics> job =
        Job.of(
            "sinks",
            progress -> {
              ((Job<?>) progress).cancel();
              return SinkAnalysis.measure(model, SinkRequest.of(List.of(ids(1, 20))), progress);
            });
    assertEquals(Job.State.CANCELLED, job.run());
    assertEquals(before, model.liveArrays());
    measure(model, ids(1, 20));
    assertEquals(before, model.liveArrays());
  }
}
