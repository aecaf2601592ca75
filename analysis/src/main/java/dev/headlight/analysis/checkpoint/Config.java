package dev.headlight.analysis.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A read-only view of config.json (or of another JSON object beside it, or of an object inside it).
 *
 * <p>Null is not the same as absent: {@link #has} is true for a field that is null, {@link #isNull}
 * tells. The getters with a default return it for both; where the difference matters ask first. A
 * field of the wrong kind is always an error that names file and field, never the default.
 */
public final class Config {
  private static final List<String> NOT_FINITE = List.of("Infinity", "-Infinity", "NaN");

  private final Path file;
  private final String prefix;
  private final JsonObject json;

  private Config(Path file, String prefix, JsonObject json) {
    this.file = file;
    this.prefix = prefix;
    this.json = json;
  }

  /**
   * Reads a JSON object from a file.
   *
   * @throws CheckpointException if it cannot be read or is not a JSON object
   */
  public static Config read(Path file) {
    try {
      return parse(file, Files.readString(file));
    } catch (CharacterCodingException e) {
      throw new CheckpointException(
          file + ": should be JSON in UTF-8, found other bytes; fetch it again.", e);
    } catch (IOException e) {
      throw new CheckpointException(FileProblems.cannotRead(file, e), e);
    }
  }

  /**
   * Reads a JSON object from text.
   *
   * @param file named in errors
   */
  public static Config parse(Path file, String text) {
    try {
      JsonElement element = JsonParser.parseString(text);
      if (!element.isJsonObject()) {
        throw new CheckpointException(
            file + ": should be a JSON object, found " + kind(element) + "; fetch it again.");
      }
      return new Config(file, "", element.getAsJsonObject());
    } catch (JsonParseException | StackOverflowError e) {
      throw new CheckpointException(
          file
              + ": is not valid JSON ("
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
              + "); fetch it again.",
          e);
    }
  }

  /** The same with these values where a field is absent; null stays null. */
  public Config withDefaults(Map<String, ? extends Object> values) {
    JsonObject whole = json.deepCopy();
    values.forEach(
        (name, value) -> {
          if (!whole.has(name)) {
            whole.add(name, JsonParser.parseString(String.valueOf(value)));
          }
        });
    return new Config(file, prefix, whole);
  }

  /** The file this view reads. */
  public Path file() {
    return file;
  }

  /** The field names, in the file's order. */
  public Set<String> names() {
    return Collections.unmodifiableSet(json.keySet());
  }

  /** Whether the field is there, be it null. */
  public boolean has(String name) {
    return json.has(name);
  }

  /** Whether the field is there and null. */
  public boolean isNull(String name) {
    return json.has(name) && json.get(name).isJsonNull();
  }

  /** Whether the field is there and not null. */
  public boolean hasValue(String name) {
    return json.has(name) && !json.get(name).isJsonNull();
  }

  /** A text, or the default where the field is absent or null. */
  public String string(String name, String fallback) {
    return optionalString(name).orElse(fallback);
  }

  /** A whole number, or the default where the field is absent or null. */
  public int intValue(String name, int fallback) {
    return optionalInt(name).orElse(fallback);
  }

  /** A whole number, or the default where the field is absent or null. */
  public long longValue(String name, long fallback) {
    return hasValue(name) ? whole(name, json.get(name)) : fallback;
  }

  /** A number, or the default where the field is absent or null. */
  public double number(String name, double fallback) {
    return optionalNumber(name).orElse(fallback);
  }

  /** True or false, or the default where the field is absent or null. */
  public boolean bool(String name, boolean fallback) {
    if (!hasValue(name)) {
      return fallback;
    }
    JsonElement element = json.get(name);
    if (!(element instanceof JsonPrimitive primitive) || !primitive.isBoolean()) {
      throw wrongKind(name, "true or false", element);
    }
    return primitive.getAsBoolean();
  }

  /** A text; empty where the field is absent or null. */
  public Optional<String> optionalString(String name) {
    return hasValue(name) ? Optional.of(text(name, json.get(name))) : Optional.empty();
  }

  /** A whole number; empty where the field is absent or null. */
  public OptionalInt optionalInt(String name) {
    return hasValue(name) ? OptionalInt.of(wholeInt(name, json.get(name))) : OptionalInt.empty();
  }

  /** A number; empty where the field is absent or null. */
  public OptionalDouble optionalNumber(String name) {
    return hasValue(name)
        ? OptionalDouble.of(decimal(name, json.get(name)))
        : OptionalDouble.empty();
  }

  /** A text that must be there. */
  public String requireString(String name) {
    return text(name, require(name, "a text"));
  }

  /** A whole number that must be there. */
  public int requireInt(String name) {
    return wholeInt(name, require(name, "a whole number"));
  }

  /**
   * A whole number of 1 or more that must be there, such as a count of layers.
   *
   * @throws CheckpointException if it is missing, of another kind, or below 1
   */
  public int requirePositive(String name) {
    int value = requireInt(name);
    if (value < 1) {
      throw new CheckpointException(
          "%s: %s should be 1 or more, found %d.".formatted(file, prefix + name, value));
    }
    return value;
  }

  /** A number that must be there. */
  public double requireNumber(String name) {
    return decimal(name, require(name, "a number"));
  }

  /**
   * An object inside this one; empty where the field is absent or null. Its errors name the whole
   * path.
   */
  public Optional<Config> object(String name) {
    if (!hasValue(name)) {
      return Optional.empty();
    }
    JsonElement element = json.get(name);
    if (!element.isJsonObject()) {
      throw wrongKind(name, "an object", element);
    }
    return Optional.of(new Config(file, prefix + name + ".", element.getAsJsonObject()));
  }

  /** An object inside this one that must be there. */
  public Config requireObject(String name) {
    require(name, "an object");
    return object(name).orElseThrow();
  }

  /**
   * Whole numbers; empty where the field is absent or null. A single number counts as a list of
   * one.
   */
  public List<Integer> intList(String name) {
    List<Integer> values = new ArrayList<>();
    for (JsonElement element : elements(name)) {
      values.add(wholeInt(name, element));
    }
    return Collections.unmodifiableList(values);
  }

  /** Numbers; empty where the field is absent or null. A single number counts as a list of one. */
  public List<Double> numberList(String name) {
    List<Double> values = new ArrayList<>();
    for (JsonElement element : elements(name)) {
      values.add(decimal(name, element));
    }
    return Collections.unmodifiableList(values);
  }

  /** Texts; empty where the field is absent or null. A single text counts as a list of one. */
  public List<String> stringList(String name) {
    List<String> values = new ArrayList<>();
    for (JsonElement element : elements(name)) {
      values.add(text(name, element));
    }
    return Collections.unmodifiableList(values);
  }

  /** Objects; empty where the field is absent or null. A single object counts as a list of one. */
  public List<Config> objectList(String name) {
    List<Config> values = new ArrayList<>();
    for (JsonElement element : elements(name)) {
      if (!element.isJsonObject()) {
        throw wrongKind(name, "an object", element);
      }
      values.add(new Config(file, prefix + name + ".", element.getAsJsonObject()));
    }
    return Collections.unmodifiableList(values);
  }

  /** Whether the field is a list. */
  public boolean isList(String name) {
    return has(name) && json.get(name).isJsonArray();
  }

  /** Whether the field is an object (and not a text, a number, a list, null or absent). */
  public boolean isObject(String name) {
    return has(name) && json.get(name).isJsonObject();
  }

  /**
   * The {@code model_type}, which chooses the family.
   *
   * @throws CheckpointException if there is none
   */
  public String modelType() {
    return requireString("model_type");
  }

  /** The first of {@code architectures}; empty if none is named. */
  public Optional<String> architecture() {
    return stringList("architectures").stream().findFirst();
  }

  /**
   * The exception for a value nobody has taught us.
   *
   * @param found what the file says
   * @param supported what would have been understood
   */
  public CheckpointException unsupported(String field, String found, List<String> supported) {
    return new CheckpointException(
        "%s: %s is '%s', which is not supported; supported: %s."
            .formatted(file, prefix + field, found, String.join(", ", supported)));
  }

  private JsonElement require(String name, String expected) {
    if (!hasValue(name)) {
      String found = has(name) ? "null" : "no such field";
      throw new CheckpointException(
          "%s: %s should be %s, found %s; the file belongs to another kind of model or is incomplete."
              .formatted(file, prefix + name, expected, found));
    }
    return json.get(name);
  }

  private List<JsonElement> elements(String name) {
    if (!hasValue(name)) {
      return List.of();
    }
    JsonElement element = json.get(name);
    return element instanceof JsonArray array ? array.asList() : List.of(element);
  }

  private String text(String name, JsonElement element) {
    if (!(element instanceof JsonPrimitive primitive) || !primitive.isString()) {
      throw wrongKind(name, "a text", element);
    }
    return primitive.getAsString();
  }

  private int wholeInt(String name, JsonElement element) {
    long value = whole(name, element);
    if (value != (int) value) {
      throw wrongKind(name, "a whole number of 32 bits", element);
    }
    return (int) value;
  }

  private long whole(String name, JsonElement element) {
    try {
      return new BigDecimal(numberText(name, element)).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw wrongKind(name, "a whole number", element);
    }
  }

  private double decimal(String name, JsonElement element) {
    // Python writes these three into JSON without quotes; the parser hands them over as texts.
    boolean special =
        element instanceof JsonPrimitive primitive && NOT_FINITE.contains(primitive.getAsString());
    return Double.parseDouble(special ? element.getAsString() : numberText(name, element));
  }

  private String numberText(String name, JsonElement element) {
    if (!(element instanceof JsonPrimitive primitive) || !primitive.isNumber()) {
      throw wrongKind(name, "a number", element);
    }
    return primitive.getAsString();
  }

  private CheckpointException wrongKind(String name, String expected, JsonElement found) {
    return new CheckpointException(
        "%s: %s should be %s, found %s.".formatted(file, prefix + name, expected, kind(found)));
  }

  private static String kind(JsonElement element) {
    if (element.isJsonObject()) {
      return "an object";
    }
    if (element.isJsonArray()) {
      return "a list";
    }
    String text = element.toString();
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
