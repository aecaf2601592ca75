package dev.headlight.app;

import dev.headlight.app.cli.HeadlightCommand;
import java.util.Optional;
import javafx.application.Application;

/** The entry point: the window, or the command line. */
public final class Main {
  private Main() {}

  /** {@code headlight [MODEL]} opens the window; anything else is a command. */
  public static void main(String[] args) {
    if (args.length > 0 && HeadlightCommand.knows(args[0])) {
      System.exit(HeadlightCommand.run(args));
    }
    Optional<String> missing = Display.missing(System.getenv());
    missing.ifPresent(Main::tour);
    try {
      Application.launch(HeadlightApp.class, args);
    } catch (RuntimeException | LinkageError e) {
      if (HeadlightApp.started()) {
        throw e;
      }
      tour("no window can be opened (" + Display.reason(e) + "; headlight doctor says more)");
    }
  }

  /** The whole job without a window, where there cannot be one. */
  private static void tour(String why) {
    System.err.println("headlight: " + why + ", so here is the tour instead");
    System.exit(HeadlightCommand.run("tour"));
  }
}
