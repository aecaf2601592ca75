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
import java.util.Arrays;
import java.util.List;

/**
 * A tokens file: {@code {"sequences": [[ids], …]}}, with {@code "tokenTypes"} and {@code
 * "attentionMask"} of the same shape where a model takes them.
 */
final class TokensFile {
  private static final String FORM = "{\"sequences\": [[1, 2, 3], …]}";

  private final Path file;

  private TokensFile(Path file) {
    this.file = file;
  }

  /** The sequences of a file for a text model. */
  static List<int[]> read(Path file) {
    return read(file, false);
  }

  /**
   * The sequences of a file.
   *
   * @param masks whether the model takes an attention mask that hides padding
   */
  static List<int[]> read(Path file, boolean masks) {
    return new TokensFile(file).read(masks);
  }

  /** Which tokens the attention mask hides, one list a sequence; empty where it hides none. */
  static List<boolean[]> hidden(Path file) {
    TokensFile tokens = new TokensFile(file);
    JsonObject root = tokens.root();
    List<boolean[]> hidden = new ArrayList<>();
    boolean any = false;
    for (int[] mask : root.has("attentionMask") ? tokens.masks(root) : List.<int[]>of()) {
      boolean[] row = new boolean[mask.length];
      for (int i = 0; i < row.length; i++) {
        row[i] = mask[i] == 0;
        any |= row[i];
      }
      hidden.add(row);
    }
    return any ? hidden : List.of();
  }

  private List<int[]> masks(JsonObject root) {
    return lists(root, "attentionMask", "mask");
  }

  /** Types of the tokens, one list a sequence; empty where the file has none. */
  static List<int[]> types(Path file) {
    TokensFile tokens = new TokensFile(file);
    JsonObject root = tokens.root();
    return root.has("tokenTypes") ? tokens.lists(root, "tokenTypes", "types") : List.of();
  }

  private List<int[]> lists(JsonObject root, String key, String row) {
    List<int[]> lists = new ArrayList<>();
    for (JsonElement element : array(root.get(key), key)) {
      String name = row + " " + lists.size();
      lists.add(ids(array(element, name), name));
    }
    return lists;
  }

  private List<int[]> read(boolean masks) {
    JsonObject root = root();
    List<int[]> sequences = lists(root, "sequences", "sequence");
    if (sequences.isEmpty()) {
      throw wrong("\"sequences\" is empty; give at least one sequence of ids", null);
    }
    if (!masks) {
      refuseMasks(root);
    }
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

  /** Sequences run one by one and need no padding, so a mask that hides something is a mistake. */
  private void refuseMasks(JsonObject root) {
    if (!root.has("attentionMask")) {
      return;
    }
    for (int[] row : masks(root)) {
      if (Arrays.stream(row).anyMatch(value -> value != 1)) {
        throw wrong(
            "\"attentionMask\" hides tokens, which text models here do not take; leave the padding out",
            null);
      }
    }
  }

  private HeadlightException wrong(String problem, Exception cause) {
    return InputFiles.input(file, problem, cause);
  }
}
