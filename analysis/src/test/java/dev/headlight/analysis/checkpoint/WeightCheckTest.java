package dev.headlight.analysis.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class WeightCheckTest {

  @Test
  void findsTheFirstOfSeveral() {
    float[] values = new float[5000];
    java.util.Arrays.fill(values, Float.MAX_VALUE);
    assertEquals(-1, WeightCheck.firstNonFinite(values));
    values[4999] = Float.NaN;
    assertEquals(4999, WeightCheck.firstNonFinite(values));
    values[1024] = Float.NEGATIVE_INFINITY;
    values[1025] = Float.POSITIVE_INFINITY;
    assertEquals(1024, WeightCheck.firstNonFinite(values));
    assertEquals(-1, WeightCheck.firstNonFinite(new float[0]));
  }

  @Test
  void countsFromTheBuffersPosition() {
    FloatBuffer heap = FloatBuffer.wrap(new float[] {Float.NaN, 1, 2, Float.NaN});
    heap.position(1);
    assertEquals(2, WeightCheck.firstNonFinite(heap));
    assertEquals(1, heap.position());
    FloatBuffer direct = ByteBuffer.allocateDirect(16).asFloatBuffer();
    assertEquals(-1, WeightCheck.firstNonFinite(direct));
    direct.put(3, Float.NaN).position(1);
    assertEquals(2, WeightCheck.firstNonFinite(direct));
  }
}
