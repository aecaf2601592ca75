package dev.headlight.app;

import dev.headlight.app.cli.HeadlightCommand;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javafx.application.Application;

/** The entry point: the window, or the command line. */
public final class Main {
  /**
   * JavaFX warns that it is on the class path, where DJL needs us to be. Held, or it is forgotten.
   */
  private static final Logger QUIET = Logger.getLogger("javafx");

  private Main() {}

  /** {@code headlight [MODEL]} opens the window; anything else is a command. */
  public static void main(String[] args) {
    // Figures are drawn by AWT, which must never look for the display itself: it may be
    // unreachable.
    System.setProperty("java.awt.headless", "true");
    if (args.length > 0 && HeadlightCommand.knows(args[0])) {
      System.exit(HeadlightCommand.run(args));
    }
    QUIET.setLevel(Level.SEVERE);
    Display.missing(System.getenv(), System.getProperty("monocle.platform", ""))
        .ifPresent(why -> tour(why, args));
    try {
      Application.launch(HeadlightApp.class, args);
    } catch (RuntimeException | LinkageError e) {
      if (HeadlightApp.started()) {
        throw e;
      }
      tour("no window can be opened (" + Display.reason(e) + "; headlight doctor says more)", args);
    }
  }

  /** The whole job without a window, where there cannot be one. */
  private static void tour(String why, String[] model) {
    System.err.println("headlight: " + why + ", so here is the tour instead");
    System.exit(
        HeadlightCommand.run(
            Stream.concat(Stream.of("tour"), Stream.of(model)).toArray(String[]::new)));
  }
}
