package dev.headlight.analysis.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Writes a safetensors file, tensor by tensor, so that it is either there whole or not at all.
 *
 * <pre>{@code
 * try (SafetensorsWriter writer = SafetensorsWriter.to(file).metadata("model", name).tensor("logits", F32, 5, 50257).open()) {
 *   writer.floats("logits", values);
 *   writer.commit();
 * }
 * }</pre>
 *
 * The tensors are written in the order in which they were named, each in one or more parts. Until
 * {@link #commit} everything is in a temporary file of the same folder; {@link #close} without it
 * removes that file and leaves an existing one as it was. Not for several threads.
 */
public final class SafetensorsWriter implements AutoCloseable {
  private static final int BUFFER = 1 << 18;

  private final Path target;
  private final Path temporary;
  private final FileChannel channel;
  private final List<Entry> entries;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
  private int current;
  private long writtenElements;
  private boolean committed;

  private SafetensorsWriter(Path target, Path temporary, FileChannel channel, List<Entry> entries) {
    this.target = target;
    this.temporary = temporary;
    this.channel = channel;
    this.entries = entries;
  }

  /** Begins the description of a file to write; an existing one is replaced at the end. */
  public static Builder to(Path file) {
    return new Builder(file);
  }

  /**
   * Writes the next part of a floating-point tensor; rounds to the nearest even value for F16 and
   * BF16.
   *
   * @param name the tensor whose turn it is
   * @param values taken from its position to its limit
   * @throws HeadlightException if the disk is full or the place cannot be written
   */
  public void floats(String name, FloatBuffer values) {
    Entry entry = begin(name, values.remaining());
    while (values.hasRemaining()) {
      room(entry.type.bytes());
      float value = values.get();
      switch (entry.type) {
        case F32 -> buffer.putFloat(value);
        case F16 -> buffer.putShort(Half.fromFloat(value));
        case BF16 -> buffer.putShort(Half.toBrain(value));
        default -> throw wrongType(entry);
      }
    }
  }

  /**
   * Writes the next part of an I64 or I32 tensor.
   *
   * @param name the tensor whose turn it is
   * @param values taken from its position to its limit
   * @throws ArithmeticException if a value does not fit into I32
   * @throws HeadlightException if the disk is full or the place cannot be written
   */
  public void longs(String name, LongBuffer values) {
    Entry entry = begin(name, values.remaining());
    while (values.hasRemaining()) {
      room(entry.type.bytes());
      long value = values.get();
      switch (entry.type) {
        case I64 -> buffer.putLong(value);
        case I32 -> buffer.putInt(Math.toIntExact(value));
        default -> throw wrongType(entry);
      }
    }
  }

  private Entry begin(String name, int count) {
    while (current < entries.size() && writtenElements == entries.get(current).elements) {
      current++;
      writtenElements = 0;
    }
    if (current == entries.size() || !entries.get(current).name.equals(name)) {
      String turn = current == entries.size() ? "none" : entries.get(current).name;
      throw new IllegalStateException("the next tensor to write is " + turn + ", not " + name);
    }
    Entry entry = entries.get(current);
    if (count > entry.elements - writtenElements) {
      throw new IllegalStateException(
          "%s has %d elements, got %d".formatted(name, entry.elements, writtenElements + count));
    }
    writtenElements += count;
    return entry;
  }

  private static IllegalStateException wrongType(Entry entry) {
    return new IllegalStateException(entry.name + " was announced as " + entry.type);
  }

  private void room(int bytes) {
    if (buffer.remaining() < bytes) {
      flush();
    }
  }

  private void flush() {
    buffer.flip();
    write(buffer);
    buffer.clear();
  }

  private void write(ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  /**
   * Puts the finished file in its place.
   *
   * @throws IllegalStateException if a tensor is not complete
   * @throws HeadlightException if the disk is full or the place cannot be written
   */
  public void commit() {
    checkComplete();
    flush();
    try {
      channel.force(true);
      channel.close();
      move();
      committed = true;
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  private void checkComplete() {
    for (int i = current; i < entries.size(); i++) {
      long written = i == current ? writtenElements : 0;
      if (written != entries.get(i).elements) {
        throw new IllegalStateException(
            "%s has %d elements, %d were written"
                .formatted(entries.get(i).name, entries.get(i).elements, written));
      }
    }
  }

  private void move() throws IOException {
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Ends the writing; without {@link #commit} nothing stays behind. */
  @Override
  public void close() {
    FileProblems.closeQuietly(channel);
    if (!committed) {
      FileProblems.deleteQuietly(temporary);
    }
  }

  private static HeadlightException cannotWrite(Path path, IOException e) {
    return new HeadlightException(Kind.OUTPUT, FileProblems.cannotWrite(path, e), e);
  }

  private record Entry(String name, StoredType type, List<Long> shape, long elements) {}

  /** Says what the file will hold. */
  public static final class Builder {
    private final Path target;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final List<Entry> entries = new ArrayList<>();

    private Builder(Path target) {
      this.target = target.toAbsolutePath();
    }

    /** Adds one text to the header's {@code __metadata__}. */
    public Builder metadata(String key, String value) {
      metadata.put(key, value);
      return this;
    }

    /** Adds texts to the header's {@code __metadata__}. */
    public Builder metadata(Map<String, String> texts) {
      metadata.putAll(texts);
      return this;
    }

    /**
     * Announces the next tensor.
     *
     * @param type F32, F16, BF16, I64 or I32
     * @param shape row major, none for a scalar
     */
    public Builder tensor(String name, StoredType type, long... shape) {
      switch (type) {
        case F32, F16, BF16, I64, I32 -> {}
        default -> throw new IllegalArgumentException("cannot write " + type);
      }
      if (name.equals("__metadata__")
          || entries.stream().anyMatch(entry -> entry.name.equals(name))) {
        throw new IllegalArgumentException("the name " + name + " is taken");
      }
      long elements = 1;
      List<Long> sizes = new ArrayList<>();
      for (long size : shape) {
        elements = Math.multiplyExact(elements, size);
        sizes.add(size);
      }
      entries.add(new Entry(name, type, sizes, elements));
      return this;
    }

    /**
     * Opens the temporary file and writes the header.
     *
     * @throws HeadlightException if the place cannot be written
     */
    public SafetensorsWriter open() {
      Path temporary =
          target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
      // Also when the program is interrupted nothing stays behind.
      temporary.toFile().deleteOnExit();
      SafetensorsWriter writer = null;
      try {
        FileChannel channel =
            FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        writer = new SafetensorsWriter(target, temporary, channel, List.copyOf(entries));
        writer.write(ByteBuffer.wrap(header()));
        return writer;
      } catch (IOException e) {
        throw cannotWrite(target, e);
      } catch (RuntimeException e) {
        if (writer != null) {
          writer.close();
        }
        throw e;
      }
    }

    private byte[] header() {
      JsonObject json = new JsonObject();
      if (!metadata.isEmpty()) {
        JsonObject texts = new JsonObject();
        metadata.forEach(texts::addProperty);
        json.add("__metadata__", texts);
      }
      long at = 0;
      for (Entry entry : entries) {
        long end = at + entry.elements * entry.type.bytes();
        JsonObject tensor = new JsonObject();
        tensor.addProperty("dtype", entry.type.name());
        tensor.add("shape", array(entry.shape));
        tensor.add("data_offsets", array(List.of(at, end)));
        json.add(entry.name, tensor);
        at = end;
      }
      return padded(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static JsonArray array(List<Long> values) {
      JsonArray array = new JsonArray();
      values.forEach(array::add);
      return array;
    }

    /** Length and header, filled with spaces so that the data begin at a multiple of 8. */
    private static byte[] padded(byte[] json) {
      int length = (json.length + 7) / 8 * 8;
      ByteBuffer bytes = ByteBuffer.allocate(8 + length).order(ByteOrder.LITTLE_ENDIAN);
      bytes.putLong(length).put(json);
      while (bytes.hasRemaining()) {
        bytes.put((byte) ' ');
      }
      return bytes.array();
    }
  }
}
