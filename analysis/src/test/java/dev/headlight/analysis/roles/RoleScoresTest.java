package dev.headlight.analysis.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.circuit.HeadWeights;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.retrieval.RetrievalScores;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.HeadScores;
import dev.headlight.analysis.scores.HeadTable;
import dev.headlight.analysis.scores.ScoreJob;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Scores of roles on a trained model, against its maps. */
class RoleScoresTest {
  private static Model model;
  private static int[] ids;

  @BeforeAll
  static void open() {
    model = Model.open(Path.of("src/test/resources/stories260K"), Progress.NONE);
    ids =
        model
            .tokenizer()
            .orElseThrow()
            .encode("The cat saw the dog. The dog saw the cat. The cat saw the bird.")
            .ids();
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static Prompts prompts(int[]... sequences) {
    return new Prompts(List.of(sequences), "test", List.of("--prompt", "x"));
  }

  @Test
  void whatAPassGathersIsWhatItsMapsHold() {
    try (Run run = model.run(RunRequest.of(ids).forViewing(), Progress.NONE).get(0)) {
      for (Head head : List.of(new Head(0, 0), new Head(2, 5), new Head(4, 7))) {
        Tensor map = run.map(head).weights();
        HeadTable local = table(RoleScores.LOCAL, run);
        HeadTable induction = table(RoleScores.INDUCTION_TEXT, run);
        HeadTable duplicate = table(RoleScores.DUPLICATE_TEXT, run);
        double[] expected = expected(map);
        assertEquals(expected[0], local.at(head), 1e-5);
        assertEquals(expected[1], duplicate.at(head), 1e-5);
        assertEquals(expected[2], induction.at(head), 1e-5);
      }
    }
  }

  private static HeadTable table(HeadScore score, Run run) {
    HeadScore.OfPass pass = (HeadScore.OfPass) score.origin();
    return HeadTable.of(pass.table().apply(run.statistics().orElseThrow()));
  }

  /** Local, duplicate and induction from the whole map. */
  private static double[] expected(Tensor map) {
    int length = ids.length;
    double local = 0;
    double duplicate = 0;
    double induction = 0;
    int rows = 0;
    for (int q = 0; q < length; q++) {
      boolean copied = false;
      for (int k = 0; k <= q; k++) {
        double weight = map.data()[q * length + k];
        local += q >= 8 && q - k < 8 ? weight : 0;
        duplicate += k < q && ids[k] == ids[q] ? weight : 0;
        induction += k > 0 && ids[k - 1] == ids[q] ? weight : 0;
        copied |= k < q && ids[k] == ids[q];
      }
      rows += copied ? 1 : 0;
    }
    return new double[] {local / (length - 8), duplicate / rows, induction / rows};
  }

  @Test
  void copyingOfALayerIsThatOfItsHeads() {
    double[] layer = HeadWeights.copying(model, 3);
    for (int h = 0; h < layer.length; h++) {
      assertEquals(HeadWeights.circuit(model, new Head(3, h)).copying(), layer[h], 1e-9);
    }
    HeadTable table = new CopyingJob().measure(model, Progress.NONE).tables().get("copying");
    assertEquals(layer[2], table.at(new Head(3, 2)), 1e-12);
    assertEquals(1, table.runs());
  }

  @Test
  void copyingFromTokenToTokenIsAShareOfEitherSign() {
    ScoreJob.Result result = new CopyingJob().measure(model, Progress.NONE);
    HeadTable tokens = result.tables().get("copyingTokens");
    HeadTable weights = result.tables().get("copying");
    boolean differs = false;
    for (int i = 0; i < tokens.values().length; i++) {
      assertTrue(Math.abs(tokens.values()[i]) <= 1 + 1e-9, Double.toString(tokens.values()[i]));
      differs |= Math.abs(tokens.values()[i] - weights.values()[i]) > 0.05;
    }
    assertTrue(differs);
    assertTrue(result.conditions().contains("all tokens"), result.conditions());
  }

  @Test
  void positionsAloneAreAShareAndTheSameTwice() {
    HeadTable table =
        PositionJob.STANDARD.measure(model, Progress.NONE).tables().get("positionOnly");
    for (double value : table.values()) {
      assertTrue(value > 0 && value <= 1, Double.toString(value));
    }
    assertEquals(4, table.runs());
    HeadTable again =
        PositionJob.STANDARD.measure(model, Progress.NONE).tables().get("positionOnly");
    assertEquals(table.at(new Head(1, 1)), again.at(new Head(1, 1)), 0);
  }

  @Test
  void aRuleIsTheSumOfItsCells() {
    var result = new RuleJob(new TokenRule("c", "The"), prompts(ids)).measure(model, Progress.NONE);
    assertTrue(result.conditions().contains("/c/ → /The/"), result.conditions());
    List<String> texts = TokenRule.texts(model, ids);
    HeadTable rule = result.tables().get("rule");
    try (Run run = model.run(RunRequest.of(ids).forViewing(), Progress.NONE).get(0)) {
      Tensor map = run.map(new Head(1, 2)).weights();
      double sum = 0;
      int rows = 0;
      for (int q = 0; q < ids.length; q++) {
        for (int k = 0; texts.get(q).contains("c") && k <= q; k++) {
          sum += texts.get(k).contains("The") ? map.data()[q * ids.length + k] : 0;
        }
        rows += texts.get(q).contains("c") ? 1 : 0;
      }
      assertEquals(sum / rows, rule.at(new Head(1, 2)), 1e-5);
    }
  }

  @Test
  void aRuleThatMatchesNothingSaysWhat() {
    RuleJob job = new RuleJob(new TokenRule("zebra", "The"), prompts(ids));
    HeadlightException e =
        assertThrows(HeadlightException.class, () -> job.measure(model, Progress.NONE));
    assertTrue(e.getMessage().contains("0 queries and"), e.getMessage());
  }

  @Test
  void promptsAreAveragedWithTheirSpread() {
    int[] half = Arrays.copyOf(ids, ids.length / 2);
    var job = new PromptsJob(prompts(ids, half), List.of(RoleScores.LOCAL));
    HeadTable both = job.measure(model, Progress.NONE).tables().get("local");
    HeadTable one =
        new PromptsJob(prompts(ids), List.of(RoleScores.LOCAL))
            .measure(model, Progress.NONE)
            .tables()
            .get("local");
    HeadTable other =
        new PromptsJob(prompts(half), List.of(RoleScores.LOCAL))
            .measure(model, Progress.NONE)
            .tables()
            .get("local");
    Head head = new Head(2, 2);
    assertEquals((one.at(head) + other.at(head)) / 2, both.at(head), 1e-9);
    assertEquals(
        Math.abs(one.at(head) - other.at(head)) / Math.sqrt(2), both.deviation(head), 1e-9);
    assertEquals(2, both.runs());
  }

  @Test
  void theRegistryTakesThem() {
    HeadScores all = HeadScores.standard().plus(RetrievalScores.all()).plus(RoleScores.all());
    for (Role role : Role.all()) {
      assertTrue(all.find(role.score()).isPresent(), role.score());
      assertTrue(role.second().isEmpty() || all.find(role.second()).isPresent(), role.second());
    }
  }
}
