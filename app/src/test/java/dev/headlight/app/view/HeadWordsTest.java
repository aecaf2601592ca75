package dev.headlight.app.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.attention.HeadStatistics;
import dev.headlight.analysis.attention.RoleShares;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Tensor;
import org.junit.jupiter.api.Test;

class HeadWordsTest {
  private static HeadStatistics of(float entropy, float first, float previous) {
    return new HeadStatistics(
        one(entropy),
        one(1),
        one(first),
        one(previous),
        new Tensor(new float[] {1}, 1, 1, 1),
        new Tensor(new float[] {1}, 1, 1, 1, 1),
        new Tensor(new float[] {Float.NaN}, 1, 1, 1),
        RoleShares.unknown(1, 1));
  }

  private static Tensor one(float value) {
    return new Tensor(new float[] {value}, 1, 1);
  }

  @Test
  void saysWhatTheNumbersSay() {
    Head head = new Head(0, 0);
    assertTrue(HeadWords.sentence(of(1, 0.66f, 0.1f), head).contains("first token: 66.0 %"));
    assertTrue(HeadWords.sentence(of(1, 0.1f, 0.8f), head).contains("token before: 80.0 %"));
    assertTrue(
        HeadWords.sentence(of((float) Math.log(12), 0.1f, 0.1f), head).contains("12.0 tokens"));
  }

  @Test
  void largeNumbersAreShort() {
    assertEquals("134.5 M", ModelCard.size(134_515_008));
    assertEquals("1.24 B", ModelCard.size(1_235_814_400));
    assertEquals("260 k", ModelCard.size(260_032));
  }
}
