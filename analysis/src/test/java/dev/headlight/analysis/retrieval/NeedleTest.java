package dev.headlight.analysis.retrieval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.Parity;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.scores.ScoreJob;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Prompts of a needle probe, and how answers are judged. */
class NeedleTest {
  private static final List<Double> DEPTHS = List.of(0.0, 0.5, 1.0);
  private static Model model;

  @BeforeAll
  static void open() {
    model = Model.open(Path.of("src/test/resources/stories260K"), Progress.NONE);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static String text(Episode episode, int from, int to) {
    int[] ids = Arrays.copyOfRange(episode.tokens(), from, to);
    return model.tokenizer().orElseThrow().decode(ids);
  }

  private static void refused(String message, NeedleSettings settings) {
    HeadlightException e =
        assertThrows(HeadlightException.class, () -> NeedleBuilder.build(model, settings));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void everyPromptHidesItsNeedleWhereItShould() {
    NeedleSettings settings = NeedleSettings.standard(List.of(300, 400), DEPTHS);
    NeedleGrid grid = NeedleBuilder.build(model, settings);
    assertEquals(2 * 3 * Needle.STANDARD.size(), grid.episodes().size());
    assertTrue(grid.problems().isEmpty());
    for (NeedleGrid.Cell cell : grid.cells()) {
      Episode episode = cell.episode().orElseThrow();
      Needle needle = settings.needles().get(cell.needle());
      int asked = settings.lengths().get(cell.length());
      assertTrue(Math.abs(episode.length() - asked) <= 3, episode.length() + " of " + asked);
      String found = text(episode, episode.needleStart(), episode.needleEnd()).strip();
      assertTrue(found.startsWith(needle.answer()), found);
      assertTrue(found.length() <= needle.answer().length() + 1, found);
      assertTrue(text(episode, 0, episode.length()).endsWith(needle.cue()));
      double place = episode.needleStart() / (double) episode.length();
      assertEquals(settings.depths().get(cell.depth()), place, 0.35);
    }
  }

  @Test
  void theWholeSentenceMayBeTheNeedle() {
    NeedleSettings settings =
        NeedleSettings.standard(List.of(300), DEPTHS).counting(NeedleSettings.Span.SENTENCE);
    for (NeedleGrid.Cell cell : NeedleBuilder.build(model, settings).cells()) {
      Episode episode = cell.episode().orElseThrow();
      String found = text(episode, episode.needleStart(), episode.needleEnd()).strip();
      assertEquals(settings.needles().get(cell.needle()).sentence(), found);
    }
  }

  @Test
  void badProbesAreSaidBeforeAnythingRuns() {
    NeedleSettings standard = NeedleSettings.standard(List.of(300), DEPTHS);
    refused("the haystack has", standard.in("A short tale. It ends."));
    refused("has no room for a haystack", NeedleSettings.standard(List.of(40), DEPTHS));
    refused("do not fit the 512 positions", NeedleSettings.standard(List.of(500), DEPTHS));
    refused("chat_template", standard.asked(new NeedleSettings.Chatting(Optional.empty())));
    assertThrows(
        HeadlightException.class, () -> NeedleSettings.standard(List.of(300), List.of(1.5)));
    assertThrows(HeadlightException.class, () -> NeedleSettings.standard(List.of(), DEPTHS));
    assertThrows(HeadlightException.class, () -> new Needle("A is b.", "What is A?", "c", "A is"));
    try (Model without = Model.open(Parity.folder("mistral"), Progress.NONE)) {
      HeadlightException e =
          assertThrows(HeadlightException.class, () -> NeedleBuilder.build(without, standard));
      assertTrue(e.getMessage().contains("no tokenizer.json"), e.getMessage());
    }
  }

  @Test
  void theSuccessMapIsTheShareOfNeedles() {
    NeedleSettings settings = NeedleSettings.standard(List.of(300, 301), List.of(0.2));
    NeedleGrid grid = NeedleBuilder.build(model, settings);
    List<EpisodeResult> results = new ArrayList<>();
    for (int i = 0; i < grid.episodes().size(); i++) {
      results.add(i < 3 ? new EpisodeResult(new int[0], "", i == 1 ? 1 : 0.5, List.of()) : null);
    }
    RetrievalResult result = new RetrievalResult(5, 8, grid.episodes(), results);
    double[][] map = grid.success(result);
    assertEquals(1.0 / 3, map[0][0], 1e-12);
    assertTrue(Double.isNaN(map[1][0]));
    assertFalse(result.complete());
  }

  @Test
  void wordsAreRecalledWithoutCaseAndMarks() {
    Answer words = new Answer.Words("to eat plum cake");
    assertEquals(1, words.recall(new int[0], " To eat, \"plum\" cake."));
    assertEquals(0.5, words.recall(new int[0], "eat cake"));
    assertEquals(0.25, words.recall(new int[0], "cake cake cake"));
    assertEquals(0, words.recall(new int[0], ""));
    assertEquals(0.5, new Answer.Ids(List.of(4, 4)).recall(new int[] {4, 5}, ""));
  }

  @Test
  void theScoreOfAStepIsTheCodes() {
    Episode episode =
        new Episode(new int[] {9, 5, 6, 5, 8}, 1, 4, new Answer.Ids(List.of(5)), 3, List.of());
    // Head 0 copies position 1 twice; head 1 looks at another token than is written.
    List<DecodedStep> steps = List.of(step(4, 5, 1, 2), step(5, 5, 1, 0), step(6, 6, 4, 2));
    EpisodeResult result = new EpisodeResult(new int[] {5, 5, 6}, "", 1, steps);
    assertArrayEquals(new double[] {2.0 / 3, 1.0 / 3}, result.byCode(episode, 2), 1e-12);
    assertArrayEquals(new double[] {1.0 / 3, 1.0 / 3}, result.byPaper(episode, 2), 1e-12);
  }

  private static DecodedStep step(int position, int token, int... topKeys) {
    return new DecodedStep(position, token, topKeys, new float[2], new float[2], Map.of());
  }

  @Test
  void guessesAreTheNeedleAndGoOnFromIt() {
    Episode episode =
        new Episode(new int[] {9, 5, 6, 7, 8, 2}, 1, 4, new Answer.Ids(List.of(5)), 9, List.of());
    assertArrayEquals(new int[] {5, 6, 7, 8}, Guess.after(episode, -1, 9));
    assertArrayEquals(new int[] {5, 6}, Guess.after(episode, -1, 2));
    assertArrayEquals(new int[] {7, 8}, Guess.after(episode, 6, 9));
    assertEquals(0, Guess.after(episode, 2, 9).length);
    assertEquals(0, Guess.after(episode, 5, 0).length);
  }

  /** A model that finds nothing has no score, and says so. */
  @Test
  void theJobSaysOnWhatItMeasured() {
    RetrievalJob job = new RetrievalJob(List.of(200, 5000), List.of(0.5), ProbeSource.STANDARD);
    ScoreJob.Result result = job.measure(model, Progress.NONE);
    assertEquals(job.scores().size(), result.tables().size());
    assertEquals(List.of("--lengths", "200,492", "--depths", "0.5"), result.arguments());
    int runs = result.tables().get("retrieval").runs();
    assertEquals(runs == 0, result.conditions().contains("undefined"), result.conditions());
    for (String id : job.scores()) {
      assertTrue(RetrievalScores.all().stream().anyMatch(s -> s.id().equals(id)), id);
    }
  }
}
