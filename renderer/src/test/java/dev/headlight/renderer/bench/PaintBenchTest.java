package dev.headlight.renderer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.renderer.bench.PaintBench.Timing;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaintBenchTest {
  @Test
  void timesEveryTask() {
    List<Timing> timings = PaintBench.run(1, 2);
    assertEquals(9, timings.size());
    for (Timing timing : timings) {
      assertTrue(timing.best() > 0 && timing.best() <= timing.milliseconds(), timing.name());
    }
  }
}
