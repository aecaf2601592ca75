package dev.headlight.analysis.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.Parity;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TensorMemoryTest {
  /** Pieces of 64 bytes, so that every tensor lies across several. */
  @Test
  void aCopyIsDecodedAsTheFileIs() {
    for (String family : new String[] {"llama_tied", "gpt_neox", "gpt2"}) {
      try (Checkpoint checkpoint = Checkpoint.open(Parity.folder(family))) {
        TensorMemory memory = new TensorMemory(checkpoint, ByteBuffer::allocateDirect, 64);
        int compared = 0;
        for (String name : checkpoint.tensorNames()) {
          if (checkpoint.info(name).elements() < 100) {
            continue;
          }
          memory.copy(name);
          float[] expected = checkpoint.floats(name);
          float[] found = new float[expected.length - 7];
          memory.decode(name, 7, FloatBuffer.wrap(found));
          assertArrayEquals(Arrays.copyOfRange(expected, 7, expected.length), found, name);
          compared++;
        }
        assertTrue(compared > 5);
      }
    }
  }

  @Test
  void aRangeOutsideTheTensorIsRefused() {
    try (Checkpoint checkpoint = Checkpoint.open(Parity.folder("llama_tied"))) {
      TensorMemory memory = new TensorMemory(checkpoint, ByteBuffer::allocateDirect);
      String name = checkpoint.tensorNames().iterator().next();
      memory.copy(name);
      FloatBuffer two = FloatBuffer.allocate(2);
      long elements = checkpoint.info(name).elements();
      assertThrows(IndexOutOfBoundsException.class, () -> memory.decode(name, elements - 1, two));
    }
  }
}
