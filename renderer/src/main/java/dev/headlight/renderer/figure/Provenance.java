package dev.headlight.renderer.figure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a figure's numbers come from: model, hash, prompt, interventions, settings, version.
 *
 * @param entries by key, in the order in which they are written
 */
public record Provenance(Map<String, String> entries) {

  /** Copies the map and keeps its order. */
  public Provenance {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /** No statement. */
  public static Provenance none() {
    return new Provenance(Map.of());
  }

  /** The entries as one JSON object of strings. */
  public String toJson() {
    StringBuilder json = new StringBuilder("{");
    entries.forEach(
        (key, value) -> {
          json.append(json.length() > 1 ? "," : "");
          quote(key, json);
          json.append(':');
          quote(value, json);
        });
    return json.append('}').toString();
  }

  private static void quote(String text, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || (Character.isSurrogate(c) && !Text.isPaired(text, i))) {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
