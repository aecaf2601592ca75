package dev.headlight.analysis.parity;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.headlight.analysis.checkpoint.CheckpointException;
import dev.headlight.analysis.checkpoint.SafetensorsFile;
import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.image.StoredPixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file of reference values, with what is said beside it. */
final class ParityReference implements AutoCloseable {
  static final String IDS = "input_ids";
  static final String TYPES = "token_type_ids";
  static final String MASK = "attention_mask";
  static final String LOGITS = "logits";
  static final String PATTERN = "attentions.";
  static final String STATE = "hidden_states.";

  private static final Logger LOG = LoggerFactory.getLogger(ParityReference.class);

  private final SafetensorsFile values;
  private int layers;

  private ParityReference(SafetensorsFile values) {
    this.values = values;
  }

  static ParityReference open(Path file) {
    return new ParityReference(SafetensorsFile.open(file));
  }

  Path file() {
    return values.path();
  }

  boolean has(String name) {
    return values.has(name);
  }

  /** Notes how many layers the model has, and refuses a file that has more. */
  void requireLayers(int count) {
    layers = count;
    if (has(PATTERN + count) || has(STATE + (count + 1))) {
      throw new CheckpointException(
          "%s: has values of layer %d, the model's layers end at %d; the file belongs to another model."
              .formatted(file(), count, count - 1));
    }
  }

  boolean hasPatterns(String prompt) {
    return values.names().stream().anyMatch(n -> n.startsWith(prompt + PATTERN));
  }

  /** Whether there is a state after every layer; some classes hand out fewer. */
  boolean hasStates(String prompt) {
    return has(prompt + STATE + layers);
  }

  int[] ids(String prompt) {
    if (!has(prompt + IDS)) {
      throw new CheckpointException(
          file() + ": expected the prompt as " + prompt + IDS + " [T], found none; store it too.");
    }
    return ints(prompt + IDS);
  }

  /** The first prompt of several, as models with two towers are given. */
  int[] firstIds() {
    if (!has(IDS)) {
      return ids("");
    }
    long[] shape = values.info(IDS).shape();
    int[] all = Arrays.stream(values.longs(IDS)).mapToInt(Math::toIntExact).toArray();
    return Arrays.copyOf(all, (int) shape[shape.length - 1]);
  }

  /** Padding of the first prompt. */
  boolean[] firstHidden(int length) {
    boolean[] hidden = new boolean[length];
    long[] mask = has(MASK) ? values.longs(MASK) : new long[0];
    for (int i = 0; i < Math.min(length, mask.length); i++) {
      hidden[i] = mask[i] == 0;
    }
    return hidden;
  }

  /** What the processor made of the picture. */
  Pixels pixels() {
    return StoredPixels.read(values);
  }

  int[] types(String prompt) {
    return ints(prompt + TYPES);
  }

  private int[] ints(String name) {
    shape(name, 1);
    long[] stored = values.longs(name);
    int[] ints = new int[stored.length];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = (int) stored[i];
      if (ints[i] != stored[i]) {
        throw new CheckpointException(
            "%s: %s holds %d at %d, which is no id; make the file again."
                .formatted(file(), name, stored[i], i));
      }
    }
    return ints;
  }

  /** A tensor's shape with so many axes: a batch axis of one in front is left out. */
  long[] shape(String name, int axes) {
    long[] shape = values.info(name).shape();
    boolean batch = shape.length == axes + 1 && shape[0] == 1;
    long[] rest = batch ? Arrays.copyOfRange(shape, 1, shape.length) : shape;
    if (rest.length != axes) {
      throw new CheckpointException(
          "%s: %s has shape %s, expected %d axes; make the file again."
              .formatted(file(), name, Arrays.toString(shape), axes));
    }
    return rest;
  }

  float[] floats(String name) {
    return values.floats(name);
  }

  /** What made the values, as {@code versions} of the JSON file of the same name says. */
  String madeWith() {
    String name = String.valueOf(file().getFileName()).replaceAll("(?i)\\.safetensors$", ".json");
    Path json = file().resolveSibling(name);
    if (!Files.isRegularFile(json)) {
      return "";
    }
    try {
      JsonObject info = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
      JsonElement versions = info.get("versions");
      return versions == null
          ? ""
          : versions.getAsJsonObject().entrySet().stream()
              .map(e -> e.getKey() + " " + e.getValue().getAsString())
              .collect(Collectors.joining(", "));
    } catch (IOException
        | JsonParseException
        | IllegalStateException
        | UnsupportedOperationException e) {
      LOG.info("{} is passed over: {}", json, e.getMessage());
      return "";
    }
  }

  @Override
  public void close() {
    values.close();
  }
}
