package dev.headlight.analysis.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.roles.HeadCard.Certainty;
import dev.headlight.analysis.roles.HeadCard.Fact;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeadCardTest {
  private static List<HeadCard.Line> lines(Map<String, Fact> facts) {
    return HeadCard.lines(id -> Optional.ofNullable(facts.get(id)));
  }

  private static Fact fact(double value, double deviation) {
    return new Fact(value, deviation, Double.isNaN(deviation) ? 1 : 5);
  }

  @Test
  void aClearRoleIsSureAndSaysItsNumbers() {
    HeadCard.Line line = lines(Map.of("previous", fact(0.9, 0.05))).get(0);
    assertEquals(Certainty.SURE, line.certainty());
    assertEquals(
        "It looks at the token before (previous 0.90 ± 0.05, threshold 0.50).", line.text());
  }

  @Test
  void aSpreadThatReachesTheThresholdIsNotSure() {
    for (double value : new double[] {0.35, 0.45}) {
      HeadCard.Line line = lines(Map.of("induction", fact(value, 0.1))).get(0);
      assertEquals(Certainty.NOT_SURE, line.certainty());
      assertTrue(line.text().startsWith("May be: it continues repeats"), line.text());
    }
    assertTrue(lines(Map.of("induction", fact(0.29, 0.1))).isEmpty());
  }

  @Test
  void onePromptSaysSo() {
    assertEquals(Certainty.ONE, lines(Map.of("first", fact(0.9, Double.NaN))).get(0).certainty());
    assertEquals(
        Certainty.SURE, lines(Map.of("copying", fact(0.9, Double.NaN))).get(0).certainty());
  }

  @Test
  void twoDefinitionsThatDisagreeAreNotSure() {
    Map<String, Fact> facts = Map.of("induction", fact(0.8, 0.01), "inductionText", fact(0.1, 0.1));
    HeadCard.Line line = lines(facts).get(0);
    assertEquals(Certainty.NOT_SURE, line.certainty());
    assertTrue(line.text().contains("; but inductionText 0.10"), line.text());
    Role role = Role.of("induction").orElseThrow();
    assertTrue(role.disagree(0.1, 0.5));
    assertFalse(role.disagree(0.39, 0.41), "near each other");
    assertFalse(role.disagree(0.9, 0.5), "both reach the threshold");
    assertFalse(role.disagree(0.9, Double.NaN));
  }

  @Test
  void negativeThresholdsAreReachedFromAbove() {
    List<HeadCard.Line> lines = lines(Map.of("copying", fact(-0.7, Double.NaN)));
    assertEquals(1, lines.size());
    assertTrue(lines.get(0).text().contains("takes away what it reads"), lines.get(0).text());
    assertTrue(lines(Map.of("copying", fact(Double.NaN, Double.NaN))).isEmpty());
  }

  @Test
  void oneSentenceSaysWhatIsMost() {
    Map<String, Fact> facts =
        Map.of(
            "first", fact(0.2, Double.NaN),
            "previous", fact(0.1, Double.NaN),
            "inductionText", fact(0.7, Double.NaN));
    assertTrue(
        HeadCard.sentence(id -> Optional.ofNullable(facts.get(id))).contains("followed there: 70"));
  }
}
