package dev.headlight.app.session;

import java.nio.file.Path;
import java.time.Instant;

/** Saves one session after the other until it is killed, and says which one is safe. */
public final class SessionSaver {
  private SessionSaver() {}

  /** Writes to the file that is named. */
  public static void main(String[] args) {
    History history = new History(SessionState.first(), "New session", Instant::now);
    for (int i = 1; ; i++) {
      history.begin(
          SessionState.first().withPrompt(PromptState.of(i + " " + "x".repeat(20_000))), "Save");
      SessionFile.write(
          Path.of(args[0]),
          new Session(ModelReference.none(), history.saved(), java.util.List.of(), Results.none()));
      System.out.println(i);
      System.out.flush();
    }
  }
}
