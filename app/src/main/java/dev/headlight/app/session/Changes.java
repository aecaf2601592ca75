package dev.headlight.app.session;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.run.Intervention;
import java.util.ArrayList;
import java.util.List;

/** A list of interventions as people type it: one a line, or separated by semicolons. */
public final class Changes {
  private Changes() {}

  /**
   * Reads the list; blank parts count for nothing.
   *
   * @throws HeadlightException naming the part that is no intervention
   */
  public static List<Intervention> parse(String text) {
    List<Intervention> changes = new ArrayList<>();
    for (String part : text.split("[;\\n]", -1)) {
      if (!part.isBlank()) {
        changes.add(Intervention.parse(part.strip()));
      }
    }
    return List.copyOf(changes);
  }
}
