package dev.headlight.app;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Whether a window can be opened at all. */
final class Display {
  private Display() {}

  /**
   * Why there cannot be a window, judged by the environment alone.
   *
   * @param monocle the platform of a JavaFX that draws into memory, or empty
   */
  static Optional<String> missing(Map<String, String> environment, String monocle) {
    boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
    boolean headless = monocle.equals("Headless");
    if (!linux || headless || set(environment, "DISPLAY") || set(environment, "WAYLAND_DISPLAY")) {
      return Optional.empty();
    }
    return Optional.of("there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)");
  }

  private static boolean set(Map<String, String> environment, String name) {
    return !environment.getOrDefault(name, "").isEmpty();
  }

  /** The innermost message of a failure, on one line. */
  static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
