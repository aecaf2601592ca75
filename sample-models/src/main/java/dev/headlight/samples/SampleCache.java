package dev.headlight.samples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** Where samples are kept once they are out of the jar. */
final class SampleCache {
  /** System property that names the place instead. */
  static final String PROPERTY = "headlight.samples";

  private SampleCache() {}

  /** Places to try, the best first: the one asked for, the user's cache, the temporary folder. */
  static List<Path> places() {
    return places(System.getProperties(), System.getenv());
  }

  static List<Path> places(Properties properties, Map<String, String> environment) {
    String chosen = properties.getProperty(PROPERTY);
    if (chosen != null) {
      return List.of(Path.of(chosen));
    }
    List<Path> places = new ArrayList<>();
    String home = properties.getProperty("user.home", "");
    String system = properties.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (system.startsWith("windows")) {
      add(places, environment.get("LOCALAPPDATA"), "Headlight", "samples");
    } else if (system.startsWith("mac")) {
      add(places, home, "Library", "Caches", "headlight", "samples");
    } else {
      add(places, environment.get("XDG_CACHE_HOME"), "headlight", "samples");
      add(places, home, ".cache", "headlight", "samples");
    }
    add(places, properties.getProperty("java.io.tmpdir"), "headlight-samples");
    return places;
  }

  private static void add(List<Path> places, String root, String... rest) {
    if (root != null && !root.isBlank()) {
      places.add(Path.of(root, rest));
    }
  }
}
