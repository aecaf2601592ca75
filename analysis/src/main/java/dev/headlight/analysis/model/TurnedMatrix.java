package dev.headlight.analysis.model;

import dev.headlight.analysis.checkpoint.Checkpoint;
import dev.headlight.analysis.checkpoint.Tensors;

/** The transpose of a tensor: GPT-2 stores its layers {@code [in, out]}. */
final class TurnedMatrix extends StoredMatrix {
  private static final int BLOCK = 256;
  // Floats of a cache line: as many stored rows are turned at once, so that lines are written
  // whole.
  private static final int LINE = 16;

  private final String tensor;

  /** The transpose of {@code tensor [columns, rows]}. */
  TurnedMatrix(Checkpoint checkpoint, Tensors tensors, String tensor, long rows, long columns) {
    super(checkpoint, tensors, rows, columns);
    this.tensor = tensor;
  }

  @Override
  int blockRows() {
    return BLOCK;
  }

  @Override
  void block(long row, int count, float[] into) {
    int columns = columns();
    float[] stored = new float[LINE * count];
    for (int c = 0; c < columns; c += LINE) {
      int lines = Math.min(LINE, columns - c);
      for (int i = 0; i < lines; i++) {
        decode(tensor, (c + i) * rows() + row, stored, i * count, count);
      }
      for (int r = 0; r < count; r++) {
        for (int i = 0; i < lines; i++) {
          into[r * columns + c + i] = stored[i * count + r];
        }
      }
    }
  }
}
