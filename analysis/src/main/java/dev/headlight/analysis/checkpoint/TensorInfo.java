package dev.headlight.analysis.checkpoint;

import java.nio.file.Path;
import java.util.Arrays;

/** Name, type, shape and place of one stored tensor. Immutable. */
public final class TensorInfo {
  private final String name;
  private final StoredType type;
  private final long[] shape;
  private final long offset;
  private final long bytes;
  private final Path file;

  /**
   * @param offset first byte of the tensor, counted from the start of the file
   */
  TensorInfo(String name, StoredType type, long[] shape, long offset, long bytes, Path file) {
    this.name = name;
    this.type = type;
    this.shape = shape.clone();
    this.offset = offset;
    this.bytes = bytes;
    this.file = file;
  }

  /** The name in the file. */
  public String name() {
    return name;
  }

  /** The stored element type. */
  public StoredType type() {
    return type;
  }

  /** A copy of the shape, row major; empty for a scalar. */
  public long[] shape() {
    return shape.clone();
  }

  /** Number of dimensions. */
  public int rank() {
    return shape.length;
  }

  /**
   * The size of one dimension.
   *
   * @param dimension 0 .. rank - 1
   */
  public long size(int dimension) {
    return shape[dimension];
  }

  /** Number of elements; 1 for a scalar. */
  public long elements() {
    return bytes / type.bytes();
  }

  /** Stored bytes. */
  public long bytes() {
    return bytes;
  }

  /** The weight file it lies in. */
  public Path file() {
    return file;
  }

  /** Whether the shape is exactly this one. */
  public boolean hasShape(long... expected) {
    return Arrays.equals(shape, expected);
  }

  /** The shape as people write it, {@code [64, 192]}. */
  public String shapeText() {
    return Arrays.toString(shape);
  }

  long offset() {
    return offset;
  }

  @Override
  public String toString() {
    return name + " " + type + " " + shapeText();
  }
}
