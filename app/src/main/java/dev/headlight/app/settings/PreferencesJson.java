package dev.headlight.app.settings;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.headlight.analysis.model.Residency;
import dev.headlight.renderer.ValueScale;
import java.util.Arrays;
import java.util.Locale;

/** Preferences as JSON; a value that is not known counts as not chosen. */
final class PreferencesJson {
  private PreferencesJson() {}

  static JsonObject write(Preferences p) {
    JsonObject json = new JsonObject();
    json.addProperty("scale", name(p.scale()));
    json.addProperty("textSize", p.textSize());
    json.addProperty("device", p.device());
    json.addProperty("residency", name(p.residency()));
    json.addProperty("memoryShare", p.memoryShare());
    json.addProperty("threads", p.threads());
    json.addProperty("openLast", p.openLast());
    json.addProperty("hints", p.hints());
    return json;
  }

  static Preferences read(JsonElement element) {
    Preferences first = Preferences.first();
    if (element == null || !element.isJsonObject()) {
      return first;
    }
    JsonObject json = element.getAsJsonObject();
    return new Preferences(
        value(json, "scale", first.scale(), ValueScale.Kind.values()),
        json.has("textSize") ? json.get("textSize").getAsDouble() : first.textSize(),
        json.has("device") ? json.get("device").getAsString() : first.device(),
        value(json, "residency", first.residency(), Residency.values()),
        json.has("memoryShare") ? json.get("memoryShare").getAsDouble() : first.memoryShare(),
        json.has("threads") ? json.get("threads").getAsInt() : first.threads(),
        json.has("openLast") ? json.get("openLast").getAsBoolean() : first.openLast(),
        json.has("hints") ? json.get("hints").getAsBoolean() : first.hints());
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static <T extends Enum<T>> T value(JsonObject json, String key, T first, T[] values) {
    String text = json.has(key) ? json.get(key).getAsString() : "";
    return Arrays.stream(values).filter(v -> name(v).equals(text)).findFirst().orElse(first);
  }
}
