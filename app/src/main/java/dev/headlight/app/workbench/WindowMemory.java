package dev.headlight.app.workbench;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.session.Compared;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a new window takes over from the last one without a session: pins, means, comparison. */
public final class WindowMemory {
  private static final String KIND = "comparison.kind";
  private static final String HEAD = "comparison.head";
  private static final String PROMPT = "comparison.prompt";
  private static final String CHANGES = "comparison.changes";

  private WindowMemory() {}

  /** As text, by name. */
  public static SortedMap<String, String> of(Workbench w) {
    SortedMap<String, String> kept = new TreeMap<>(w.panes.get());
    Compared compared = w.compared.get();
    if (!compared.equals(Compared.none())) {
      kept.put(KIND, compared.kind());
      compared.head().ifPresent(head -> kept.put(HEAD, head.toString()));
      kept.put(PROMPT, compared.prompt());
      kept.put(CHANGES, compared.changes());
    }
    return kept;
  }

  /** Takes it back; before the panes are built. */
  public static void restore(Workbench w, Map<String, String> kept) {
    SortedMap<String, String> panes = new TreeMap<>(kept);
    String kind = panes.remove(KIND);
    Optional<Head> head = Optional.ofNullable(panes.remove(HEAD)).flatMap(WindowMemory::head);
    String prompt = panes.remove(PROMPT);
    String changes = panes.remove(CHANGES);
    if (kind != null && prompt != null && changes != null) {
      w.compared.set(new Compared(kind, head, prompt, changes));
    }
    w.panes.set(Collections.unmodifiableSortedMap(panes));
  }

  private static Optional<Head> head(String text) {
    try {
      return Optional.of(Head.parse(text));
    } catch (HeadlightException e) {
      return Optional.empty();
    }
  }
}
