package dev.headlight.app.settings;

import dev.headlight.renderer.Theme;
import java.util.ArrayList;
import java.util.List;

/**
 * What the window remembers.
 *
 * @param width of the window, in logical pixels
 * @param height of the window
 * @param maximized whether it fills the screen
 * @param theme light or dark
 * @param recent references of models, the newest first
 * @param layout how the panes are arranged, as JSON; empty for as in a new window
 * @param preferences what the user prefers
 */
public record Settings(
    double width,
    double height,
    boolean maximized,
    Theme theme,
    List<String> recent,
    String layout,
    Preferences preferences) {
  /** Models that are remembered. */
  public static final int RECENT = 10;

  private static final double LEAST_WIDTH = 900;
  private static final double LEAST_HEIGHT = 600;

  /** Keeps sizes usable and the list short. */
  public Settings {
    width = Math.max(LEAST_WIDTH, width);
    height = Math.max(LEAST_HEIGHT, height);
    recent = List.copyOf(recent.subList(0, Math.min(RECENT, recent.size())));
  }

  /** Before anything was remembered. */
  public static Settings first() {
    return new Settings(1440, 900, false, Theme.LIGHT, List.of(), "", Preferences.first());
  }

  /** With a model at the top of the recent ones. */
  public Settings opened(String reference) {
    List<String> list = new ArrayList<>(recent);
    list.remove(reference);
    list.add(0, reference);
    return new Settings(width, height, maximized, theme, list, layout, preferences);
  }

  /** With another theme. */
  public Settings withTheme(Theme other) {
    return new Settings(width, height, maximized, other, recent, layout, preferences);
  }

  /** With the panes arranged in another way. */
  public Settings withLayout(String other) {
    return new Settings(width, height, maximized, theme, recent, other, preferences);
  }

  /** With other preferences. */
  public Settings withPreferences(Preferences other) {
    return new Settings(width, height, maximized, theme, recent, layout, other);
  }

  /** With another size of the window. */
  public Settings withWindow(double newWidth, double newHeight, boolean newMaximized) {
    return newMaximized
        ? new Settings(width, height, true, theme, recent, layout, preferences)
        : new Settings(newWidth, newHeight, false, theme, recent, layout, preferences);
  }
}
