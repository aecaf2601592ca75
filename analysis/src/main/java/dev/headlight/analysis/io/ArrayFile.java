package dev.headlight.analysis.io;

import java.io.IOException;

/**
 * A file of named arrays that is filled one array at a time, so that a capture never needs to be in
 * memory as a whole.
 */
interface ArrayFile {
  /**
   * Adds a float32 array.
   *
   * @param name key, once a file
   * @param data row-major
   * @param shape its product is {@code data.length}
   */
  void floats(String name, float[] data, int... shape) throws IOException;

  /** Adds an int64 array; see {@link #floats}. */
  void longs(String name, long[] data, int... shape) throws IOException;
}
