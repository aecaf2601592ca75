package dev.headlight.app.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.app.Main;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/** Runs a bench in a JVM of its own, started as this one was. */
public final class OwnProcess {
  private static final long POLL_MS = 100;

  private OwnProcess() {}

  /**
   * Rows that {@code headlight} prints with these arguments, of which {@code --json} is one.
   *
   * @throws HeadlightException when it fails; its message is on standard error
   * @throws CancellationException when the progress was cancelled; the process is ended
   */
  public static List<BenchRow> run(List<String> arguments, Progress progress) {
    try {
      Path out = Files.createTempFile("headlight-bench", ".json");
      try {
        finish(start(arguments, out), progress);
        return rows(Files.readString(out, StandardCharsets.UTF_8));
      } finally {
        Files.delete(out);
      }
    } catch (IOException e) {
      throw new HeadlightException(
          Kind.INPUT, "cannot run a bench in a process of its own: " + e.getMessage(), e);
    }
  }

  private static Process start(List<String> arguments, Path out) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(a -> a.startsWith("-X") || a.startsWith("-D"))
        .forEach(line::add);
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    line.addAll(arguments);
    return new ProcessBuilder(line)
        .redirectOutput(out.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void finish(Process process, Progress progress) {
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
    if (process.exitValue() != 0) {
      throw new HeadlightException(
          Kind.INPUT,
          "the bench in a process of its own ended with exit code "
              + process.exitValue()
              + "; its message is above");
    }
  }

  private static List<BenchRow> rows(String json) {
    JsonArray rows = JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("rows");
    return StreamSupport.stream(rows.spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .map(BenchRow::read)
        .toList();
  }
}
