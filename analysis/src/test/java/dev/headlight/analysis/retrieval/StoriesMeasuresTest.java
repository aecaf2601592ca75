package dev.headlight.analysis.retrieval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.scores.HeadTable;
import dev.headlight.analysis.scores.RepeatedIds;
import dev.headlight.analysis.text.Tokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The measures that build on retrieval heads, against whole maps and whole passes. */
class StoriesMeasuresTest {
  private static Model model;

  @BeforeAll
  static void open() {
    model = Model.open(Path.of("src/test/resources/stories260K"), Progress.NONE);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static Tokens encoded(String text) {
    return model.tokenizer().orElseThrow().encode(text);
  }

  @Test
  void sharesOfSpansAreSumsOfRows() {
    Tokens tokens = encoded("Tim had a red ball. The dog was big. What did Tim have?");
    PromptSpan context = PromptSpan.of("context", tokens, "Tim had a red ball. The dog was big.");
    PromptSpan question = PromptSpan.of("question", tokens, "What did Tim have?");
    List<Integer> others = new ArrayList<>(PromptSpan.of("", 0, tokens.size()).positions());
    others.removeAll(context.positions());
    others.removeAll(question.positions());
    PromptSpan rest = new PromptSpan("rest", others);
    int first = tokens.size() - 3;
    SpanShares shares =
        SpanShares.measure(
            model,
            RunRequest.of(tokens.ids()),
            List.of(rest, context, question),
            first,
            tokens.size(),
            Progress.NONE);
    Head head = new Head(3, 2);
    RunRequest request = RunRequest.of(tokens.ids()).forViewing();
    double sum = 0;
    try (Run run = model.run(request, Progress.NONE).get(0)) {
      float[] map = run.map(head).weights().data();
      for (int query = first; query < tokens.size(); query++) {
        for (int key : question.positions()) {
          sum += key <= query ? map[query * tokens.size() + key] / 3.0 : 0;
        }
      }
    }
    assertEquals(sum, shares.shares().get(2).at(head), 1e-5);
    for (int i = 0; i < shares.shares().get(0).values().length; i++) {
      int at = i;
      double all = shares.shares().stream().mapToDouble(t -> t.values()[at]).sum();
      assertEquals(1, all, 1e-4);
    }
    assertEquals(1, Arrays.stream(shares.even()).sum(), 1e-9);
    double even = shares.even()[2];
    assertEquals(shares.shares().get(2).at(head) / even, shares.preference(2, head), 1e-12);
  }

  @Test
  void sharesOfAnAnswerAreThoseOfItsQueries() {
    Tokens tokens = encoded("Tim had a red ball.");
    List<PromptSpan> spans = List.of(PromptSpan.of("prompt", 0, tokens.size()));
    SpanShares shares =
        SpanShares.ofAnswer(model, RunRequest.of(tokens.ids()), spans, 5, Progress.NONE);
    assertEquals(5, shares.shares().get(0).runs());
    assertTrue(shares.shares().get(0).max() <= 1 + 1e-5);
    assertThrows(HeadlightException.class, () -> PromptSpan.of("question", tokens, "not in there"));
    assertThrows(
        HeadlightException.class,
        () -> SpanShares.measure(model, RunRequest.of(tokens.ids()), spans, 3, 3, Progress.NONE));
  }

  @Test
  void echoAndInductionAreSumsOverAllCopies() {
    EchoInduction found = EchoInduction.measure(model, 12, 1, 7, Progress.NONE);
    RepeatedIds ids = RepeatedIds.draw(model, 12, EchoInduction.REPEATS, 1, new Random(7));
    int[] tokens = ids.sequences().get(0);
    Head head = new Head(2, 5);
    double echo = 0;
    double induction = 0;
    int rows = tokens.length - ids.secondCopy();
    try (Run run = model.run(RunRequest.of(tokens).forViewing(), Progress.NONE).get(0)) {
      float[] map = run.map(head).weights().data();
      for (int query = ids.secondCopy(); query < tokens.length; query++) {
        for (int key = ids.front(); key < query; key++) {
          if (tokens[key] == tokens[query]) {
            echo += map[query * tokens.length + key] / rows;
            induction += map[query * tokens.length + key + 1] / rows;
          }
        }
      }
    }
    assertEquals(echo, found.echo().at(head), 1e-5);
    assertEquals(induction, found.induction().at(head), 1e-5);
    List<Head> kept = found.protectedHeads(model.spec(), 0.01, 0.14);
    int size = model.spec().heads() / model.spec().kvHeads();
    assertEquals(0, kept.size() % size);
    assertTrue(kept.containsAll(Ranking.top(found.induction(), 6)));
  }

  @Test
  void influenceIsTheRelativeLossWithoutTheHeadsWithinADomain() {
    List<AttentionInfluence.Sample> samples =
        List.of(
            sample("a", "Tim had a red ball. Tim had a red ball."),
            sample("b", "The sun is hot. The dog ran."),
            sample("a", "Once upon a time there was a cat."));
    List<Head> heads = List.of(new Head(1, 0), new Head(2, 5), new Head(3, 3));
    List<AttentionInfluence.Influence> found =
        new AttentionInfluence(model, samples, heads).run(Progress.NONE);
    for (int i = 0; i < 3; i++) {
      double plain = loss(samples.get(i).tokens(), List.of());
      Intervention uniform = Intervention.parse("uniform:" + HeadSet.of(heads));
      double masked = loss(samples.get(i).tokens(), List.of(uniform));
      assertEquals(plain, found.get(i).loss(), 1e-4);
      assertEquals(masked, found.get(i).masked(), 1e-4);
      assertEquals((masked - plain) / plain, found.get(i).influence(), 1e-3);
      assertNotEquals(plain, masked, 1e-4);
    }
    assertEquals(1, found.get(1).rank());
    boolean first = found.get(0).influence() > found.get(2).influence();
    assertEquals(first ? 1 : 2, found.get(0).rank());
    assertEquals(first ? 2 : 1, found.get(2).rank());
    assertEquals(1000, AttentionInfluence.influence(0, 1), 1e-9);
  }

  private static AttentionInfluence.Sample sample(String domain, String text) {
    return new AttentionInfluence.Sample(domain, text, encoded(text).ids());
  }

  private static double loss(int[] tokens, List<Intervention> changes) {
    RunRequest request = RunRequest.of(tokens).withAllLogits().withInterventions(changes);
    try (Run run = model.run(request, Progress.NONE).get(0)) {
      return IntStream.range(0, tokens.length - 1)
          .mapToDouble(i -> -logProbability(run.logits(i), tokens[i + 1]))
          .average()
          .orElseThrow();
    }
  }

  private static double logProbability(float[] logits, int id) {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - logits[id]);
    }
    return -Math.log(sum);
  }

  @Test
  void recallAsksForTheValueBehindEachKey() {
    int[] tokens = AssociativeRecall.draw(model, 6, new Random(3));
    int front = tokens.length - 24;
    for (int i = 0; i < 6; i++) {
      int key = tokens[front + 12 + 2 * i];
      int at = front;
      while (tokens[at] != key) {
        at += 2;
      }
      assertTrue(at < front + 12);
      assertEquals(tokens[at + 1], tokens[front + 12 + 2 * i + 1]);
    }
    double expected = 0;
    RunRequest request = RunRequest.of(tokens).withAllLogits();
    try (Run run = model.run(request, Progress.NONE).get(0)) {
      for (int i = 0; i < 6; i++) {
        int key = front + 12 + 2 * i;
        expected += logProbability(run.logits(key), tokens[key + 1]) / 6;
      }
    }
    List<AssociativeRecall.Point> points =
        AssociativeRecall.curve(model, List.of(6, 2), 1, 3, Masking.NONE, Progress.NONE);
    assertEquals(expected, points.get(0).logProbability(), 1e-4);
    assertEquals(6, points.get(0).queries());
    assertTrue(points.get(1).accuracy() >= 0 && points.get(1).accuracy() <= 1);
    Masking all = new Masking(HeadSet.parse("L*H*"), Masking.Mode.ZERO, Masking.When.ALWAYS);
    double masked =
        AssociativeRecall.curve(model, List.of(6), 1, 3, all, Progress.NONE)
            .get(0)
            .logProbability();
    assertNotEquals(expected, masked, 1e-3);
    assertThrows(
        HeadlightException.class,
        () -> AssociativeRecall.curve(model, List.of(500), 1, 3, Masking.NONE, Progress.NONE));
  }

  @Test
  void ranksPutWhatIsNotKnownLast() {
    double[] values = {0.1, Double.NaN, 0.7, 0.1};
    HeadTable table = new HeadTable(2, 2, values, new double[4], 1);
    assertArrayEquals(
        new Head[] {new Head(1, 0), new Head(0, 0), new Head(1, 1), new Head(0, 1)},
        Ranking.of(table).toArray());
  }
}
