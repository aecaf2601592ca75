package dev.headlight.app.session;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How things are shown, the theme apart, which belongs to the user and not to the session.
 *
 * @param layout of the panes as JSON; empty for that of a new window
 * @param settings switches and choices by name, such as {@code colour_scale}: {@code SQRT}; names
 *     that are not known are kept
 */
public record ViewState(String layout, SortedMap<String, String> settings) {
  /** Copies the map. */
  public ViewState {
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
  }

  /** Settings in any order. */
  public ViewState(String layout, Map<String, String> settings) {
    this(layout, (SortedMap<String, String>) new TreeMap<>(settings));
  }

  /** Everything as in a new window. */
  public static ViewState first() {
    return new ViewState("", Map.of());
  }
}
