package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns what was thrown into one line and an exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private final Terminal terminal;
  private final BooleanSupplier trace;

  Failures(Terminal terminal, BooleanSupplier trace) {
    this.terminal = terminal;
    this.trace = trace;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    return tell(e, oneLine(e.getMessage()) + "; see " + command + " --help", ExitCodes.WRONG_USAGE);
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine line, ParseResult result) {
    if (e instanceof ParameterException wrong) {
      return handleParseException(wrong, new String[0]);
    }
    return handle(e);
  }

  int handle(Throwable e) {
    if (e instanceof CancellationException) {
      return tell(e, "cancelled; nothing was left half-written", ExitCodes.CANCELLED);
    }
    if (e instanceof HeadlightException) {
      return tell(e, oneLine(e.getMessage()), ExitCodes.BAD_INPUT);
    }
    if (e instanceof OutOfMemoryError) {
      return tell(e, outOfMemory(e), ExitCodes.BAD_INPUT);
    }
    if (e instanceof LinkageError) {
      return tell(
          e,
          "a native library does not load (" + oneLine(text(e)) + "); run headlight doctor",
          ExitCodes.BAD_INPUT);
    }
    return tell(
        e,
        "this is a fault of Headlight, please report it: "
            + oneLine(text(e))
            + " (the same command with --trace shows where)",
        ExitCodes.OUR_BUG);
  }

  private static String outOfMemory(Throwable e) {
    long megabytes = Runtime.getRuntime().maxMemory() >> 20;
    return "out of memory ("
        + oneLine(text(e))
        + "): Java may use "
        + megabytes
        + " MB; ask for fewer sites, layers or tokens, or give more with JAVA_TOOL_OPTIONS=-Xmx…";
  }

  private int tell(Throwable e, String line, int code) {
    if (trace.getAsBoolean()) {
      terminal.trace(e);
    }
    terminal.note(line);
    return code;
  }

  private static String text(Throwable e) {
    String name = e.getClass().getSimpleName();
    return e.getMessage() == null ? name : name + ": " + e.getMessage();
  }

  private static String oneLine(String text) {
    return text == null ? "" : text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
