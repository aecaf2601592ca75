package dev.headlight.renderer.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.renderer.bench.PaintBench.Timing;
import java.util.List;
import org.junit.jupiter.api.Test;

class FigureBenchTest {
  @Test
  void timesBothKindsOfFigure() {
    for (Timing timing : List.of(FigureBench.pdf(1), FigureBench.raster(800))) {
      assertTrue(timing.best() > 0 && timing.best() <= timing.milliseconds(), timing.name());
    }
  }
}
