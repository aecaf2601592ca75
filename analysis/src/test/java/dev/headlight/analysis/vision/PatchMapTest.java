package dev.headlight.analysis.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.image.PictureTile;
import dev.headlight.analysis.image.Region;
import dev.headlight.analysis.run.Head;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PatchMapTest {
  private static final PatchGrid GRID = new PatchGrid(2, 3);

  private static PatchMap map(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return new PatchMap(GRID, floats);
  }

  @Test
  void aRowIsCutToItsTile() {
    ImageSpan.Part part = new ImageSpan.Part(0, 0, new PatchGrid(1, 3), new int[] {4, 2, 1});
    PatchMap map = PatchMap.of(new float[] {0, 0.1f, 0.2f, 0.3f, 0.4f}, part);
    assertArrayEquals(new float[] {0.4f, 0.2f, 0.1f}, map.values());
  }

  @Test
  void rowsOfAWordAreMerged() {
    ImageSpan.Part part = new ImageSpan.Part(0, 0, new PatchGrid(1, 2), new int[] {0, 1});
    List<float[]> rows = List.of(new float[] {0.2f, 0.4f}, new float[] {0.6f, 0});
    assertArrayEquals(
        new float[] {0.4f, 0.2f}, PatchMap.of(rows, part, PatchMap.Merge.MEAN).values(), 1e-7f);
    assertArrayEquals(
        new float[] {0.6f, 0.4f}, PatchMap.of(rows, part, PatchMap.Merge.MAX).values());
  }

  /** Each head over its maximum, then the mean; a head without attention adds nothing. */
  @Test
  void lvlmInterpretNormalisesHeads() {
    PatchMap map =
        PatchMap.lvlmInterpret(
            List.of(map(0, 0, 0.5, 0, 0, 0.25), map(0, 0, 0, 0, 0, 0.1), map(0, 0, 0, 0, 0, 0)));
    assertArrayEquals(new float[] {0, 0, 1 / 3f, 0, 0, 0.5f}, map.values(), 1e-6f);
  }

  @Test
  void baselinesAreTakenOffAndSinksOut() {
    PatchMap difference = map(1, 2, 3, 4, 5, 6).minus(map(6, 5, 4, 3, 2, 1));
    assertArrayEquals(new float[] {-5, -3, -1, 1, 3, 5}, difference.values());
    PatchMap without = map(1, 2, 3, 4, 5, 6).without(List.of(5, 0));
    assertEquals(4, without.argmax());
    assertEquals(14, without.sum(), 1e-6);
    assertArrayEquals(new int[] {4, 3, 2, 1}, without.ranked());
    PatchMap other = new PatchMap(new PatchGrid(3, 2), new float[6]);
    assertThrows(IllegalArgumentException.class, () -> difference.minus(other));
  }

  @Test
  void sharesSumToOne() {
    assertEquals(1, map(1, 2, 3, 0, 0, 2).overSum().sum(), 1e-6);
    assertEquals(0, map(0, 0, 0, 0, 0, 0).overSum().sum());
  }

  private static PictureTile tile() {
    return new PictureTile(-1, -1, new Region(0, 0, 30, 20), 6, 4, 2, 1, 0, false);
  }

  /** Patches of 10 × 10 pixels; a box over 15 … 25 × 0 … 10 covers two by half. */
  @Test
  void masksCoverPatchesInPart() {
    PatchMap mask = Mask.box(30, 20, 15, 0, 25, 10).over(tile());
    assertArrayEquals(new float[] {0, 0.5f, 0.5f, 0, 0, 0}, mask.values(), 1e-6f);
  }

  @Test
  void groundingIsPointingShareAndOverlap() {
    PatchMap mask = Mask.box(30, 20, 10, 0, 30, 10).over(tile());
    Grounding g = Grounding.of(new Head(0, 0), map(0.1, 0.4, 0.3, 0.2, 0, 0), mask);
    assertTrue(g.hit());
    assertEquals(0.7, g.share(), 1e-6);
    // 0.4, 0.3 and 0.2 are at least half of 0.4; two of the three are the object.
    assertEquals(2 / 3.0, g.iou(), 1e-6);
    Grounding none = Grounding.of(new Head(0, 1), map(0, 0, 0, 0, 0, 0), mask);
    assertFalse(none.hit());
    assertTrue(Double.isNaN(none.share()));
    assertEquals(0, none.iou());
    assertEquals(0.5, Grounding.pointingAccuracy(List.of(g, none)));
  }

  @Test
  void headsAreRankedByOverlap() {
    PatchMap mask = Mask.box(30, 20, 10, 0, 30, 10).over(tile());
    Map<Head, PatchMap> maps = new LinkedHashMap<>();
    maps.put(new Head(0, 0), map(1, 0, 0, 0, 0, 0));
    maps.put(new Head(1, 2), map(0, 1, 1, 0, 0, 0));
    maps.put(new Head(0, 3), map(0, 1, 0, 0, 0, 0));
    List<Head> order = Grounding.rank(maps, mask).stream().map(Grounding::head).toList();
    assertEquals(List.of(new Head(1, 2), new Head(0, 3), new Head(0, 0)), order);
  }

  @Test
  void segmenterIsAskedForPeaksAndABox() {
    PatchMap map = map(0, 0.9, 1, 0, 0, 0.1);
    SegmenterPrompt prompt = SegmenterPrompt.of(map, tile(), 30, 20, 3);
    assertEquals(new SegmenterPrompt.Point(25, 5, true), prompt.points().get(0));
    assertEquals(2, prompt.points().size(), "the neighbour of a peak is no peak");
    assertFalse(prompt.points().get(1).inside());
    assertEquals(new Region(10, 0, 20, 10), prompt.box().orElseThrow());
    String json = prompt.json();
    assertTrue(json.startsWith("{\"point_coords\": [[25.00, 5.00], ["), json);
    assertTrue(
        json.endsWith("\"point_labels\": [1, 0], \"box\": [10.00, 0.00, 30.00, 10.00]}"), json);
    SegmenterPrompt empty = SegmenterPrompt.of(map(0, 0, 0, 0, 0, 0), tile(), 30, 20, 3);
    assertTrue(empty.points().isEmpty() && empty.box().isEmpty());
  }

  @Test
  void looksDoNotReturn() {
    Scanpath path = Scanpath.of(map(1, 0.9, 0, 0, 0, 0.5), 5, 1, 0.1);
    List<Scanpath.Fixation> looks = path.fixations();
    assertEquals(new Scanpath.Fixation(0, 0, 0, 1), looks.get(0));
    // 0.9 beside the first look keeps 0.9 (1 − e^−½) = 0.35; 0.5 far away keeps nearly all.
    assertEquals(2, looks.get(1).column());
    assertEquals(1, looks.get(1).row());
    assertEquals(1, looks.get(2).column());
    assertEquals(0.9f, looks.get(2).value());
  }
}
