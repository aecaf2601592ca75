package dev.headlight.analysis.scores;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.attention.HeadStatistics;
import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Scores of a trained model, against the reference's numbers. */
class StoriesScoresTest {
  private static final Path FOLDER = Path.of("src/test/resources/stories260K");
  private static Model model;

  @BeforeAll
  static void open() {
    model = Model.open(FOLDER, Progress.NONE);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static int[] ints(JsonElement array) {
    return array.getAsJsonArray().asList().stream().mapToInt(JsonElement::getAsInt).toArray();
  }

  private static void close(JsonArray expected, HeadTable table) {
    for (int l = 0; l < table.layers(); l++) {
      for (int h = 0; h < table.heads(); h++) {
        double value = expected.get(l).getAsJsonArray().get(h).getAsDouble();
        assertEquals(value, table.at(new Head(l, h)), 1e-5, "L" + l + "H" + h);
      }
    }
  }

  @Test
  void stripesAreThoseOfTheReference() throws IOException {
    JsonObject variants =
        JsonParser.parseString(Files.readString(FOLDER.resolve("c_roles.json")))
            .getAsJsonObject()
            .getAsJsonObject("variants");
    for (String name : List.of("none", "bos")) {
      JsonObject variant = variants.getAsJsonObject(name);
      List<int[]> sequences = new ArrayList<>();
      variant.getAsJsonArray("ids").forEach(ids -> sequences.add(ints(ids)));
      Map<HeadScore, HeadTable> tables =
          SequenceScores.measure(
              model,
              sequences,
              OptionalInt.of(50),
              List.of(StandardScores.INDUCTION, StandardScores.PREVIOUS, StandardScores.DUPLICATE),
              Progress.NONE);
      tables.forEach(
          (score, table) -> {
            JsonObject reference = variant.getAsJsonObject(score.id());
            close(reference.getAsJsonArray("by_head"), table);
            double largest = 0;
            for (double deviation : table.deviations()) {
              largest = Math.max(largest, deviation);
            }
            assertEquals(reference.get("std_over_seeds_max").getAsDouble(), largest, 1e-5);
          });
    }
  }

  @Test
  void plainScoresAreThoseOfThePass() {
    int[] ids = IntStream.range(1, 80).toArray();
    Map<HeadScore, HeadTable> tables =
        SequenceScores.measure(
            model, List.of(ids), OptionalInt.empty(), SequenceScores.plain(), Progress.NONE);
    RunRequest request = RunRequest.of(ids).forViewing();
    try (Run run = model.run(request, Progress.NONE).get(0)) {
      HeadStatistics statistics = run.statistics().orElseThrow();
      for (HeadScore score : SequenceScores.plain()) {
        HeadTable expected =
            HeadTable.of(((HeadScore.OfPass) score.origin()).table().apply(statistics));
        assertArrayEquals(expected.values(), tables.get(score).values(), 1e-6, score.id());
      }
    }
  }

  @Test
  void theJobMeasuresAllItsScoresAndSaysOnWhat() {
    RepeatsJob job = new RepeatsJob(10, 3, 2, 7);
    ScoreJob.Result result = job.measure(model, Progress.NONE);
    assertEquals(List.copyOf(job.scores()).size(), result.tables().size());
    for (String id : job.scores()) {
      assertEquals(2, result.tables().get(id).runs(), id);
      assertTrue(HeadScores.standard().find(id).isPresent(), id);
    }
    assertEquals("b = 1, S = 10, 3 times, 2 sequences, seed 7", result.conditions());
    assertArrayEquals(
        result.tables().get("induction").values(),
        job.measure(model, Progress.NONE).tables().get("induction").values());
  }

  @Test
  void repetitionsNeedTheirPeriod() {
    HeadlightException e =
        assertThrows(
            HeadlightException.class,
            () ->
                SequenceScores.measure(
                    model,
                    List.of(new int[] {5, 6, 5, 6}),
                    OptionalInt.empty(),
                    List.of(StandardScores.INDUCTION),
                    Progress.NONE));
    assertTrue(e.getMessage().startsWith("induction needs to know"), e.getMessage());
  }

  @Test
  void cancelledWorkLeavesNothing() {
    int before = model.liveArrays();
    Job<ScoreJob.Result> job =
        Job.of(
            "scores",
            progress -> {
              ((Job<?>) progress).cancel();
              return RepeatsJob.STANDARD.measure(model, progress);
            });
    assertEquals(Job.State.CANCELLED, job.run());
    assertEquals(before, model.liveArrays());
  }
}
