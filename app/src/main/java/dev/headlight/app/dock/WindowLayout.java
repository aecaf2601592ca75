package dev.headlight.app.dock;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * All that is remembered of how a window is arranged.
 *
 * @param panes of the centre
 * @param left whether the column with model and prompt is shown
 * @param right whether the inspector is shown
 * @param kept what else the next window takes over, by name
 */
public record WindowLayout(
    DockLayout panes, boolean left, boolean right, SortedMap<String, String> kept) {
  /** Copies the map. */
  public WindowLayout {
    kept = Collections.unmodifiableSortedMap(new TreeMap<>(kept));
  }

  /** Only the arrangement. */
  public WindowLayout(DockLayout panes, boolean left, boolean right) {
    this(panes, left, right, Collections.emptySortedMap());
  }

  /** With what else the next window takes over. */
  public WindowLayout with(SortedMap<String, String> other) {
    return new WindowLayout(panes, left, right, other);
  }

  /** The text form. */
  public String text() {
    JsonObject object = new JsonObject();
    object.add("panes", JsonParser.parseString(LayoutJson.write(panes)));
    object.addProperty("left", left);
    object.addProperty("right", right);
    if (!kept.isEmpty()) {
      JsonObject more = new JsonObject();
      kept.forEach(more::addProperty);
      object.add("kept", more);
    }
    return object.toString();
  }

  /**
   * Reads the text form; what cannot be read is as in the fallback.
   *
   * @param known which ids mean a pane
   */
  public static WindowLayout read(String text, Predicate<String> known, WindowLayout fallback) {
    try {
      JsonObject object = JsonParser.parseString(text).getAsJsonObject();
      return new WindowLayout(
          LayoutJson.read(String.valueOf(object.get("panes")), known).orElse(fallback.panes()),
          flag(object.get("left"), fallback.left()),
          flag(object.get("right"), fallback.right()),
          kept(object.get("kept")));
    } catch (JsonParseException | IllegalStateException e) {
      return fallback;
    }
  }

  private static SortedMap<String, String> kept(JsonElement json) {
    SortedMap<String, String> kept = new TreeMap<>();
    if (json != null && json.isJsonObject()) {
      for (Map.Entry<String, JsonElement> entry : json.getAsJsonObject().entrySet()) {
        if (entry.getValue().isJsonPrimitive()) {
          kept.put(entry.getKey(), entry.getValue().getAsString());
        }
      }
    }
    return kept;
  }

  private static boolean flag(JsonElement value, boolean fallback) {
    boolean there = value != null && value.isJsonPrimitive();
    return there ? value.getAsBoolean() : fallback;
  }
}
