package dev.headlight.app.session;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/** Arrays as one safetensors file of F32 inside an archive, written as they are read. */
final class ArraysEntry {
  private static final int CHUNK = 1 << 14;

  private final SortedMap<String, SessionArray> arrays;
  private final byte[] header;

  ArraysEntry(SortedMap<String, SessionArray> arrays) {
    this.arrays = arrays;
    this.header = header(arrays);
  }

  /** Bytes of the whole file. */
  long size() {
    return header.length
        + arrays.values().stream().mapToLong(a -> a.elements() * Float.BYTES).sum();
  }

  /** Its checksum; reads every array. */
  long crc() throws IOException {
    CheckedOutputStream sum = new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
    writeTo(sum);
    return sum.getChecksum().getValue();
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(header);
    float[] values = new float[CHUNK];
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (SessionArray array : arrays.values()) {
      long elements = array.elements();
      for (long first = 0; first < elements; first += CHUNK) {
        int count = (int) Math.min(CHUNK, elements - first);
        array.read(first, FloatBuffer.wrap(values, 0, count));
        bytes.clear().asFloatBuffer().put(values, 0, count);
        out.write(bytes.array(), 0, count * Float.BYTES);
      }
    }
  }

  private static byte[] header(Map<String, SessionArray> arrays) {
    JsonObject json = new JsonObject();
    long at = 0;
    for (Map.Entry<String, SessionArray> entry : arrays.entrySet()) {
      long end = at + entry.getValue().elements() * Float.BYTES;
      JsonObject tensor = new JsonObject();
      tensor.addProperty("dtype", "F32");
      tensor.add("shape", list(entry.getValue().shape()));
      tensor.add("data_offsets", list(at, end));
      json.add(entry.getKey(), tensor);
      at = end;
    }
    byte[] text = json.toString().getBytes(StandardCharsets.UTF_8);
    int length = (text.length + 7) / 8 * 8;
    ByteBuffer bytes = ByteBuffer.allocate(8 + length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(length).put(text);
    while (bytes.hasRemaining()) {
      bytes.put((byte) ' ');
    }
    return bytes.array();
  }

  private static JsonArray list(long... values) {
    JsonArray array = new JsonArray();
    for (long value : values) {
      array.add(value);
    }
    return array;
  }
}
