package dev.headlight.app.session;

import dev.headlight.analysis.checkpoint.SafetensorsFile;
import dev.headlight.analysis.run.Tensor;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** An array among the results: in memory, or in a file that is read where it is looked at. */
public sealed interface SessionArray {
  /** Length of each axis. */
  long[] shape();

  /** Fills the buffer with elements from {@code first} on, row-major. */
  void read(long first, FloatBuffer into);

  /** The file that holds it; empty for an array in memory. */
  Optional<Path> file();

  /** Number of elements. */
  default long elements() {
    return Arrays.stream(shape()).reduce(1, (a, b) -> a * b);
  }

  /** All of it. */
  default Tensor tensor() {
    float[] data = new float[Math.toIntExact(elements())];
    read(0, FloatBuffer.wrap(data));
    return new Tensor(data, Arrays.stream(shape()).mapToInt(Math::toIntExact).toArray());
  }

  /** An array in memory. */
  record Held(Tensor values) implements SessionArray {
    @Override
    public long[] shape() {
      return Arrays.stream(values.shape()).asLongStream().toArray();
    }

    @Override
    public void read(long first, FloatBuffer into) {
      into.put(values.data(), Math.toIntExact(first), into.remaining());
    }

    @Override
    public Optional<Path> file() {
      return Optional.empty();
    }
  }

  /** An array in a file. */
  record Mapped(SafetensorsFile source, String name) implements SessionArray {
    @Override
    public long[] shape() {
      return source.info(name).shape();
    }

    @Override
    public void read(long first, FloatBuffer into) {
      source.decode(name, first, into);
    }

    @Override
    public Optional<Path> file() {
      return Optional.of(source.path());
    }
  }
}
