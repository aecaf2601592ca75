package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.io.AtomicFiles;
import dev.headlight.analysis.job.Progress;
import dev.headlight.app.Main;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Headlight in a JVM of its own whose windows are drawn into memory. The toolkit chooses its
 * platform when it starts, and this one works with JavaFX on the class path.
 */
final class HeadlessProcess {
  private static final long POLL_MS = 100;
  private static final List<String> PLATFORM =
      List.of(
          "-Dglass.platform=Monocle",
          "-Dmonocle.platform=Headless",
          "-Dheadless.geometry=3840x2160-32",
          "-Dprism.order=sw",
          "-Dprism.text=t2k",
          "-Dprism.lcdtext=false",
          "-Dai.djl.offline=true");

  private HeadlessProcess() {}

  /**
   * Runs a command that writes files into a folder.
   *
   * @return the files
   * @throws HeadlightException when it fails; its message is on standard error
   */
  static List<Path> run(List<String> arguments, Path folder, Progress progress) {
    try {
      Process process = start(arguments);
      try {
        while (!process.waitFor(POLL_MS, TimeUnit.MILLISECONDS)) {
          progress.check();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted");
      } finally {
        process.destroy();
      }
      check(process.exitValue());
      return files(folder);
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(folder, e);
    }
  }

  private static Process start(List<String> arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(PLATFORM);
    line.addAll(List.of("-cp", classPath(), Main.class.getName()));
    line.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static String classPath() throws IOException {
    List<String> entries = new ArrayList<>(List.of(System.getProperty("java.class.path")));
    String modules = System.getProperty("jdk.module.path", "");
    for (String folder :
        modules.isEmpty() ? new String[0] : modules.split(File.pathSeparator, -1)) {
      entries.add(Path.of(folder, "*").toString());
    }
    return String.join(File.pathSeparator, entries);
  }

  private static void check(int code) {
    if (code == ExitCodes.CANCELLED) {
      throw new CancellationException("cancelled");
    }
    if (code != ExitCodes.DONE) {
      throw new HeadlightException(
          Kind.INPUT, "the window without a display ended with exit code " + code + ", see above.");
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().collect(Collectors.toList());
    }
  }
}
