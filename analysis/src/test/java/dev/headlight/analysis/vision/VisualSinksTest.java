package dev.headlight.analysis.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class VisualSinksTest {
  private static final int WIDTH = 1000;
  private static final ImageSpan SPAN = ImageSpan.of(8, 1, new PatchGrid(2, 2));

  /** Ones everywhere; dimension 7 massive at token 0 and 3, dimension 9 at token 0 alone. */
  private static List<Tensor> streams(int layers) {
    List<Tensor> streams = new ArrayList<>();
    for (int l = 0; l < layers; l++) {
      float[] x = new float[8 * WIDTH];
      Arrays.fill(x, 1);
      if (l >= 2) {
        x[7] = 400;
        x[9] = -400;
        x[3 * WIDTH + 7] = 400;
      }
      streams.add(new Tensor(x, 8, WIDTH));
    }
    return streams;
  }

  @Test
  void sinkDimensionsAreFound() {
    VisualSinks sinks = VisualSinks.find(streams(5), VisualSinks.TAU);
    assertArrayEquals(new int[] {7, 9}, sinks.dimensions());
    assertEquals(List.of(0, 3), sinks.sinks(2));
    assertEquals(List.of(3), sinks.visual(2, SPAN));
    assertEquals(List.of(2), sinks.patches(2, SPAN.parts().get(0)));
    assertTrue(sinks.sinks(1).isEmpty());
  }

  /** x of 400 among ones: RMS = √((400² + 999)/1000). */
  @Test
  void phiIsItsFormula() {
    VisualSinks sinks = VisualSinks.find(streams(4), VisualSinks.TAU);
    double rms = Math.sqrt((160_000 + 999) / 1000.0);
    assertEquals(400 / rms, sinks.phi().data()[2 * 8 + 3], 1e-3);
    assertEquals(1, sinks.phi().data()[2 * 8 + 5], 1e-4);
  }

  @Test
  void calmStreamsHaveNoSinks() {
    float[] ones = new float[8 * WIDTH];
    Arrays.fill(ones, 1);
    Tensor calm = new Tensor(ones, 8, WIDTH);
    VisualSinks sinks = VisualSinks.find(List.of(calm, calm, calm), VisualSinks.TAU);
    assertEquals(0, sinks.dimensions().length);
    assertTrue(sinks.sinks(2).isEmpty());
    assertTrue(VisionInterventions.var(SPAN, sinks, 0.6, 0.8).isEmpty());
  }

  @Test
  void interestIsImageShareAndItsRest() {
    VisualSinks sinks = VisualSinks.find(streams(4), VisualSinks.TAU);
    float[] row = {0.5f, 0.05f, 0.1f, 0.2f, 0.05f, 0.1f, 0, 0};
    VisualSinks.Interest interest = sinks.interest(row, 2, SPAN);
    assertEquals(0.4, interest.image(), 1e-6);
    assertEquals(0.5, interest.rest(), 1e-6);
    assertTrue(interest.imageCentric(0.2, 0.5 - 1e-6));
    assertFalse(interest.imageCentric(0.2, 0.8));
    assertFalse(interest.imageCentric(0.5, 0.1));
    float[] text = {1, 0, 0, 0, 0, 0, 0, 0};
    assertFalse(sinks.interest(text, 2, SPAN).imageCentric(0, 0));
  }

  /** Layers 0 and 1 have no sinks yet, and the last is left alone. */
  @Test
  void varChangesTheLayersBetween() {
    VisualSinks sinks = VisualSinks.find(streams(5), VisualSinks.TAU);
    List<String> texts =
        VisionInterventions.var(SPAN, sinks, 0.6, 0.8).stream().map(Intervention::text).toList();
    assertEquals(
        List.of(
            "var:L2H*/q=5../image=1-4/sinks=0,3/p=0.6/v=0.2/r=0.8",
            "var:L3H*/q=5../image=1-4/sinks=0,3/p=0.6/v=0.2/r=0.8"),
        texts);
  }

  @Test
  void varStaysInItsLayersAndBeforeTheEndOfThePrompt() {
    VisualSinks sinks = VisualSinks.find(streams(6), VisualSinks.TAU);
    List<String> one =
        VisionInterventions.var(SPAN, sinks, 0.6, 0.8, 3, 3).stream()
            .map(Intervention::text)
            .toList();
    assertEquals(List.of("var:L3H*/q=5../image=1-4/sinks=0,3/p=0.6/v=0.2/r=0.8"), one);
    assertTrue(VisionInterventions.var(SPAN, sinks, 0.6, 0.8, 0, 1).isEmpty());
    assertTrue(VisionInterventions.var(SPAN, sinks, 0.6, 0.8, 5, 5).isEmpty(), "the last layer");
  }

  @Test
  void masksOfPatchesOutOfOrderAreRefused() {
    ImageSpan.Part turned =
        new ImageSpan.Part(0, 0, SPAN.parts().get(0).grid(), new int[] {1, 3, 2, 4});
    HeadlightException refused =
        assertThrows(
            HeadlightException.class,
            () -> VisionInterventions.near(HeadSet.parse("L0H*"), turned, 1));
    assertTrue(refused.getMessage().contains("row by row"), refused.getMessage());
    assertEquals(
        "top:L0H*@1-4=2", VisionInterventions.strongest(HeadSet.parse("L0H*"), SPAN, 2).text());
  }

  @Test
  void otherChangesAreTheirTexts() {
    assertEquals("drop:L3-5H*/q=5../k=1-4", VisionInterventions.knockOut(SPAN, 3, 5).text());
    float[] attention = {0.9f, 0.1f, 0.4f, 0.2f, 0.3f, 0, 0, 0};
    List<Integer> dropped = VisionInterventions.leastAttended(SPAN, attention, 0.5);
    assertEquals(List.of(1, 3), dropped);
    assertEquals(
        List.of("drop:L3-7H*/q=all/k=1,3"),
        VisionInterventions.drop(2, 8, dropped).stream().map(Intervention::text).toList());
    assertTrue(VisionInterventions.leastAttended(SPAN, attention, 1).isEmpty());
    assertTrue(VisionInterventions.drop(7, 8, dropped).isEmpty());
    var heads = HeadSet.parse("L0H*");
    assertEquals(
        "near:L0H*/at=1/grid=2x2/r=1",
        VisionInterventions.near(heads, SPAN.parts().get(0), 1).text());
    assertEquals(
        "window:L0H*/at=1/grid=2x2/size=1",
        VisionInterventions.window(heads, SPAN.parts().get(0), 1).text());
  }
}
