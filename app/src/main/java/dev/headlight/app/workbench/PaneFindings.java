package dev.headlight.app.workbench;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;

/**
 * What panes have found, as documents for sessions. Each pane says what it has, and is shown what a
 * session holds: it may come before the prompt and the settings that it belongs to, so a pane keeps
 * it until its question is that of the document.
 */
public final class PaneFindings {
  /** A pane that finds something. */
  private record Source(
      String name, Supplier<Optional<JsonElement>> found, Consumer<JsonElement> show) {}

  private final List<Source> sources = new ArrayList<>();
  private final SortedMap<String, JsonElement> held = new TreeMap<>();
  private final ReadOnlyLongWrapper revision = new ReadOnlyLongWrapper(this, "revision");

  /**
   * A pane opens; what is held for it is shown to it at once.
   *
   * @param name of its document, as {@link dev.headlight.app.session.Results} names them
   * @param found what it has now; empty for nothing
   * @param show hears of what a session holds
   * @return to be called when the pane is closed; what it has then is held for the next
   */
  public Runnable keep(
      String name, Supplier<Optional<JsonElement>> found, Consumer<JsonElement> show) {
    Source source = new Source(name, found, show);
    sources.add(source);
    if (held.containsKey(name)) {
      show.accept(held.get(name));
    }
    return () -> {
      if (sources.remove(source)) {
        found.get().ifPresent(document -> held.put(name, document));
      }
    };
  }

  /** What is held and what open panes have, by name. */
  public SortedMap<String, JsonElement> documents() {
    SortedMap<String, JsonElement> all = new TreeMap<>(held);
    for (Source source : List.copyOf(sources)) {
      source.found().get().ifPresent(document -> all.put(source.name(), document));
    }
    return Collections.unmodifiableSortedMap(all);
  }

  /** Holds these documents and no others, and shows them to the panes that are open. */
  public void hold(Map<String, JsonElement> documents) {
    held.clear();
    held.putAll(documents);
    for (Source source : List.copyOf(sources)) {
      Optional.ofNullable(held.get(source.name())).ifPresent(source.show());
    }
  }

  /** A pane has found something that no session holds. */
  public void more() {
    revision.set(revision.get() + 1);
  }

  /** Grows with {@link #more}. */
  public ReadOnlyLongProperty revision() {
    return revision.getReadOnlyProperty();
  }
}
