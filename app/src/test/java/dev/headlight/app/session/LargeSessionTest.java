package dev.headlight.app.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.run.Tensor;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gigabyte of arrays is opened by looking at its header. */
class LargeSessionTest {
  private static final int MEGABYTES = 64;
  private static final int COUNT = 16;

  @Test
  void aGigabyteOpensWithinTwoSeconds(@TempDir Path folder) {
    float[] values = new float[MEGABYTES << 18];
    Arrays.fill(values, 1.5f);
    values[values.length - 1] = 2.5f;
    SessionArray array = new SessionArray.Held(new Tensor(values, values.length));
    Results results = Results.none();
    for (int i = 0; i < COUNT; i++) {
      results = results.with("a" + i, array);
    }
    Path file = folder.resolve("large.headlight");
    SessionFile.write(file, SessionFileTest.full().withResults(results));
    long start = System.nanoTime();
    Session session = SessionReader.read(file).session();
    float[] last = new float[1];
    session.results().arrays().get("a15").read(values.length - 1L, FloatBuffer.wrap(last));
    double seconds = (System.nanoTime() - start) * 1e-9;
    assertEquals(2.5f, last[0]);
    assertTrue(seconds < 2, seconds + " s");
  }
}
