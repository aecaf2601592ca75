package dev.headlight.app.dock;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.function.Predicate;

/**
 * All that is remembered of how a window is arranged.
 *
 * @param panes of the centre
 * @param left whether the column with model and prompt is shown
 * @param right whether the inspector is shown
 */
public record WindowLayout(DockLayout panes, boolean left, boolean right) {
  /** The text form. */
  public String text() {
    JsonObject object = new JsonObject();
    object.add("panes", JsonParser.parseString(LayoutJson.write(panes)));
    object.addProperty("left", left);
    object.addProperty("right", right);
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
          flag(object.get("right"), fallback.right()));
    } catch (JsonParseException | IllegalStateException e) {
      return fallback;
    }
  }

  private static boolean flag(JsonElement value, boolean fallback) {
    boolean there = value != null && value.isJsonPrimitive();
    return there ? value.getAsBoolean() : fallback;
  }
}
