package dev.headlight.samples.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LearningRateTest {
  private final LearningRate rate = new LearningRate(0.1, 10, 0, 0.2, 1000);

  @Test
  void risesFromTheFirstStep() {
    assertEquals(0.01, rate.at(0), 1e-6);
    assertEquals(0.1, rate.at(9), 1e-4);
  }

  @Test
  void fallsToItsFloor() {
    assertEquals(0.06, rate.at(500), 1e-9);
    assertEquals(0.02, rate.at(1000), 1e-9);
  }

  @Test
  void holdsThePeak() {
    LearningRate held = new LearningRate(0.1, 10, 500, 0.2, 1000);
    assertEquals(0.1, held.at(500), 1e-9);
    assertEquals(0.06, held.at(750), 1e-9);
    assertEquals(0.02, held.at(1000), 1e-9);
  }
}
