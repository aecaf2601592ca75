package dev.headlight.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much more memory this process takes at its peak than at a moment; only Linux tells. */
final class PeakMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path RESET = Path.of("/proc/self/clear_refs");
  private static final Pattern LINE = Pattern.compile("(VmHWM|VmRSS):\\s+(\\d+) kB");

  private final Optional<Long> before;

  /** From here on. */
  PeakMemory() {
    System.gc();
    forgetPeak();
    before = read("VmRSS");
  }

  /** The kernel starts anew with its high-water mark; where it does not, the former one stands. */
  private static void forgetPeak() {
    try {
      Files.writeString(RESET, "5");
    } catch (IOException e) {
      // Not Linux, or not allowed: the peak since the process began is then an upper bound.
      return;
    }
  }

  /** Bytes of the peak above the beginning; empty where the system does not tell. */
  Optional<Long> bytes() {
    return before.flatMap(b -> read("VmHWM").map(peak -> peak - b));
  }

  private static Optional<Long> read(String key) {
    try {
      Matcher m = LINE.matcher(Files.readString(STATUS));
      while (m.find()) {
        if (m.group(1).equals(key)) {
          return Optional.of(Long.parseLong(m.group(2)) * 1024);
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
