package dev.headlight.app.dock;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.headlight.app.dock.DockNode.Group;
import dev.headlight.app.dock.DockNode.Split;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A layout as JSON: {@code {"across": true, "position": 0.4, "first": …, "second": …}} for two
 * parts, {@code {"panes": ["heads"], "selected": "heads"}} for a group.
 */
public final class LayoutJson {
  /** Deeper is no layout that a person made. */
  private static final int DEEPEST = 24;

  private LayoutJson() {}

  /** The text form. */
  public static String write(DockLayout layout) {
    return json(layout.root()).toString();
  }

  private static JsonObject json(DockNode node) {
    JsonObject object = new JsonObject();
    if (node instanceof Split s) {
      object.addProperty("across", s.across());
      object.addProperty("position", Math.round(s.position() * 1000) / 1000.0);
      object.add("first", json(s.first()));
      object.add("second", json(s.second()));
    } else if (node instanceof Group g) {
      JsonArray panes = new JsonArray();
      g.panes().forEach(panes::add);
      object.add("panes", panes);
      object.addProperty("selected", g.selected());
    }
    return object;
  }

  /**
   * Reads what {@link #write} wrote. Panes that are not known or named twice are left out.
   *
   * @param known which ids mean a pane
   * @return empty where the text is no layout, or names no known pane
   */
  public static Optional<DockLayout> read(String text, Predicate<String> known) {
    try {
      Set<String> seen = new HashSet<>();
      return node(JsonParser.parseString(text), id -> known.test(id) && seen.add(id), 0)
          .map(DockLayout::new);
    } catch (JsonParseException
        | IllegalStateException
        | ClassCastException
        | NumberFormatException
        | UnsupportedOperationException
        | NullPointerException e) {
      return Optional.empty();
    }
  }

  private static Optional<DockNode> node(JsonElement json, Predicate<String> known, int depth) {
    JsonObject object = json.getAsJsonObject();
    if (depth > DEEPEST) {
      return Optional.empty();
    }
    if (!object.has("first")) {
      return group(object, known);
    }
    Optional<DockNode> first = node(object.get("first"), known, depth + 1);
    Optional<DockNode> second = node(object.get("second"), known, depth + 1);
    if (first.isEmpty() || second.isEmpty()) {
      return first.or(() -> second);
    }
    return Optional.of(
        new Split(
            object.get("across").getAsBoolean(),
            object.get("position").getAsDouble(),
            first.get(),
            second.get()));
  }

  private static Optional<DockNode> group(JsonObject object, Predicate<String> known) {
    List<String> panes = new ArrayList<>();
    for (JsonElement pane : object.getAsJsonArray("panes")) {
      if (known.test(pane.getAsString())) {
        panes.add(pane.getAsString());
      }
    }
    return panes.isEmpty()
        ? Optional.empty()
        : Optional.of(new Group(panes, object.get("selected").getAsString()));
  }
}
