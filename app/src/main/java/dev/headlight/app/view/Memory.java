package dev.headlight.app.view;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** How much memory the process holds, the engine's included where the system tells. */
final class Memory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final double GIGA = 1 << 30;

  private Memory() {}

  /** "memory 0.9 of 16.0 GB". */
  static String text() {
    long total =
        ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean os
            ? os.getTotalMemorySize()
            : Runtime.getRuntime().maxMemory();
    return String.format(Locale.ROOT, "memory %.1f of %.0f GB", used() / GIGA, total / GIGA);
  }

  private static long used() {
    try {
      if (Files.isReadable(STATUS)) {
        for (String line : Files.readAllLines(STATUS)) {
          if (line.startsWith("VmRSS:")) {
            return Long.parseLong(line.replaceAll("\\D+", "")) << 10;
          }
        }
      }
    } catch (IOException | NumberFormatException e) {
      return heap();
    }
    return heap();
  }

  private static long heap() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
