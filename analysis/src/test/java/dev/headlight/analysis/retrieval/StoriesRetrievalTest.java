package dev.headlight.analysis.retrieval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.cost.Calibration;
import dev.headlight.analysis.cost.CostEstimate;
import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.scores.HeadTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Episodes answered by a trained model, against the reference's answers and scores. */
class StoriesRetrievalTest {
  private static final Path FOLDER = Path.of("src/test/resources/stories260K");
  private static Model model;
  private static JsonObject reference;
  private static List<Episode> episodes;

  @BeforeAll
  static void open() throws IOException {
    model = Model.open(FOLDER, Progress.NONE);
    reference =
        JsonParser.parseString(Files.readString(FOLDER.resolve("d_retrieval.json")))
            .getAsJsonObject();
    episodes = new ArrayList<>();
    for (JsonElement element : reference.getAsJsonArray("episodes")) {
      episodes.add(episode(element.getAsJsonObject(), "generated"));
    }
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static int[] ints(JsonElement array) {
    return array.getAsJsonArray().asList().stream().mapToInt(JsonElement::getAsInt).toArray();
  }

  /** Right is what the reference answered, so that every episode counts in the scores. */
  private static Episode episode(JsonObject e, String answer) {
    int[] needle = ints(e.get("needle"));
    List<Integer> ids = Arrays.stream(ints(e.get(answer))).boxed().toList();
    int limit = reference.get("maxNew").getAsInt();
    return new Episode(
        ints(e.get("ids")), needle[0], needle[1], new Answer.Ids(ids), limit, List.of());
  }

  private static Masking masked(Masking.Mode mode, Masking.When when) {
    List<String> heads = new ArrayList<>();
    reference.getAsJsonArray("masked").forEach(h -> heads.add(h.getAsString()));
    return new Masking(new HeadSet(heads), mode, when);
  }

  private static RetrievalResult run(RetrievalRequest request) {
    return RetrievalProbe.run(model, request, RetrievalListener.NONE, Progress.NONE);
  }

  private static int[][] answers(Masking masking) {
    return run(RetrievalRequest.of(episodes).masked(masking)).results().stream()
        .map(EpisodeResult::generated)
        .toArray(int[][]::new);
  }

  private static void said(String key, int[][] answers) {
    JsonArray all = reference.getAsJsonArray("episodes");
    for (int i = 0; i < answers.length; i++) {
      assertArrayEquals(ints(all.get(i).getAsJsonObject().get(key)), answers[i], key + " " + i);
    }
  }

  @Test
  void scoresAreThoseOfTheReference() {
    RetrievalResult result = run(RetrievalRequest.of(episodes));
    assertEquals(1, result.success());
    double[] expected = new double[model.spec().layers() * model.spec().heads()];
    for (JsonElement e : reference.getAsJsonArray("episodes")) {
      int i = 0;
      for (JsonElement row : e.getAsJsonObject().getAsJsonArray("score_by_head")) {
        for (JsonElement cell : row.getAsJsonArray()) {
          expected[i++] += cell.getAsDouble() / episodes.size();
        }
      }
    }
    assertTrue(Arrays.stream(expected).sum() > 0);
    assertArrayEquals(expected, result.score().values(), 1e-6);
    assertEquals(episodes.size(), result.score().runs());
    for (int i = 0; i < expected.length; i++) {
      assertTrue(result.paperScore().values()[i] <= expected[i] + 1e-9);
      assertEquals(expected[i] > 0, result.activationFrequency().values()[i] > 0);
    }
  }

  @Test
  void answersAreThoseOfTheReferenceWithAndWithoutHeads() {
    said("generated", answers(Masking.NONE));
    said("masked_decoding", answers(masked(Masking.Mode.ZERO, Masking.When.DECODING)));
    said("masked_always", answers(masked(Masking.Mode.ZERO, Masking.When.ALWAYS)));
  }

  @Test
  void uniformAttentionIsAnotherMaskThanZero() {
    int[][] uniform = answers(masked(Masking.Mode.UNIFORM, Masking.When.ALWAYS));
    int[][] zero = answers(masked(Masking.Mode.ZERO, Masking.When.ALWAYS));
    assertFalse(Arrays.deepEquals(uniform, zero));
    assertFalse(Arrays.deepEquals(uniform, answers(Masking.NONE)));
  }

  /** What the greedy text of whole passes is, and what their maps say of the rows. */
  @Test
  void guessesAndTheCacheChangeNothing() {
    Episode episode = episodes.get(0);
    List<Head> heads = List.of(new Head(0, 1), new Head(4, 6));
    AnswerReading reading = AnswerReading.read(model, episode, heads, Masking.NONE, Progress.NONE);
    int[] text = episode.tokens();
    for (int step = 0; step < reading.result().generated().length; step++) {
      try (Run run = model.run(RunRequest.of(text).forViewing(), Progress.NONE).get(0)) {
        float[] logits = run.logits(-1);
        int written = reading.result().generated()[step];
        for (float logit : logits) {
          assertTrue(logit <= logits[written] + 1e-4, "token " + step);
        }
        for (Head head : heads) {
          int last = text.length - 1;
          float[] row = run.map(head).weights(last, last + 1, 0, last + 1).data();
          assertArrayEquals(row, reading.weights(step, head), 1e-5f);
        }
        text = Arrays.copyOf(text, text.length + 1);
        text[text.length - 1] = written;
      }
    }
    float sum = 0;
    for (float weight : reading.mean(3)) {
      sum += weight;
    }
    assertEquals(1, sum, 1e-4);
  }

  /** Prompts that begin alike share what was read; each alone gives the same. */
  @Test
  void whatIsSharedBetweenPromptsIsTheSameAsAlone() {
    Episode whole = episodes.get(1);
    int[] other = Arrays.copyOf(whole.tokens(), whole.length() - 5);
    Episode shorter = new Episode(other, 3, 20, whole.answer(), 8, List.of());
    List<Episode> both = List.of(whole, shorter, whole);
    for (Masking masking :
        List.of(Masking.NONE, masked(Masking.Mode.ZERO, Masking.When.DECODING))) {
      RetrievalResult together = run(RetrievalRequest.of(both).masked(masking));
      for (int i = 0; i < both.size(); i++) {
        RetrievalResult alone = run(RetrievalRequest.of(List.of(both.get(i))).masked(masking));
        assertArrayEquals(
            alone.results().get(0).generated(), together.results().get(i).generated());
        float[] one = alone.results().get(0).steps().get(2).onNeedle();
        assertArrayEquals(one, together.results().get(i).steps().get(2).onNeedle(), 1e-5f);
      }
    }
  }

  @Test
  void aCancelledProbeGoesOnAndLeavesNothing() {
    int before = model.liveArrays();
    RetrievalProbe probe = new RetrievalProbe(model, RetrievalRequest.of(episodes));
    List<Integer> heard = new ArrayList<>();
    Job<RetrievalResult> job =
        Job.of(
            "probe",
            progress ->
                probe.run(
                    (index, result) -> {
                      heard.add(index);
                      ((Job<?>) progress).cancel();
                    },
                    progress));
    assertEquals(Job.State.CANCELLED, job.run());
    assertEquals(1, heard.size());
    assertFalse(probe.result().complete());
    RetrievalResult rest = probe.run((index, result) -> heard.add(index), Progress.NONE);
    assertEquals(episodes.size(), heard.size());
    assertTrue(rest.complete());
    assertArrayEquals(run(RetrievalRequest.of(episodes)).score().values(), rest.score().values());
    assertEquals(before, model.liveArrays());
  }

  @Test
  void withoutARightAnswerScoresAreUndefined() {
    Episode e = episodes.get(0);
    Episode wrong =
        new Episode(
            e.tokens(),
            e.needleStart(),
            e.needleEnd(),
            new Answer.Words("zebra"),
            4,
            List.of(".", "\n"));
    RetrievalResult result = run(RetrievalRequest.of(List.of(wrong)));
    assertEquals(0, result.success());
    assertEquals(List.of(0), result.failures());
    assertFalse(result.defined());
    assertTrue(Double.isNaN(result.score().at(new Head(0, 0))));
    assertTrue(Double.isNaN(result.shareAbove(RetrievalResult.RETRIEVAL)));
    HeadTable undefined = result.score();
    assertThrows(
        HeadlightException.class,
        () ->
            new CurveRequest(
                List.of(wrong),
                undefined,
                List.of(1),
                List.of(),
                Masking.Mode.ZERO,
                Masking.When.DECODING));
  }

  @Test
  void aCurveIsItsMaskingsOneByOne() {
    RetrievalResult base = run(RetrievalRequest.of(episodes));
    for (Masking.When when : Masking.When.values()) {
      CurveRequest request =
          new CurveRequest(
              episodes, base.score(), List.of(2, 6), List.of(1L, 2L), Masking.Mode.ZERO, when);
      CurveResult curve = new MaskingCurve(model, request).run(Progress.NONE);
      assertTrue(curve.complete());
      assertEquals(6, curve.sets().size());
      for (int i = 0; i < curve.sets().size(); i++) {
        CurveRequest.Set set = curve.sets().get(i);
        assertEquals(set.count(), set.heads().size());
        RetrievalResult one = run(RetrievalRequest.of(episodes).masked(request.masking(set)));
        assertEquals(one.success(), curve.accuracy(i), set.toString());
      }
      List<Head> top = Ranking.top(base.score(), 6);
      assertEquals(top, curve.sets().get(1).heads());
      assertTrue(curve.sets().get(5).heads().stream().noneMatch(top::contains));
      assertFalse(curve.sets().get(3).heads().equals(curve.sets().get(5).heads()));
    }
  }

  @Test
  void whatItWillCostIsToldBefore() {
    Calibration calibration = Calibration.measure(model, Progress.NONE);
    CostEstimate once = RetrievalCost.probe(calibration, RetrievalRequest.of(episodes));
    List<Episode> twice = new ArrayList<>(episodes);
    twice.addAll(episodes);
    CostEstimate shared = RetrievalCost.probe(calibration, RetrievalRequest.of(twice));
    assertTrue(once.seconds() > 0 && once.bytes() > 0);
    // A prompt that comes again is not read again.
    assertTrue(shared.seconds() > once.seconds() && shared.seconds() < 2 * once.seconds());
    HeadTable ranking = run(RetrievalRequest.of(episodes)).score();
    CurveRequest decoding =
        new CurveRequest(
            episodes,
            ranking,
            List.of(3),
            List.of(1L, 2L),
            Masking.Mode.ZERO,
            Masking.When.DECODING);
    CurveRequest always =
        new CurveRequest(
            episodes, ranking, List.of(3), List.of(1L, 2L), Masking.Mode.ZERO, Masking.When.ALWAYS);
    double cheap = RetrievalCost.curve(calibration, decoding).seconds();
    assertTrue(cheap < RetrievalCost.curve(calibration, always).seconds());
  }

  @Test
  void streamingKeepsAllThatItsWindowHolds() {
    RetrievalRequest wide =
        RetrievalRequest.of(episodes).withWindow(new StreamingWindow(0, 10_000));
    StreamingSplit none = StreamingSplit.of(run(wide), model.spec(), wide.window());
    assertEquals(0, none.heads().max(), 1e-5);
    RetrievalRequest narrow = wide.withWindow(new StreamingWindow(1, 2));
    StreamingSplit split = StreamingSplit.of(run(narrow), model.spec(), narrow.window());
    assertTrue(split.heads().max() > 0.3);
    int size = model.spec().heads() / model.spec().kvHeads();
    double mean = 0;
    for (int h = 0; h < size; h++) {
      mean += split.heads().at(new Head(2, h)) / size;
    }
    assertEquals(mean, split.groups()[2][0], 1e-9);
    assertTrue(split.threshold(0.75) >= split.threshold(0.25));
  }

  @Test
  void whatTheModelCannotDoIsSaid() {
    Episode e = episodes.get(0);
    Episode foreign =
        new Episode(new int[] {1, 9999}, 0, 1, new Answer.Ids(List.of(5)), 2, List.of());
    assertThrows(
        HeadlightException.class, () -> new RetrievalProbe(model, RetrievalRequest.of(List.of())));
    HeadlightException vocabulary =
        assertThrows(
            HeadlightException.class,
            () -> new RetrievalProbe(model, RetrievalRequest.of(List.of(e, foreign))));
    assertTrue(vocabulary.getMessage().contains("9999"), vocabulary.getMessage());
    Masking beyond = new Masking(HeadSet.parse("L77H0"), Masking.Mode.ZERO, Masking.When.ALWAYS);
    assertThrows(
        HeadlightException.class,
        () -> new RetrievalProbe(model, RetrievalRequest.of(List.of(e)).masked(beyond)));
    HeadlightException needle =
        assertThrows(
            HeadlightException.class,
            () -> new Episode(e.tokens(), 5, 5, e.answer(), 3, List.of()));
    assertTrue(needle.getMessage().contains("needle at [5, 5)"), needle.getMessage());
  }
}
