package dev.headlight.app.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** One command line run inside the test's process, with what it said. */
public record CliRun(int code, String out, String err) {
  private static final Path FIXTURES =
      Path.of("..", "analysis", "src", "test", "resources", "parity");

  /** A model folder of the parity fixtures. */
  static Path fixture(String name) {
    return FIXTURES.resolve(name);
  }

  public static CliRun of(Object... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    String[] args = new String[arguments.length];
    for (int i = 0; i < args.length; i++) {
      args[i] = String.valueOf(arguments[i]);
    }
    try {
      System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
      int code = HeadlightCommand.run(args);
      return new CliRun(
          code,
          outBytes.toString(StandardCharsets.UTF_8),
          errBytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
