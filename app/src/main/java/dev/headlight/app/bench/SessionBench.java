package dev.headlight.app.bench;

import dev.headlight.analysis.run.Tensor;
import dev.headlight.app.session.History;
import dev.headlight.app.session.ModelReference;
import dev.headlight.app.session.Results;
import dev.headlight.app.session.Session;
import dev.headlight.app.session.SessionArray;
import dev.headlight.app.session.SessionFile;
import dev.headlight.app.session.SessionReader;
import dev.headlight.app.session.SessionState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;

/** Times the opening of a session that holds a gigabyte of numbers. */
public final class SessionBench {
  private static final int ARRAYS = 16;
  private static final int SIDE = 4096;
  private static final int REPEATS = 5;
  private static final double LIMIT = 2000;

  private SessionBench() {}

  /** One row: read, checked, and a row of every array looked at. */
  public static BenchRow run() {
    try {
      Path file = Files.createTempFile("headlight-bench", "." + SessionFile.SUFFIX);
      try {
        SessionFile.write(file, session());
        double[] times = new double[REPEATS];
        for (int i = 0; i < REPEATS; i++) {
          times[i] = opened(file);
        }
        Arrays.sort(times);
        String what = "opening a session with %d arrays of %d²".formatted(ARRAYS, SIDE);
        return BenchRow.of(what, null, times[REPEATS / 2], times[0]).with(Fact.Kind.LIMIT, LIMIT);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same numbers under several names, so that only one copy of them is in memory. */
  private static Session session() {
    float[] values = new float[SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = 1f / (1 + i);
    }
    SessionArray array = new SessionArray.Held(new Tensor(values, SIDE, SIDE));
    Results results = Results.none();
    for (int i = 0; i < ARRAYS; i++) {
      results = results.with("array" + i, array);
    }
    History history = new History(SessionState.first(), "bench", Clock.systemUTC());
    return new Session(ModelReference.none(), history.saved(), List.of(), results);
  }

  private static double opened(Path file) {
    long start = System.nanoTime();
    SessionReader.Opened opened = SessionReader.read(file);
    FloatBuffer row = FloatBuffer.allocate(SIDE);
    for (SessionArray array : opened.session().results().arrays().values()) {
      array.read((long) SIDE * (SIDE - 1), row.clear());
    }
    return (System.nanoTime() - start) / 1e6;
  }
}
