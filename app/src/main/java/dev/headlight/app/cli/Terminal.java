package dev.headlight.app.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where a command speaks: results on standard output, everything else on standard error, both as
 * UTF-8 whatever the system's locale says.
 */
final class Terminal {
  private static final Gson JSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  private final PrintStream out;
  private final PrintStream err;
  private final ConsoleProgress progress;

  Terminal(PrintStream out, PrintStream err) {
    this.out = new PrintStream(out, true, StandardCharsets.UTF_8);
    this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
    this.progress = new ConsoleProgress(this.err);
  }

  PrintStream out() {
    progress.clear();
    return out;
  }

  PrintWriter outWriter() {
    return new PrintWriter(out, true, StandardCharsets.UTF_8);
  }

  PrintWriter errWriter() {
    return new PrintWriter(err, true, StandardCharsets.UTF_8);
  }

  /** Prints the one JSON document of a run. */
  void json(Object document) {
    out().println(JSON.toJson(document));
  }

  /** A line for the user that is not a result. */
  void note(String line) {
    progress.clear();
    err.println("headlight: " + line);
  }

  /** The stack trace of an error. */
  void trace(Throwable error) {
    progress.clear();
    error.printStackTrace(err);
  }

  /** The run's progress, on standard error. */
  ConsoleProgress progress() {
    return progress;
  }

  void flush() {
    out.flush();
    err.flush();
  }
}
