package dev.headlight.analysis.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * One safetensors file, mapped into memory. {@link #open} checks the whole header, so a tensor that
 * is listed lies inside the file with exactly the bytes its shape needs.
 *
 * <p>Offsets are {@code long} throughout. The file is mapped in slices as they are needed; slices
 * stay mapped until they are garbage collected, also after {@link #close}, because Java has no safe
 * way to unmap them earlier. Safe to use from several threads.
 */
public final class SafetensorsFile implements AutoCloseable {
  /** What the reference implementation allows for the header. */
  static final long MAX_HEADER_BYTES = 100_000_000;

  private static final long DEFAULT_SLICE = 1L << 30;
  // A slice also holds the first bytes of the next one: elements that lie across the border are
  // read whole.
  private static final int OVERHANG = 8;

  private final Path path;
  private final FileChannel channel;
  // The content begins here in a file that may hold more before and behind it.
  private final long start;
  private final long size;
  private final long fileSize;
  private final SafetensorsHeader header;
  private final long sliceBytes;
  private final ByteBuffer[] slices;

  private SafetensorsFile(
      Path path,
      FileChannel channel,
      long start,
      long size,
      SafetensorsHeader header,
      long sliceBytes)
      throws IOException {
    this.path = path;
    this.channel = channel;
    this.start = start;
    this.size = size;
    this.fileSize = channel.size();
    this.header = header;
    this.sliceBytes = sliceBytes;
    this.slices = new ByteBuffer[Math.toIntExact((size + sliceBytes - 1) / sliceBytes)];
  }

  /**
   * Opens and checks a file.
   *
   * @throws CheckpointException if it cannot be read or is not sound
   */
  public static SafetensorsFile open(Path path) {
    return open(path, DEFAULT_SLICE);
  }

  /**
   * Opens and checks a part of a larger file that has the format, such as an entry that an archive
   * stores as it is.
   *
   * @param start first byte of the part
   * @param size its bytes
   * @throws CheckpointException if it cannot be read or is not sound
   */
  public static SafetensorsFile openInside(Path path, long start, long size) {
    return open(path, start, size, DEFAULT_SLICE);
  }

  /**
   * @param sliceBytes how much is mapped at once, below 2 GiB
   */
  static SafetensorsFile open(Path path, long sliceBytes) {
    return open(path, 0, -1, sliceBytes);
  }

  private static SafetensorsFile open(Path path, long start, long part, long sliceBytes) {
    FileChannel channel = null;
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ);
      long size = part < 0 ? channel.size() : part;
      SafetensorsFile file = check(path, channel, start, size, sliceBytes);
      channel = null;
      return file;
    } catch (IOException e) {
      throw new CheckpointException(FileProblems.cannotRead(path, e), e);
    } finally {
      FileProblems.closeQuietly(channel);
    }
  }

  private static SafetensorsFile check(
      Path path, FileChannel channel, long start, long size, long sliceBytes) throws IOException {
    if (start < 0 || start > channel.size() - size) {
      throw new CheckpointException(
          "%s: %d bytes from byte %d on are not in the file; it is damaged."
              .formatted(path, size, start));
    }
    if (size < 8) {
      throw new CheckpointException(
          path + ": a safetensors file has at least 8 bytes, found " + size + "; fetch it again.");
    }
    ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    readFully(path, channel, length, start);
    long headerBytes = length.getLong(0);
    if (headerBytes < 0 || headerBytes > size - 8) {
      throw new CheckpointException(
          "%s: the header should be %s bytes long, the file has only %d after its first 8; this is not a safetensors file or the download is incomplete: fetch it again."
              .formatted(path, Long.toUnsignedString(headerBytes), size - 8));
    }
    if (headerBytes > MAX_HEADER_BYTES) {
      throw new CheckpointException(
          "%s: the header is %d bytes long, the format allows %d; this is not a safetensors file or it is damaged."
              .formatted(path, headerBytes, MAX_HEADER_BYTES));
    }
    ByteBuffer json = ByteBuffer.allocate((int) headerBytes);
    readFully(path, channel, json, start + 8);
    SafetensorsHeader header = SafetensorsHeader.parse(path, json.flip(), size);
    return new SafetensorsFile(path, channel, start, size, header, sliceBytes);
  }

  private static void readFully(Path path, FileChannel channel, ByteBuffer into, long from)
      throws IOException {
    long at = from;
    while (into.hasRemaining()) {
      int read = channel.read(into, at);
      if (read < 0) {
        throw new CheckpointException(
            path + ": the file became shorter while it was read; fetch it again.");
      }
      at += read;
    }
  }

  /** The file. */
  public Path path() {
    return path;
  }

  /** Size in bytes of the whole file, or of the part of it that was opened. */
  public long size() {
    return size;
  }

  /** Names of the tensors, in the header's order. */
  public Set<String> names() {
    return Collections.unmodifiableSet(header.tensors().keySet());
  }

  /** Whether there is such a tensor. */
  public boolean has(String name) {
    return header.tensors().containsKey(name);
  }

  /**
   * Type, shape and place of a tensor.
   *
   * @throws CheckpointException if there is none of that name
   */
  public TensorInfo info(String name) {
    TensorInfo info = header.tensors().get(name);
    if (info == null) {
      throw new CheckpointException(
          path + ": there is no tensor '" + name + "' among " + names().size() + ".");
    }
    return info;
  }

  /** The texts of the header's {@code __metadata__}; empty if there are none. */
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(header.metadata());
  }

  /**
   * Decodes the elements {@code first .. first + into.remaining()} (row major) to fp32.
   *
   * @param firstElement 0 or more
   * @param into heap or direct; filled from its position to its limit
   * @throws CheckpointException if there is no such tensor, its type has no fp32 form, or the file
   *     has shrunk
   * @throws IndexOutOfBoundsException if the range leaves the tensor
   */
  public void decode(String name, long firstElement, FloatBuffer into) {
    TensorInfo info = info(name);
    if (!info.type().decodable()) {
      throw new CheckpointException(
          "%s: tensor '%s' is stored as %s, which is not supported; convert it to F32, F16 or BF16."
              .formatted(path, name, info.type()));
    }
    if (firstElement < 0 || firstElement > info.elements() - into.remaining()) {
      throw new IndexOutOfBoundsException(
          "elements %d to %d of '%s' %s"
              .formatted(firstElement, firstElement + into.remaining(), name, info.shapeText()));
    }
    checkUnchanged();
    int width = info.type().bytes();
    long at = info.offset() + firstElement * width;
    while (into.hasRemaining()) {
      long roomInSlice = (sliceBytes - at % sliceBytes + width - 1) / width;
      int count = (int) Math.min(roomInSlice, into.remaining());
      FloatDecoder.decode(info.type(), bytes(at, count * width), into);
      at += (long) count * width;
    }
  }

  /**
   * Copies the bytes {@code first .. first + into.remaining()} of a tensor as they are stored.
   *
   * @param into filled from its position to its limit
   * @throws CheckpointException if there is no such tensor or the file has changed
   * @throws IndexOutOfBoundsException if the range leaves the tensor
   */
  public void copy(String name, long firstByte, ByteBuffer into) {
    TensorInfo info = info(name);
    if (firstByte < 0 || firstByte > info.bytes() - into.remaining()) {
      throw new IndexOutOfBoundsException("bytes from %d of '%s'".formatted(firstByte, name));
    }
    checkUnchanged();
    long at = info.offset() + firstByte;
    while (into.hasRemaining()) {
      int count = (int) Math.min(sliceBytes - at % sliceBytes, into.remaining());
      into.put(bytes(at, count));
      at += count;
    }
  }

  /**
   * A whole tensor as fp32, row major.
   *
   * @throws CheckpointException as {@link #decode}, and if it has more than 2^31 - 1 elements
   */
  public float[] floats(String name) {
    float[] values = new float[arrayLength(info(name))];
    decode(name, 0, FloatBuffer.wrap(values));
    return values;
  }

  /**
   * A whole I64 or I32 tensor, exactly.
   *
   * @throws CheckpointException if it is of another type
   */
  public long[] longs(String name) {
    TensorInfo info = info(name);
    if (info.type() != StoredType.I64 && info.type() != StoredType.I32) {
      throw new CheckpointException(
          "%s: tensor '%s' should hold whole numbers (I64 or I32), found %s."
              .formatted(path, name, info.type()));
    }
    checkUnchanged();
    long[] values = new long[arrayLength(info)];
    int width = info.type().bytes();
    for (int i = 0; i < values.length; i++) {
      ByteBuffer element = bytes(info.offset() + (long) i * width, width);
      values[i] = width == 8 ? element.getLong() : element.getInt();
    }
    return values;
  }

  private int arrayLength(TensorInfo info) {
    if (info.elements() > Integer.MAX_VALUE - 8) {
      throw new CheckpointException(
          "%s: tensor '%s' has %d elements, more than one array holds; read it in parts."
              .formatted(path, info.name(), info.elements()));
    }
    return (int) info.elements();
  }

  /** A view of bytes that begin in one slice; they may run {@link #OVERHANG} bytes over its end. */
  private ByteBuffer bytes(long from, int count) {
    ByteBuffer slice = slice((int) (from / sliceBytes));
    return slice.slice((int) (from % sliceBytes), count).order(ByteOrder.LITTLE_ENDIAN);
  }

  private synchronized ByteBuffer slice(int index) {
    if (slices[index] == null) {
      long from = index * sliceBytes;
      try {
        slices[index] =
            channel.map(
                FileChannel.MapMode.READ_ONLY,
                start + from,
                Math.min(size - from, sliceBytes + OVERHANG));
      } catch (IOException e) {
        throw new CheckpointException(FileProblems.cannotRead(path, e), e);
      }
    }
    return slices[index];
  }

  /**
   * A mapped page behind the end of a file that shrank would kill the JVM, so look before every
   * read.
   */
  private void checkUnchanged() {
    try {
      long now = channel.size();
      if (now != fileSize) {
        throw new CheckpointException(
            "%s: the file had %d bytes when it was opened and has %d now; open the model again."
                .formatted(path, fileSize, now));
      }
    } catch (IOException e) {
      throw new CheckpointException(FileProblems.cannotRead(path, e), e);
    }
  }

  @Override
  public void close() {
    FileProblems.closeQuietly(channel);
  }
}
