package dev.headlight.app.cli;

import dev.headlight.analysis.io.Version;
import dev.headlight.renderer.Fonts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/** What the doctor looks at. */
final class DoctorChecks {
  private static final int OLDEST_JAVA = 17;
  private static final long SMALL_HEAP = 1L << 30;

  private DoctorChecks() {}

  static List<DoctorCheck> all() {
    List<DoctorCheck> checks = new ArrayList<>();
    checks.add(DoctorCheck.ok("Headlight", Version.text()));
    checks.add(java());
    checks.add(
        DoctorCheck.ok(
            "system",
            System.getProperty("os.name")
                + " "
                + System.getProperty("os.version")
                + ", "
                + System.getProperty("os.arch")
                + ", "
                + Runtime.getRuntime().availableProcessors()
                + " processors"));
    checks.add(memory());
    checks.addAll(EngineChecks.all());
    checks.add(fonts());
    checks.add(javafx());
    checks.addAll(DisplayChecks.all());
    return checks;
  }

  private static DoctorCheck java() {
    String found =
        System.getProperty("java.version")
            + " ("
            + System.getProperty("java.vendor")
            + "), "
            + System.getProperty("java.home");
    return Runtime.version().feature() >= OLDEST_JAVA
        ? DoctorCheck.ok("Java", found)
        : DoctorCheck.broken("Java", found, "install Java 17 or newer and put it on the PATH");
  }

  private static DoctorCheck memory() {
    long heap = Runtime.getRuntime().maxMemory();
    String found = "Java may use " + (heap >> 20) + " MB for its own objects; weights lie outside";
    return heap >= SMALL_HEAP
        ? DoctorCheck.ok("memory", found)
        : DoctorCheck.missing(
            "memory", found, "large maps need more: set JAVA_TOOL_OPTIONS=-Xmx2g");
  }

  private static DoctorCheck fonts() {
    try {
      List<String> names = new ArrayList<>();
      for (Fonts.Face face : Fonts.Face.values()) {
        face.open().close();
        names.add(face.family() + " " + face.weight());
      }
      return DoctorCheck.ok("fonts", String.join(", ", names));
    } catch (IOException | IllegalStateException e) {
      return DoctorCheck.missing(
          "fonts", "bundled fonts: " + e.getMessage(), "build Headlight again");
    }
  }

  private static DoctorCheck javafx() {
    Properties properties = new Properties();
    try (InputStream in = DoctorChecks.class.getResourceAsStream("/javafx.properties")) {
      if (in == null) {
        return DoctorCheck.missing(
            "JavaFX",
            "not on the class path",
            "the window cannot open; start Headlight with its launcher");
      }
      properties.load(in);
      return DoctorCheck.ok("JavaFX", properties.getProperty("javafx.version"));
    } catch (IOException e) {
      return DoctorCheck.missing("JavaFX", e.toString(), "build Headlight again");
    }
  }

  /** Whether a system library lies in one of the usual folders. */
  static boolean systemLibrary(String name) {
    List<String> folders =
        List.of(
            "/usr/lib/x86_64-linux-gnu",
            "/usr/lib/aarch64-linux-gnu",
            "/lib/x86_64-linux-gnu",
            "/lib/aarch64-linux-gnu",
            "/usr/lib64",
            "/usr/lib",
            "/usr/local/lib");
    return folders.stream().anyMatch(folder -> Files.exists(Path.of(folder, name)));
  }

  static boolean linux() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
  }
}
