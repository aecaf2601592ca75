package dev.headlight.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a window needs from a Linux system; elsewhere the system always has it. */
final class DisplayChecks {
  private static final String WITHOUT =
      "the command line and headlight tour work without; for a window ";

  private DisplayChecks() {}

  static List<DoctorCheck> all() {
    return DoctorChecks.linux() ? List.of(display(System.getenv("DISPLAY")), gtk()) : List.of();
  }

  private static DoctorCheck display(String display) {
    if (display == null || display.isEmpty()) {
      String wayland = System.getenv("WAYLAND_DISPLAY");
      String found =
          wayland == null || wayland.isEmpty()
              ? "none (DISPLAY is not set)"
              : "Wayland without X11 (DISPLAY is not set)";
      return DoctorCheck.missing(
          "display", found, WITHOUT + "use a desktop, ssh -X, or Xwayland, or xvfb-run");
    }
    if (display.matches(":\\d+(\\.\\d+)?")) {
      Path socket = Path.of("/tmp/.X11-unix/X" + display.substring(1).replaceAll("\\..*", ""));
      if (Files.notExists(socket)) {
        return DoctorCheck.missing(
            "display",
            "DISPLAY is " + display + ", but " + socket + " is not there",
            WITHOUT + "start the X server or correct DISPLAY");
      }
    }
    return DoctorCheck.ok("display", display);
  }

  private static DoctorCheck gtk() {
    List<String> missing = new ArrayList<>();
    for (String library : List.of("libgtk-3.so.0", "libX11.so.6", "libXtst.so.6", "libGL.so.1")) {
      if (!DoctorChecks.systemLibrary(library)) {
        missing.add(library);
      }
    }
    if (missing.isEmpty()) {
      return DoctorCheck.ok("GTK", "libgtk-3 and the X11 libraries are there");
    }
    return DoctorCheck.missing(
        "GTK",
        "not found: " + String.join(", ", missing),
        WITHOUT
            + "install them (Debian, Ubuntu: apt install libgtk-3-0 libxtst6 libgl1;"
            + " Fedora: dnf install gtk3 libXtst mesa-libGL)");
  }
}
