package dev.headlight.app.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.headlight.analysis.HeadlightException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A tokens file: {@code {"sequences": [[ids], …]}}. */
final class TokensFile {
  private static final String FORM = "{\"sequences\": [[1, 2, 3], …]}";

  private final Path file;

  private TokensFile(Path file) {
    this.file = file;
  }

  /** The sequences of a file. */
  static List<int[]> read(Path file) {
    return new TokensFile(file).read();
  }

  private List<int[]> read() {
    JsonObject root = root();
    List<int[]> sequences = new ArrayList<>();
    for (JsonElement row : array(root.get("sequences"), "sequences")) {
      String name = "sequence " + sequences.size();
      sequences.add(ids(array(row, name), name));
    }
    if (sequences.isEmpty()) {
      throw wrong("\"sequences\" is empty; give at least one sequence of ids", null);
    }
    refuse(root, "tokenTypes", 0, "token types");
    refuse(root, "attentionMask", 1, "masked tokens");
    return sequences;
  }

  private JsonObject root() {
    try {
      JsonElement root = JsonParser.parseString(InputFiles.text(file));
      if (root.isJsonObject() && root.getAsJsonObject().has("sequences")) {
        return root.getAsJsonObject();
      }
    } catch (JsonParseException e) {
      throw wrong("expected " + FORM + ", found no sound JSON", e);
    }
    throw wrong("expected " + FORM + ", found no \"sequences\"", null);
  }

  private JsonArray array(JsonElement element, String what) {
    if (element == null || !element.isJsonArray()) {
      throw wrong(what + ": expected a list, found " + element, null);
    }
    return element.getAsJsonArray();
  }

  private int[] ids(JsonArray row, String name) {
    int[] ids = new int[row.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = number(row.get(i), name + ", token " + i);
    }
    return ids;
  }

  private int number(JsonElement element, String what) {
    try {
      if (element.isJsonPrimitive() && element.getAsJsonPrimitive().isNumber()) {
        return new BigDecimal(element.getAsString()).intValueExact();
      }
    } catch (ArithmeticException e) {
      throw wrong(what + ": expected a whole number, found " + element, e);
    }
    throw wrong(what + ": expected a whole number, found " + element, null);
  }

  /** The families here read neither, so anything but the neutral value would be a silent lie. */
  private void refuse(JsonObject root, String key, int neutral, String what) {
    if (!root.has(key)) {
      return;
    }
    for (JsonElement row : array(root.get(key), key)) {
      for (int value : ids(array(row, key), key)) {
        if (value != neutral) {
          throw wrong("\"" + key + "\": this model takes no " + what + "; leave it out", null);
        }
      }
    }
  }

  private HeadlightException wrong(String problem, Exception cause) {
    return InputFiles.input(file, problem, cause);
  }
}
