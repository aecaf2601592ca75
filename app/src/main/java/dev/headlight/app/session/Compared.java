package dev.headlight.app.session;

import dev.headlight.analysis.run.Head;
import java.util.Optional;

/**
 * What the selected head's map is compared with.
 *
 * @param kind what B is, in lower case: the name of a kind of comparison
 * @param head B of two heads
 * @param prompt B of two prompts
 * @param changes interventions of the second pass, in text form as they were typed
 */
public record Compared(String kind, Optional<Head> head, String prompt, String changes) {
  /** Nothing chosen yet. */
  public static Compared none() {
    return new Compared("heads", Optional.empty(), "", "");
  }
}
