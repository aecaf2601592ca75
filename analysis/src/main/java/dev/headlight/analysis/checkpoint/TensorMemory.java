package dev.headlight.analysis.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/**
 * Tensors of a checkpoint whose stored bytes were copied into memory. They are decoded as the file
 * itself would be.
 */
public final class TensorMemory implements Tensors {
  /** Bytes of a piece; a buffer of Java ends at 2 GiB. A multiple of every element's size. */
  private static final int PIECE = 1 << 30;

  private final Checkpoint checkpoint;
  private final IntFunction<ByteBuffer> allocator;
  private final int pieceBytes;
  private final Map<String, List<ByteBuffer>> copies = new ConcurrentHashMap<>();

  /**
   * Nothing copied yet.
   *
   * @param allocator gives memory of so many bytes, which must live as long as this is used
   */
  public TensorMemory(Checkpoint checkpoint, IntFunction<ByteBuffer> allocator) {
    this(checkpoint, allocator, PIECE);
  }

  TensorMemory(Checkpoint checkpoint, IntFunction<ByteBuffer> allocator, int pieceBytes) {
    this.checkpoint = checkpoint;
    this.allocator = allocator;
    this.pieceBytes = pieceBytes;
  }

  /** Copies the stored bytes of a tensor, if they are not here already. */
  public void copy(String tensor) {
    if (copies.containsKey(tensor)) {
      return;
    }
    long bytes = checkpoint.info(tensor).bytes();
    List<ByteBuffer> pieces = new ArrayList<>();
    for (long at = 0; at < bytes; at += pieceBytes) {
      int size = (int) Math.min(pieceBytes, bytes - at);
      ByteBuffer piece = allocator.apply(size);
      checkpoint.copy(tensor, at, piece.duplicate());
      pieces.add(piece);
    }
    copies.put(tensor, List.copyOf(pieces));
  }

  @Override
  public void decode(String tensor, long firstElement, FloatBuffer into) {
    TensorInfo info = checkpoint.info(tensor);
    int width = info.type().bytes();
    List<ByteBuffer> pieces = copies.get(tensor);
    if (firstElement < 0 || firstElement > info.elements() - into.remaining()) {
      throw new IndexOutOfBoundsException(
          "elements %d to %d of '%s' %s"
              .formatted(firstElement, firstElement + into.remaining(), tensor, info.shapeText()));
    }
    long at = firstElement * width;
    while (into.hasRemaining()) {
      int offset = (int) (at % pieceBytes);
      ByteBuffer piece = pieces.get((int) (at / pieceBytes));
      int count = Math.min(into.remaining(), (piece.capacity() - offset) / width);
      ByteBuffer bytes = piece.slice(offset, count * width).order(ByteOrder.LITTLE_ENDIAN);
      FloatDecoder.decode(info.type(), bytes, into);
      at += (long) count * width;
    }
  }
}
