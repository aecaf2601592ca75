package dev.headlight.analysis.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes NumPy's {@code .npz}: a zip of version-1 {@code .npy} arrays, little endian, C order, not
 * compressed. Arrays go to the disk as they are added.
 */
public final class NpzWriter implements ArrayFile {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final Charset UTF_32LE = Charset.forName("UTF-32LE");
  private static final int ALIGNMENT = 64;
  private static final int CHUNK = 1 << 13;

  private final ZipOutputStream zip;
  private final Set<String> names = new HashSet<>();

  private NpzWriter(OutputStream out) {
    zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    zip.setLevel(Deflater.NO_COMPRESSION);
  }

  /** Adds the arrays of a file. */
  @FunctionalInterface
  public interface Content {
    /** Adds everything. */
    void writeTo(NpzWriter npz) throws IOException;
  }

  /**
   * Writes a file as a whole or not at all.
   *
   * @throws dev.headlight.analysis.HeadlightException (OUTPUT) when it cannot be written
   */
  public static void write(Path file, Content content) {
    AtomicFiles.write(
        file,
        out -> {
          NpzWriter npz = new NpzWriter(out);
          content.writeTo(npz);
          npz.zip.finish();
        });
  }

  @Override
  public void floats(String name, float[] data, int... shape) throws IOException {
    begin(name, "<f4", data.length, shape);
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < data.length; at += CHUNK) {
      int count = Math.min(CHUNK, data.length - at);
      chunk.asFloatBuffer().put(data, at, count);
      zip.write(chunk.array(), 0, count * Float.BYTES);
    }
    zip.closeEntry();
  }

  @Override
  public void longs(String name, long[] data, int... shape) throws IOException {
    begin(name, "<i8", data.length, shape);
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < data.length; at += CHUNK) {
      int count = Math.min(CHUNK, data.length - at);
      chunk.asLongBuffer().put(data, at, count);
      zip.write(chunk.array(), 0, count * Long.BYTES);
    }
    zip.closeEntry();
  }

  /** Adds a text as an array without axes: {@code str(np.load(file)[name])}. */
  public void text(String name, String text) throws IOException {
    int characters = Math.max(1, text.codePointCount(0, text.length()));
    begin(name, "<U" + characters, 1);
    zip.write(Arrays.copyOf(text.getBytes(UTF_32LE), characters * Integer.BYTES));
    zip.closeEntry();
  }

  private void begin(String name, String type, int size, int... shape) throws IOException {
    long product = IntStream.of(shape).asLongStream().reduce(1, Math::multiplyExact);
    if (product != size || !names.add(name)) {
      throw new IllegalArgumentException(
          name + " " + Arrays.toString(shape) + ": " + size + " numbers, or a name given twice");
    }
    zip.putNextEntry(new ZipEntry(name + ".npy"));
    zip.write(header(type, shape));
  }

  /** The header's length is filled up with spaces, so that the data begin at a multiple of 64. */
  private static byte[] header(String type, int... shape) {
    String axes = IntStream.of(shape).mapToObj(n -> n + ",").collect(Collectors.joining(" "));
    String dict = "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }".formatted(type, axes);
    int unpadded = MAGIC.length + Short.BYTES + dict.length() + 1;
    int total = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    String padded = dict + " ".repeat(total - unpadded) + "\n";
    return ByteBuffer.allocate(total)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .putShort((short) padded.length())
        .put(padded.getBytes(StandardCharsets.US_ASCII))
        .array();
  }
}
