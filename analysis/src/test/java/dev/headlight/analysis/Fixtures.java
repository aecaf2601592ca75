package dev.headlight.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.checkpoint.SafetensorsFile;
import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.image.StoredPixels;
import dev.headlight.analysis.run.Tensor;
import java.util.Arrays;

/** What lies in the fixtures' references, and how it is compared. */
public final class Fixtures {
  private Fixtures() {}

  /** The reference of a family. */
  public static SafetensorsFile reference(String family) {
    return SafetensorsFile.open(Parity.folder(family).resolve("reference.safetensors"));
  }

  /** What the processor of a family made of its picture. */
  public static Pixels pixels(SafetensorsFile reference) {
    return StoredPixels.read(reference);
  }

  /** Whole numbers of a reference. */
  public static int[] ints(SafetensorsFile reference, String name) {
    return Arrays.stream(reference.longs(name)).mapToInt(i -> (int) i).toArray();
  }

  /** Compares with a part of the reference, from a place on. */
  public static double close(SafetensorsFile reference, String name, int part, Tensor actual) {
    float[] stored = reference.floats(name);
    int size = actual.data().length;
    assertTrue(stored.length >= (part + 1) * size, name + ": " + stored.length + ", not " + size);
    long[] shape = reference.info(name).shape();
    long[] found = Arrays.stream(actual.shape()).asLongStream().toArray();
    int more = shape.length - found.length;
    assertTrue(more >= 0, name + ": " + Arrays.toString(shape) + ", not " + Arrays.toString(found));
    assertArrayEquals(Arrays.copyOfRange(shape, more, shape.length), found, name + ": shape");
    double mean = 0;
    double square = 0;
    for (float value : stored) {
      mean += value;
      square += (double) value * value;
    }
    mean /= stored.length;
    double spread = Math.max(1, Math.sqrt(Math.max(0, square / stored.length - mean * mean)));
    double worst = 0;
    for (int i = 0; i < size; i++) {
      worst = Math.max(worst, Math.abs((double) actual.data()[i] - stored[part * size + i]));
    }
    assertTrue(worst <= 1e-4 * spread, name + ": differs by " + worst + " of " + spread);
    return worst / spread;
  }
}
