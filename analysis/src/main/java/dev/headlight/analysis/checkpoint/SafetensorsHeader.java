package dev.headlight.analysis.checkpoint;

import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The JSON header of a safetensors file, read and checked: every entry is well formed, every tensor
 * lies inside the file, none overlap, and nothing is left between them.
 */
final class SafetensorsHeader {
  private static final String FETCH_AGAIN = "the download may be incomplete: fetch it again";

  private final Path file;
  private final long dataStart;
  private final long fileSize;
  private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  private SafetensorsHeader(Path file, long dataStart, long fileSize) {
    this.file = file;
    this.dataStart = dataStart;
    this.fileSize = fileSize;
  }

  /**
   * @param json the header's bytes
   * @param fileSize size of the whole file in bytes
   */
  static SafetensorsHeader parse(Path file, ByteBuffer json, long fileSize) {
    SafetensorsHeader header = new SafetensorsHeader(file, 8L + json.remaining(), fileSize);
    try (JsonReader reader = new JsonReader(new StringReader(header.text(json)))) {
      reader.setStrictness(Strictness.STRICT);
      header.readAll(reader);
    } catch (EOFException | MalformedJsonException | IllegalStateException | JsonParseException e) {
      throw header.bad("the header is not valid JSON (" + firstLine(e) + "); " + FETCH_AGAIN, e);
    } catch (IOException e) {
      throw header.bad("the header cannot be read (" + firstLine(e) + ")", e);
    }
    header.checkLayout();
    return header;
  }

  Map<String, TensorInfo> tensors() {
    return tensors;
  }

  Map<String, String> metadata() {
    return metadata;
  }

  private String text(ByteBuffer json) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(json).toString();
    } catch (CharacterCodingException e) {
      throw bad("the header is not UTF-8 text; this is not a safetensors file or it is damaged", e);
    }
  }

  private void readAll(JsonReader reader) throws IOException {
    if (reader.peek() != JsonToken.BEGIN_OBJECT) {
      throw bad("the header should be a JSON object, found " + reader.peek() + "; " + FETCH_AGAIN);
    }
    Set<String> seen = new HashSet<>();
    reader.beginObject();
    while (reader.hasNext()) {
      String name = reader.nextName();
      if (!seen.add(name)) {
        throw bad(
            "the header names '"
                + name
                + "' twice; the file was written wrongly, get another copy");
      }
      if (name.equals("__metadata__")) {
        readMetadata(reader);
      } else {
        tensors.put(name, readTensor(reader, name));
      }
    }
    reader.endObject();
    if (reader.peek() != JsonToken.END_DOCUMENT) {
      throw bad("there is text behind the header's JSON object; " + FETCH_AGAIN);
    }
  }

  private void readMetadata(JsonReader reader) throws IOException {
    expect(reader, JsonToken.BEGIN_OBJECT, "__metadata__", "an object of texts");
    reader.beginObject();
    while (reader.hasNext()) {
      String key = reader.nextName();
      expect(reader, JsonToken.STRING, "__metadata__." + key, "a text");
      metadata.put(key, reader.nextString());
    }
    reader.endObject();
  }

  private TensorInfo readTensor(JsonReader reader, String name) throws IOException {
    expect(reader, JsonToken.BEGIN_OBJECT, name, "an object with dtype, shape and data_offsets");
    String dtype = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.nextName()) {
        case "dtype" -> {
          expect(reader, JsonToken.STRING, name + ".dtype", "a text");
          dtype = reader.nextString();
        }
        case "shape" -> shape = readLongs(reader, name + ".shape");
        case "data_offsets" -> offsets = readLongs(reader, name + ".data_offsets");
        default -> reader.skipValue();
      }
    }
    reader.endObject();
    requirePresent(dtype, name, "dtype");
    requirePresent(shape, name, "shape");
    requirePresent(offsets, name, "data_offsets");
    return tensor(name, dtype, shape, offsets);
  }

  private void requirePresent(Object value, String name, String field) {
    if (value == null) {
      throw bad(
          "tensor '"
              + name
              + "' has no "
              + field
              + "; the file was written wrongly, get another copy");
    }
  }

  private List<Long> readLongs(JsonReader reader, String where) throws IOException {
    expect(reader, JsonToken.BEGIN_ARRAY, where, "a list of whole numbers");
    List<Long> values = new ArrayList<>();
    reader.beginArray();
    while (reader.hasNext()) {
      expect(reader, JsonToken.NUMBER, where, "a list of whole numbers");
      values.add(wholeNumber(reader.nextString(), where));
    }
    reader.endArray();
    return values;
  }

  private long wholeNumber(String text, String where) {
    try {
      long value = new BigDecimal(text).longValueExact();
      if (value >= 0) {
        return value;
      }
    } catch (ArithmeticException e) {
      throw bad("'" + where + "' should hold whole numbers, found " + text, e);
    }
    throw bad("'" + where + "' should hold numbers of 0 or more, found " + text);
  }

  private TensorInfo tensor(String name, String dtype, List<Long> shape, List<Long> offsets) {
    StoredType type =
        StoredType.of(dtype)
            .orElseThrow(
                () ->
                    bad(
                        "tensor '%s' has the unknown dtype %s; known are %s"
                            .formatted(name, dtype, List.of(StoredType.values()))));
    if (offsets.size() != 2) {
      throw bad(
          "tensor '%s': data_offsets should be [begin, end], found %s".formatted(name, offsets));
    }
    long begin = offsets.get(0);
    long end = offsets.get(1);
    if (begin > end) {
      throw bad(
          "tensor '%s' begins at %d behind its end %d; %s"
              .formatted(name, begin, end, FETCH_AGAIN));
    }
    if (end > fileSize - dataStart) {
      throw bad(
          "tensor '%s' ends at byte %d of the data, the file has only %d; %s"
              .formatted(name, end, fileSize - dataStart, FETCH_AGAIN));
    }
    long[] dimensions = shape.stream().mapToLong(Long::longValue).toArray();
    long expected = expectedBytes(name, type, dimensions);
    if (expected != end - begin) {
      throw bad(
          "tensor '%s' of %s %s needs %d bytes, its data_offsets hold %d; %s"
              .formatted(name, type, shape, expected, end - begin, FETCH_AGAIN));
    }
    return new TensorInfo(name, type, dimensions, dataStart + begin, expected, file);
  }

  private long expectedBytes(String name, StoredType type, long[] shape) {
    try {
      long bytes = type.bytes();
      for (long size : shape) {
        bytes = Math.multiplyExact(bytes, size);
      }
      return bytes;
    } catch (ArithmeticException e) {
      String text = java.util.Arrays.toString(shape);
      throw bad(
          "tensor '%s' of shape %s is larger than any file; %s".formatted(name, text, FETCH_AGAIN),
          e);
    }
  }

  /** The format wants the tensors to fill the data without overlap and without holes. */
  private void checkLayout() {
    List<TensorInfo> inOrder = new ArrayList<>(tensors.values());
    inOrder.sort(Comparator.comparingLong(TensorInfo::offset).thenComparingLong(TensorInfo::bytes));
    long next = dataStart;
    String before = "the header";
    for (TensorInfo tensor : inOrder) {
      if (tensor.offset() < next) {
        throw bad(
            "the tensors '%s' and '%s' overlap (the second begins %d bytes too early); get another copy of the file"
                .formatted(before, tensor.name(), next - tensor.offset()));
      }
      if (tensor.offset() > next) {
        throw bad(
            "%d unused bytes between '%s' and '%s', the format allows none; get another copy of the file"
                .formatted(tensor.offset() - next, before, tensor.name()));
      }
      next = tensor.offset() + tensor.bytes();
      before = tensor.name();
    }
    if (next != fileSize) {
      throw bad(
          "the tensors end at byte %d, the file has %d; get another copy of the file"
              .formatted(next, fileSize));
    }
  }

  private void expect(JsonReader reader, JsonToken token, String where, String expected)
      throws IOException {
    if (reader.peek() != token) {
      throw bad(
          "'%s' in the header should be %s, found %s".formatted(where, expected, reader.peek()));
    }
  }

  private CheckpointException bad(String what) {
    return bad(what, null);
  }

  private CheckpointException bad(String what, Throwable cause) {
    return new CheckpointException(file + ": " + what + ".", cause);
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName());
  }
}
