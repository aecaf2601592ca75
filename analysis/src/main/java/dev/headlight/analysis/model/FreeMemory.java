package dev.headlight.analysis.model;

import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * How much memory could be taken right now. What the system keeps of files counts as free: it gives
 * that up first. A container's limit holds where it is the narrower one.
 */
public final class FreeMemory {
  private static final Path MEMINFO = Path.of("/proc/meminfo");
  private static final Path GROUP = Path.of("/sys/fs/cgroup");

  private FreeMemory() {}

  /** Bytes the CPU's memory has to give. */
  public static long bytes() {
    return Math.min(system().orElseGet(FreeMemory::bean), group(GROUP).orElse(Long.MAX_VALUE));
  }

  /** Bytes a device has to give; unknown where its driver does not say. */
  static OptionalLong bytes(ai.djl.Device device) {
    if (!device.isGpu()) {
      return OptionalLong.of(bytes());
    }
    try {
      var usage = CudaUtils.getGpuMemory(device);
      return OptionalLong.of(usage.getMax() - usage.getCommitted());
    } catch (RuntimeException | LinkageError e) {
      return OptionalLong.empty();
    }
  }

  private static OptionalLong system() {
    OptionalLong kilobytes = field(MEMINFO, "MemAvailable:");
    return kilobytes.isPresent() ? OptionalLong.of(kilobytes.getAsLong() << 10) : kilobytes;
  }

  private static long bean() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean os
        ? os.getFreeMemorySize()
        : Runtime.getRuntime().maxMemory();
  }

  /**
   * What a Linux container may still take: its limit less its use, files it has read not counted.
   */
  static OptionalLong group(Path root) {
    Path old = root.resolve("memory");
    return Files.exists(root.resolve("memory.max"))
        ? group(root, "memory.max", "memory.current", "file ")
        : group(old, "memory.limit_in_bytes", "memory.usage_in_bytes", "total_cache ");
  }

  private static OptionalLong group(Path folder, String limit, String use, String cache) {
    OptionalLong most = field(folder.resolve(limit), "");
    OptionalLong used = field(folder.resolve(use), "");
    if (most.isEmpty() || used.isEmpty()) {
      return OptionalLong.empty();
    }
    long files = field(folder.resolve("memory.stat"), cache).orElse(0);
    return OptionalLong.of(Math.max(0, most.getAsLong() - used.getAsLong() + files));
  }

  /** The number behind {@code name} in a file of lines; empty where there is none. */
  private static OptionalLong field(Path file, String name) {
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith(name)) {
          String digits = line.substring(name.length()).replaceAll("\\D+", "");
          return OptionalLong.of(Long.parseLong(digits));
        }
      }
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
    return OptionalLong.empty();
  }
}
