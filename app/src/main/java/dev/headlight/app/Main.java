package dev.headlight.app;

import dev.headlight.app.cli.HeadlightCommand;
import javafx.application.Application;

/** The entry point: the window, or the command line. */
public final class Main {
  private Main() {}

  /** {@code headlight [MODEL]} opens the window; anything else is a command. */
  @SuppressWarnings("SystemExitOutsideMain")
  public static void main(String[] args) {
    if (args.length > 0 && HeadlightCommand.knows(args[0])) {
      System.exit(HeadlightCommand.run(args));
    }
    Application.launch(HeadlightApp.class, args);
  }
}
