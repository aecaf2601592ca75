package dev.headlight.analysis.text;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.headlight.analysis.HeadlightException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What tokenizer.json says about single tokens: spelling, which are added, which are special, how
 * bytes are spelled.
 */
final class Vocabulary {
  private static final int MAX_ID = 1 << 24;

  private final List<String> pieces = new ArrayList<>();
  private final Map<Integer, Boolean> added = new LinkedHashMap<>();
  private final Set<String> parts = new HashSet<>();
  private boolean byteFallback;
  private String wordEnd = "";

  private Vocabulary() {}

  static Vocabulary read(Path file) {
    Vocabulary vocabulary = new Vocabulary();
    try (JsonReader reader = new JsonReader(Files.newBufferedReader(file))) {
      vocabulary.readAll(reader);
    } catch (IOException | JsonParseException | IllegalStateException | NumberFormatException e) {
      throw bad(file, e);
    }
    return vocabulary;
  }

  /** The exception for a tokenizer.json that cannot be understood. */
  static TokenizerException bad(Path file, Throwable cause) {
    String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return new TokenizerException(
        Kind.MODEL,
        "%s: expected a tokenizer as Hugging Face's tokenizers library writes it, found something else (%s); fetch it again, or give ids instead of text."
            .formatted(file, reason),
        cause);
  }

  /** One past the largest id. */
  int size() {
    return pieces.size();
  }

  /** The spelling, or null if there is no such id. */
  String piece(int id) {
    return id >= 0 && id < pieces.size() ? pieces.get(id) : null;
  }

  boolean isAdded(int id) {
    return added.containsKey(id);
  }

  boolean isSpecial(int id) {
    return added.getOrDefault(id, false);
  }

  /** The id of an added token first, else of any piece. */
  OptionalInt idOf(String piece) {
    for (int id : added.keySet()) {
      if (piece.equals(pieces.get(id))) {
        return OptionalInt.of(id);
      }
    }
    int id = pieces.indexOf(piece);
    return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** Pieces spell each byte as one printable character, as GPT-2 does. */
  boolean byteLevel() {
    return parts.contains("ByteLevel");
  }

  /** Pieces such as {@code <0x0A>} stand for one byte. */
  boolean byteFallback() {
    return byteFallback || parts.contains("ByteFallback");
  }

  /** Pieces are whole pieces of words, continued ones marked {@code ##}. */
  boolean wordPiece() {
    return parts.contains("WordPiece");
  }

  /** What marks the end of a word in a piece, such as {@code </w>}; empty if nothing does. */
  String wordEnd() {
    return wordEnd;
  }

  private void readAll(JsonReader reader) throws IOException {
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.nextName()) {
        case "added_tokens" -> readAdded(reader);
        case "pre_tokenizer", "decoder" -> collectTypes(JsonParser.parseReader(reader));
        case "model" -> readModel(reader);
        default -> reader.skipValue();
      }
    }
    reader.endObject();
    if (pieces.isEmpty()) {
      throw new IllegalStateException("it has no vocabulary");
    }
  }

  private void readAdded(JsonReader reader) throws IOException {
    reader.beginArray();
    while (reader.hasNext()) {
      JsonObject token = JsonParser.parseReader(reader).getAsJsonObject();
      if (!token.has("id") || !token.has("content")) {
        throw new IllegalStateException("an added token has no id or no content");
      }
      int id = token.get("id").getAsInt();
      put(token.get("content").getAsString(), id);
      added.put(id, token.has("special") && token.get("special").getAsBoolean());
    }
    reader.endArray();
  }

  private void readModel(JsonReader reader) throws IOException {
    reader.beginObject();
    while (reader.hasNext()) {
      String name = reader.nextName();
      if (name.equals("vocab")) {
        readVocab(reader);
      } else if (name.equals("type") && reader.peek() == JsonToken.STRING) {
        parts.add(reader.nextString());
      } else if (name.equals("byte_fallback") && reader.peek() == JsonToken.BOOLEAN) {
        byteFallback = reader.nextBoolean();
      } else if (name.equals("end_of_word_suffix") && reader.peek() == JsonToken.STRING) {
        wordEnd = reader.nextString();
      } else {
        reader.skipValue();
      }
    }
    reader.endObject();
  }

  private void readVocab(JsonReader reader) throws IOException {
    if (reader.peek() == JsonToken.BEGIN_OBJECT) {
      reader.beginObject();
      while (reader.hasNext()) {
        put(reader.nextName(), reader.nextInt());
      }
      reader.endObject();
      return;
    }
    reader.beginArray(); // Unigram: [piece, score] in the order of the ids
    for (int id = 0; reader.hasNext(); id++) {
      reader.beginArray();
      put(reader.nextString(), id);
      while (reader.hasNext()) {
        reader.skipValue();
      }
      reader.endArray();
    }
    reader.endArray();
  }

  private void put(String piece, int id) {
    if (id < 0 || id > MAX_ID) {
      throw new IllegalStateException("id " + id + " of '" + piece + "' is out of range");
    }
    while (pieces.size() <= id) {
      pieces.add(null);
    }
    if (!added.containsKey(id)) {
      pieces.set(id, piece);
    }
  }

  private void collectTypes(JsonElement element) {
    if (element.isJsonArray()) {
      element.getAsJsonArray().forEach(this::collectTypes);
    } else if (element.isJsonObject()) {
      JsonObject object = element.getAsJsonObject();
      JsonElement type = object.get("type");
      if (type != null && type.isJsonPrimitive()) {
        parts.add(type.getAsString());
      }
      object.asMap().values().forEach(this::collectTypes);
    }
  }
}
