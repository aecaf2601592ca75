package dev.headlight.analysis.retrieval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.scores.HeadTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Files of others: read, written, refused. */
class RetrievalFilesTest {
  private static ModelSpec spec;

  @TempDir private Path folder;

  @BeforeAll
  static void shape() {
    try (Model model = Model.open(Path.of("src/test/resources/stories260K"), Progress.NONE)) {
      spec = model.spec();
    }
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static void refused(String message, Executable reading) {
    HeadlightException e = assertThrows(HeadlightException.class, reading);
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  private static RetrievalResult result(double recall) {
    Episode episode =
        new Episode(new int[] {4, 5, 6}, 1, 3, new Answer.Ids(List.of(5)), 3, List.of());
    int heads = spec.layers() * spec.heads();
    int[] keys = new int[heads];
    keys[11] = 1;
    DecodedStep step = new DecodedStep(2, 5, keys, new float[heads], new float[heads], Map.of());
    EpisodeResult answer = new EpisodeResult(new int[] {5}, "", recall, List.of(step));
    return new RetrievalResult(
        spec.layers(), spec.heads(), List.of(episode, episode), List.of(answer, answer));
  }

  @Test
  void retrievalHeadScoresComeBackAsTheyWent() throws IOException {
    Path json = folder.resolve("scores.json");
    RetrievalResult result = result(1);
    HeadScoreFiles.writeRetrievalHead(json, result);
    assertTrue(Files.readString(json).contains("\"1-3\":[0.5,0.5]"));
    HeadTable read = HeadScoreFiles.readRetrievalHead(json, spec);
    assertArrayEquals(result.score().values(), read.values(), 1e-12);
    assertEquals(2, read.runs());
    HeadTable some =
        HeadScoreFiles.readRetrievalHead(file("some.json", "{\"2-7\": [0.2, 0.4]}"), spec);
    assertEquals(0.3, some.at(new Head(2, 7)), 1e-12);
    assertEquals(Math.sqrt(0.02), some.deviation(new Head(2, 7)), 1e-12);
    assertTrue(Double.isNaN(some.at(new Head(0, 0))));
  }

  @Test
  void noScoresAreWrittenWhereThereAreNone() {
    Path json = folder.resolve("none.json");
    refused("undefined", () -> HeadScoreFiles.writeRetrievalHead(json, result(0)));
    assertFalse(Files.exists(json));
  }

  @Test
  void duoPatternsComeBackAsTheyWent() {
    double[][] gates = new double[spec.layers()][spec.kvHeads()];
    gates[2][1] = 0.75;
    Path tsv = folder.resolve("full_attention_heads.tsv");
    StreamingWindow window = new StreamingWindow(8, 32);
    HeadScoreFiles.writeDuo(tsv, new HeadScoreFiles.DuoPattern(gates, window));
    HeadScoreFiles.DuoPattern read = HeadScoreFiles.readDuo(tsv, spec);
    assertTrue(Arrays.deepEquals(gates, read.gates()));
    assertEquals(window, read.window());
    HeadTable table = read.table(spec);
    int size = spec.heads() / spec.kvHeads();
    assertEquals(0.75, table.at(new Head(2, size)));
    assertEquals(0, table.at(new Head(2, size - 1)));
  }

  @Test
  void filesOfAnotherModelAreRefused() throws IOException {
    Path json = file("other.json", "{\"31-0\": [0.5]}");
    refused("is of another model", () -> HeadScoreFiles.readRetrievalHead(json, spec));
    Path tsv = file("other.tsv", "0.5\t0.5\n0.5\t0.5\n");
    refused("has 2 layers of 2 key/value heads", () -> HeadScoreFiles.readDuo(tsv, spec));
    Path words = file("words.tsv", "0.5\thigh\n");
    refused("column 1: expected a number", () -> HeadScoreFiles.readDuo(words, spec));
    Path key = file("key.json", "{\"L0H1\": [0.5]}");
    refused("keys like", () -> HeadScoreFiles.readRetrievalHead(key, spec));
    Path missing = folder.resolve("missing.json");
    refused("no such file", () -> HeadScoreFiles.readRetrievalHead(missing, spec));
  }

  @Test
  void episodesAreReadAsTheyAreWritten() throws IOException {
    Path file =
        file(
            "episodes.json",
            """
            {"episodes": [
              {"tokens": [1, 2, 3, 4], "needle": [1, 3], "answer": "a kite", "maxNew": 7,
               "stop": ["\\n"]},
              {"tokens": [1, 2, 3], "needle": [0, 1], "answer": [4, 5]}
            ]}
            """);
    List<Episode> episodes = ProbeFiles.episodes(file);
    assertEquals(
        new Episode(new int[] {1, 2, 3, 4}, 1, 3, new Answer.Words("a kite"), 7, List.of("\n")),
        episodes.get(0));
    assertEquals(
        new Episode(
            new int[] {1, 2, 3},
            0,
            1,
            new Answer.Ids(List.of(4, 5)),
            NeedleSettings.NEW_TOKENS,
            List.of(".", "\n")),
        episodes.get(1));
  }

  @Test
  void badEpisodesAreNamed() throws IOException {
    Path none = file("a.json", "{\"episodes\": []}");
    refused("is empty", () -> ProbeFiles.episodes(none));
    Path text = file("b.json", "episodes");
    refused("expected {", () -> ProbeFiles.episodes(text));
    Path needle =
        file(
            "c.json",
            "{\"episodes\": [{\"tokens\": [1, 2], \"needle\": [1, 9], \"answer\": \"x\"}]}");
    refused("episode 0 has its needle at [1, 9)", () -> ProbeFiles.episodes(needle));
    Path answer = file("d.json", "{\"episodes\": [{\"tokens\": [1, 2], \"needle\": [0, 1]}]}");
    refused("episode 0, answer: expected a text", () -> ProbeFiles.episodes(answer));
  }

  @Test
  void textsOfAFileAreFoundWithTheirDomains() throws IOException {
    List<ProbeFiles.Text> plain = ProbeFiles.texts(file("t.txt", "One.\nStill one.\n\n\nTwo."));
    assertEquals(2, plain.size());
    assertEquals("One.\nStill one.", plain.get(0).text());
    List<ProbeFiles.Text> lines =
        ProbeFiles.texts(
            file("t.jsonl", "{\"text\": \"a\", \"domain\": \"web\"}\n\n{\"text\": \"b\"}\n"));
    assertEquals(List.of(new ProbeFiles.Text("web", "a"), new ProbeFiles.Text("", "b")), lines);
    Path broken = file("u.jsonl", "{\"text\": \"a\"}\nno\n");
    refused("line 2", () -> ProbeFiles.texts(broken));
    Path needles =
        file(
            "n.json",
            "{\"needles\": [{\"needle\": \"A is b.\", \"question\": \"What is A?\", \"answer\": \"b\"}]}");
    assertEquals(
        List.of(new Needle("A is b.", "What is A?", "b", "")), ProbeFiles.needles(needles));
    Path blank = file("h.txt", " \n");
    refused("haystack is empty", () -> ProbeFiles.haystack(blank));
  }
}
