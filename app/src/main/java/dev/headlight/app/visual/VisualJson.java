package dev.headlight.app.visual;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.image.Picture;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.analysis.vision.HeadDivergence;
import dev.headlight.analysis.vision.ImageShare;
import dev.headlight.analysis.vision.SpatialStrength;
import dev.headlight.app.session.FiniteNumbers;
import dev.headlight.app.session.InterventionTexts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a visual pane has found beside its look, as a document of a session, so that it need not be
 * asked again. An answer is kept under its question, whose first word says what it is.
 */
final class VisualJson {
  private static final Logger LOG = LoggerFactory.getLogger(VisualJson.class);

  private static final int SAMPLES = 4096;

  /** What is kept, by the first word of its question. */
  private static final Map<String, Class<?>> KINDS = kinds();

  private static final Gson GSON =
      new GsonBuilder()
          .registerTypeAdapter(double.class, new FiniteNumbers())
          .registerTypeAdapter(Double.class, new FiniteNumbers())
          .registerTypeAdapter(float[].class, new Floats().nullSafe())
          .registerTypeHierarchyAdapter(Intervention.class, new InterventionTexts().nullSafe())
          .registerTypeAdapter(VisualChange.class, text(VisualChange::text, VisualChange::parse))
          .registerTypeAdapter(LayerSpread.class, text(LayerSpread::text, LayerSpread::parse))
          .serializeNulls()
          .create();

  private VisualJson() {}

  private static Map<String, Class<?>> kinds() {
    Map<String, Class<?>> kinds = new LinkedHashMap<>();
    kinds.put("sinks", Sunk.class);
    kinds.put("shares", ImageShare.class);
    kinds.put("distances", SpatialStrength.class);
    kinds.put("vhd", HeadDivergence.class);
    kinds.put("rollout", float[].class);
    kinds.put("relevancy", float[].class);
    kinds.put("effect", Effect.class);
    kinds.put("curve", LayerCurve.class);
    return kinds;
  }

  private static Optional<Class<?>> kind(String question) {
    return Optional.ofNullable(KINDS.get(question.split(" ", 2)[0]));
  }

  /** Whose answers they are: what was read, and which side looked. */
  private static JsonObject look(Looked looked) {
    JsonObject json = new JsonObject();
    json.addProperty("side", looked.side().name());
    json.addProperty("at", looked.at().written());
    JsonArray tokens = new JsonArray();
    Arrays.stream(looked.tokens()).forEach(tokens::add);
    json.add("tokens", tokens);
    JsonArray changes = new JsonArray();
    looked.ask().changes().forEach(c -> changes.add(c.text()));
    json.add("changes", changes);
    JsonArray pictures = new JsonArray();
    looked.ask().pictures().forEach(p -> pictures.add(sampled(p)));
    json.add("pictures", pictures);
    return json;
  }

  /** Tells pictures apart without reading all of a large one. */
  private static int sampled(Picture picture) {
    int hash = 31 * picture.width() + picture.height();
    int step = Math.max(1, picture.rgb().length / SAMPLES);
    for (int i = 0; i < picture.rgb().length; i += step) {
      hash = 31 * hash + picture.rgb()[i];
    }
    return hash;
  }

  /** What is known; empty where nothing is that a session keeps. */
  static Optional<JsonElement> write(Looked looked, Map<String, Object> answers) {
    JsonObject found = new JsonObject();
    answers.forEach(
        (question, answer) -> {
          if (kind(question).isPresent() && whole(answer)) {
            put(found, question, answer);
          }
        });
    if (found.size() == 0) {
      return Optional.empty();
    }
    JsonObject document = new JsonObject();
    document.add("look", look(looked));
    document.add("found", found);
    return Optional.of(document);
  }

  private static boolean whole(Object answer) {
    return !(answer instanceof LayerCurve curve) || curve.complete();
  }

  private static void put(JsonObject found, String question, Object answer) {
    found.add(question, GSON.toJsonTree(answer, kind(question).orElseThrow()));
  }

  /** Whether a document is of a look. */
  static boolean of(JsonElement document, Looked looked) {
    return document.isJsonObject() && look(looked).equals(document.getAsJsonObject().get("look"));
  }

  /** The answers of a document; those that say something else are left out. */
  static Map<String, Object> read(JsonElement document, Looked looked) {
    Map<String, Object> answers = new LinkedHashMap<>();
    if (document.getAsJsonObject().get("found") instanceof JsonObject found) {
      for (Map.Entry<String, JsonElement> entry : found.entrySet()) {
        try {
          kind(entry.getKey())
              .map(k -> (Object) GSON.fromJson(entry.getValue(), k))
              .filter(answer -> fits(answer, looked))
              .ifPresent(answer -> answers.put(entry.getKey(), answer));
        } catch (JsonParseException
            | IllegalArgumentException
            | IllegalStateException
            | NullPointerException
            | HeadlightException e) {
          LOG.debug("A session holds what is no finding; it can be found again", e);
        }
      }
    }
    return answers;
  }

  /** Whether the sides of an answer are those of the look. */
  private static boolean fits(Object answer, Looked looked) {
    if (answer instanceof Sunk sunk) {
      return sized(sunk.sinks().phi(), looked.layers(), looked.length());
    }
    if (answer instanceof ImageShare share) {
      return sized(share.textToImage(), looked.layers(), looked.heads())
          && sized(share.textToText(), looked.layers(), looked.heads())
          && sized(share.imageToImage(), looked.layers(), looked.heads());
    }
    if (answer instanceof SpatialStrength strength) {
      return sized(strength.distance(), looked.layers(), looked.heads())
          && strength.strength().size(0) == looked.layers()
          && strength.strength().size(1) == looked.heads();
    }
    if (answer instanceof HeadDivergence divergence) {
      return sized(divergence.divergence(), looked.layers(), looked.heads());
    }
    if (answer instanceof LayerCurve curve) {
      return curve.layers() == looked.layers();
    }
    return !(answer instanceof float[] row) || row.length == looked.length();
  }

  private static boolean sized(Tensor tensor, int rows, int columns) {
    return tensor.size(0) == rows && tensor.size(1) == columns;
  }

  /** What has a text form of its own. */
  private static <T> TypeAdapter<T> text(Function<T, String> write, Function<String, T> read) {
    return new TypeAdapter<T>() {
      @Override
      public void write(JsonWriter out, T value) throws IOException {
        out.value(write.apply(value));
      }

      @Override
      public T read(JsonReader in) throws IOException {
        return read.apply(in.nextString());
      }
    }.nullSafe();
  }

  /** Many numbers, as big-endian floats in base 64: exact, short, with those JSON lacks. */
  private static final class Floats extends TypeAdapter<float[]> {
    @Override
    public void write(JsonWriter out, float[] values) throws IOException {
      ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
      for (float value : values) {
        bytes.putFloat(value);
      }
      out.value(Base64.getEncoder().encodeToString(bytes.array()));
    }

    @Override
    public float[] read(JsonReader in) throws IOException {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(in.nextString()));
      float[] values = new float[bytes.remaining() / Float.BYTES];
      for (int i = 0; i < values.length; i++) {
        values[i] = bytes.getFloat();
      }
      return values;
    }
  }
}
