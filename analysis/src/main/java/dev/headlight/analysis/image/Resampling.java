package dev.headlight.analysis.image;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How a picture is made larger or smaller: PIL's {@code Image.resize} on bytes, to the bit. First
 * along the rows, then along the columns, each pass rounded to a byte; when the picture shrinks the
 * kernel is widened by the factor (antialias). Numbers are those of {@code resample} in
 * preprocessor_config.json.
 *
 * <p>Pillow 13 begins with the columns where more than twice as many rows as columns go; so do we.
 * Earlier ones never did, and so differ by a step of a byte here and there.
 */
public enum Resampling {
  /** The old pixel under the new one's centre. */
  NEAREST(0, 0),
  /** Windowed sinc of three lobes. */
  LANCZOS(1, 3),
  /** A triangle. */
  BILINEAR(2, 1),
  /** Keys' cubic with a = -0.5. */
  BICUBIC(3, 2),
  /** The mean of what lies under the new pixel. */
  BOX(4, 0.5),
  /** Hamming's window over a sinc of one lobe. */
  HAMMING(5, 1);

  private final int number;
  private final double support;

  Resampling(int number, double support) {
    this.number = number;
    this.support = support;
  }

  /** The resampling that a config's number means; empty for a number PIL does not have. */
  public static Optional<Resampling> of(int number) {
    return Arrays.stream(values()).filter(r -> r.number == number).findFirst();
  }

  /** PIL's number. */
  public int number() {
    return number;
  }

  /**
   * The colours of a picture at another size; transparency is dropped.
   *
   * @param width new width, at least 1
   * @param height new height, at least 1
   */
  public Picture resize(Picture picture, int width, int height) {
    if (picture.width() == width && picture.height() == height) {
      return picture.opaque();
    }
    if (this == NEAREST) {
      return nearest(picture, width, height);
    }
    if (height < picture.height() && picture.height() - height > 2 * (picture.width() - width)) {
      return wider(lower(picture, height), width);
    }
    return lower(wider(picture, width), height);
  }

  private Picture wider(Picture picture, int width) {
    if (picture.width() == width) {
      return picture.opaque();
    }
    Filter filter = Filter.of(picture.width(), width, support, this::kernel);
    byte[] rgb = alongRows(picture.rgb(), picture.width(), picture.height(), filter);
    return new Picture(width, picture.height(), rgb);
  }

  private Picture lower(Picture picture, int height) {
    if (picture.height() == height) {
      return picture.opaque();
    }
    Filter filter = Filter.of(picture.height(), height, support, this::kernel);
    return new Picture(
        picture.width(), height, alongColumns(picture.rgb(), picture.width(), filter));
  }

  private static byte[] alongRows(byte[] from, int width, int height, Filter filter) {
    int newWidth = filter.first().length;
    byte[] to = new byte[Math.multiplyExact(3, Math.multiplyExact(newWidth, height))];
    IntStream.range(0, height)
        .parallel()
        .forEach(y -> row(from, 3 * y * width, to, 3 * y * newWidth, filter));
    return to;
  }

  private static void row(byte[] from, int start, byte[] to, int target, Filter filter) {
    int[] weights = filter.weights();
    int at = target;
    for (int x = 0; x < filter.first().length; x++) {
      int red = Filter.HALF;
      int green = Filter.HALF;
      int blue = Filter.HALF;
      int source = start + 3 * filter.first()[x];
      int weight = x * filter.taps();
      int end = weight + filter.count()[x];
      for (; weight < end; weight++, source += 3) {
        int w = weights[weight];
        red += (from[source] & 0xFF) * w;
        green += (from[source + 1] & 0xFF) * w;
        blue += (from[source + 2] & 0xFF) * w;
      }
      to[at++] = Filter.clip(red);
      to[at++] = Filter.clip(green);
      to[at++] = Filter.clip(blue);
    }
  }

  private static byte[] alongColumns(byte[] from, int width, Filter filter) {
    int bytes = 3 * width;
    int newHeight = filter.first().length;
    byte[] to = new byte[Math.multiplyExact(bytes, newHeight)];
    IntStream.range(0, newHeight)
        .parallel()
        .forEach(
            y -> {
              int[] sums = new int[bytes];
              Arrays.fill(sums, Filter.HALF);
              for (int k = 0; k < filter.count()[y]; k++) {
                int source = (filter.first()[y] + k) * bytes;
                add(from, source, filter.weights()[y * filter.taps() + k], sums);
              }
              for (int i = 0; i < bytes; i++) {
                to[y * bytes + i] = Filter.clip(sums[i]);
              }
            });
    return to;
  }

  /** A loop of its own, so that the compiler makes vectors of it. */
  private static void add(byte[] from, int source, int weight, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += (from[source + i] & 0xFF) * weight;
    }
  }

  private static Picture nearest(Picture picture, int width, int height) {
    int[] columns = centres(picture.width(), width);
    int[] rows = centres(picture.height(), height);
    byte[] to = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
    for (int y = 0, at = 0; y < height; y++) {
      for (int x = 0; x < width; x++, at += 3) {
        int source = 3 * (rows[y] * picture.width() + columns[x]);
        System.arraycopy(picture.rgb(), source, to, at, 3);
      }
    }
    return new Picture(width, height, to);
  }

  /** PIL adds the step again and again; so do we, for the same rounding. */
  private static int[] centres(int from, int to) {
    double step = (double) from / to;
    double centre = step * 0.5;
    int[] old = new int[to];
    for (int i = 0; i < to; i++, centre += step) {
      old[i] = Math.min(from - 1, (int) centre);
    }
    return old;
  }

  /** Height of the kernel at a distance from its centre, at its own scale. */
  private double kernel(double x) {
    return switch (this) {
      case NEAREST -> 0;
      case LANCZOS -> lanczos(x);
      case BILINEAR -> Math.max(0, 1 - Math.abs(x));
      case BICUBIC -> bicubic(x);
      case BOX -> x > -0.5 && x <= 0.5 ? 1 : 0;
      case HAMMING -> hamming(x);
    };
  }

  private static double bicubic(double distance) {
    double a = -0.5;
    double x = Math.abs(distance);
    if (x < 1) {
      return ((a + 2) * x - (a + 3)) * x * x + 1;
    }
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
  }

  private static double lanczos(double x) {
    return x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0;
  }

  private static double hamming(double distance) {
    double x = Math.abs(distance);
    if (x >= 1) {
      return 0;
    }
    double angle = x * Math.PI;
    return sinc(x) * (0.54f + 0.46f * Math.cos(angle));
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
  }
}
