package dev.headlight.analysis.retrieval;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file of other people's numbers, with messages that name the file and the entry. */
final class JsonInput {
  private final Path file;

  JsonInput(Path file) {
    this.file = file;
  }

  /** The file's text. */
  String text() {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw wrong("expected UTF-8 text, found other bytes; save it as UTF-8", e);
    } catch (NoSuchFileException e) {
      throw wrong("there is no such file; check the path", e);
    } catch (IOException e) {
      throw wrong("cannot be read (" + e.getMessage() + "); check its permissions", e);
    }
  }

  /** The file as a JSON object. */
  JsonObject object(String form) {
    try {
      JsonElement root = JsonParser.parseString(text());
      if (root.isJsonObject()) {
        return root.getAsJsonObject();
      }
    } catch (JsonParseException e) {
      throw wrong("expected " + form + ", found no sound JSON", e);
    }
    throw wrong("expected " + form + ", found another JSON value", null);
  }

  JsonArray array(JsonElement element, String what) {
    if (element == null || !element.isJsonArray()) {
      throw expected(what, "a list", element);
    }
    return element.getAsJsonArray();
  }

  JsonObject object(JsonElement element, String what) {
    if (element == null || !element.isJsonObject()) {
      throw expected(what, "an object", element);
    }
    return element.getAsJsonObject();
  }

  int whole(JsonElement element, String what) {
    try {
      if (isNumber(element)) {
        return new BigDecimal(element.getAsString()).intValueExact();
      }
    } catch (ArithmeticException e) {
      throw wrong(what + ": expected a whole number, found " + element, e);
    }
    throw expected(what, "a whole number", element);
  }

  double number(JsonElement element, String what) {
    if (!isNumber(element)) {
      throw expected(what, "a number", element);
    }
    return element.getAsDouble();
  }

  String string(JsonElement element, String what) {
    boolean text =
        element != null
            && element.isJsonPrimitive()
            && element.getAsJsonPrimitive().isString()
            && !element.getAsString().isBlank();
    if (!text) {
      throw expected(what, "a text", element);
    }
    return element.getAsString();
  }

  int[] ids(JsonElement element, String what) {
    JsonArray list = array(element, what);
    int[] ids = new int[list.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = whole(list.get(i), what + ", token " + i);
    }
    return ids;
  }

  private static boolean isNumber(JsonElement element) {
    return element != null && element.isJsonPrimitive() && element.getAsJsonPrimitive().isNumber();
  }

  private HeadlightException expected(String what, String form, JsonElement found) {
    String text = found == null ? "nothing" : found.toString();
    String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
    return wrong(what + ": expected " + form + ", found " + shown, null);
  }

  HeadlightException wrong(String problem, Exception cause) {
    return new HeadlightException(Kind.INPUT, file + ": " + problem + ".", cause);
  }
}
