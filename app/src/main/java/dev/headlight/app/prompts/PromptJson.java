package dev.headlight.app.prompts;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.ChatMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A prompt as JSON: {@code {"schema": 1, "name": …, "text": …, "messages": [{"role": …, "content":
 * …}, …], "bos": "default|on|off", "notes": …}}; a content may be a list of texts and pictures,
 * {@code {"type": "text", "text": …}} and {@code {"type": "image"}}. Keys that are not known are
 * left alone; a list alone counts as messages.
 */
public final class PromptJson {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
  private static final int SCHEMA = 1;
  private static final String FORM =
      "{\"messages\": [{\"role\": \"user\", \"content\": \"…\"}, …]}";

  private final String place;

  private PromptJson(String place) {
    this.place = place;
  }

  /**
   * Reads a prompt.
   *
   * @param place named in errors
   * @param json a prompt, or a list of messages
   * @throws HeadlightException (INPUT) naming the place and what is wrong with it
   */
  public static SavedPrompt read(String place, String json) {
    return new PromptJson(place).read(json);
  }

  /**
   * Reads the turns of a conversation.
   *
   * @throws HeadlightException (INPUT) also if there are none
   */
  public static List<ChatMessage> messages(String place, String json) {
    List<ChatMessage> messages = read(place, json).messages();
    if (messages.isEmpty()) {
      throw new PromptJson(place).wrong("expected " + FORM + ", found no messages", null);
    }
    return messages;
  }

  /** The prompt as a file has it. */
  public static String write(SavedPrompt prompt) {
    JsonObject root = new JsonObject();
    root.addProperty("schema", SCHEMA);
    root.addProperty("name", prompt.name());
    root.addProperty("text", prompt.text());
    if (prompt.chat()) {
      root.add("messages", GSON.toJsonTree(prompt.messages()));
    }
    root.addProperty("bos", prompt.bos().name().toLowerCase(Locale.ROOT));
    root.addProperty("notes", prompt.notes());
    return GSON.toJson(root) + "\n";
  }

  private SavedPrompt read(String json) {
    JsonElement root = parse(json);
    if (root.isJsonArray()) {
      return new SavedPrompt("", "", messages(root.getAsJsonArray()), Bos.DEFAULT, "");
    }
    if (!root.isJsonObject()) {
      throw wrong("expected " + FORM + ", found " + root, null);
    }
    JsonObject object = root.getAsJsonObject();
    checkSchema(object);
    JsonElement list = object.get("messages");
    if (list != null && !list.isJsonArray()) {
      throw wrong("\"messages\": expected a list, found " + list, null);
    }
    return new SavedPrompt(
        text(object, "name", "prompt", ""),
        text(object, "text", "prompt", ""),
        list == null ? List.of() : messages(list.getAsJsonArray()),
        bos(text(object, "bos", "prompt", "default")),
        text(object, "notes", "prompt", ""));
  }

  private JsonElement parse(String json) {
    try {
      return JsonParser.parseString(json);
    } catch (JsonParseException | StackOverflowError e) {
      throw wrong("expected " + FORM + ", found no sound JSON", e);
    }
  }

  private void checkSchema(JsonObject object) {
    JsonElement schema = object.get("schema");
    if (schema != null && !schema.toString().equals(Integer.toString(SCHEMA))) {
      throw wrong(
          "\"schema\" is " + schema + ", this version reads " + SCHEMA + "; a newer Headlight may",
          null);
    }
  }

  private List<ChatMessage> messages(JsonArray list) {
    List<ChatMessage> messages = new ArrayList<>();
    for (JsonElement element : list) {
      String name = "message " + messages.size();
      if (!element.isJsonObject()) {
        throw wrong(name + ": expected {\"role\": …, \"content\": …}, found " + element, null);
      }
      JsonObject message = element.getAsJsonObject();
      messages.add(new ChatMessage(text(message, "role", name, null), content(message, name)));
    }
    return messages;
  }

  /** A text, or a list of texts and pictures as chat templates of vision models take it. */
  private String content(JsonObject message, String name) {
    if (!(message.get("content") instanceof JsonArray parts)) {
      return text(message, "content", name, null);
    }
    StringBuilder content = new StringBuilder();
    for (JsonElement part : parts) {
      String type = part instanceof JsonObject object ? text(object, "type", name, "") : "";
      if (type.equals("text")) {
        content.append(text(part.getAsJsonObject(), "text", name, null));
      } else if (type.equals("image")) {
        content.append(ChatMessage.PICTURE);
      } else {
        throw wrong(
            name
                + ": \"content\": expected {\"type\": \"text\", \"text\": …} or {\"type\": \"image\"}, found "
                + part,
            null);
      }
    }
    return content.toString();
  }

  private String text(JsonObject object, String key, String owner, String fallback) {
    JsonElement value = object.get(key);
    if (value == null && fallback != null) {
      return fallback;
    }
    if (value == null
        || !value.isJsonPrimitive()
        || !value.getAsJsonPrimitive().isString()
        || (key.equals("role") && value.getAsString().isBlank())) {
      String found = value == null ? "nothing" : value.toString();
      throw wrong("%s: \"%s\": expected a text, found %s".formatted(owner, key, found), null);
    }
    return value.getAsString();
  }

  private Bos bos(String text) {
    return Arrays.stream(Bos.values())
        .filter(b -> b.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(() -> wrong("\"bos\": expected default, on or off, found " + text, null));
  }

  private HeadlightException wrong(String problem, Throwable cause) {
    String shown = problem.length() > 300 ? problem.substring(0, 300) + "…" : problem;
    return new HeadlightException(Kind.INPUT, place + ": " + shown + ".", cause);
  }
}
