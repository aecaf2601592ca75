package dev.headlight.app.workbench;

import com.google.gson.JsonElement;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.text.TextUnit;
import dev.headlight.app.engine.PromptSource;
import dev.headlight.app.engine.SinkTexts;
import dev.headlight.app.session.ViewSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.Property;
import javafx.beans.property.StringProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a pane has for itself in step with {@link Workbench#panes}, so that sessions, undo and
 * the next window know it. What is as in a new pane is not written.
 */
public final class PaneMemory {
  private static final Logger LOG = LoggerFactory.getLogger(PaneMemory.class);

  private final Workbench shared;
  private final String begin;
  private final List<Kept> kept = new ArrayList<>();
  private final InvalidationListener listener = o -> adopt();
  private final List<Runnable> whenClosed = new ArrayList<>();
  private boolean adopting;
  private boolean closed;

  /** Something that is kept, as text. */
  private record Kept(String name, Supplier<String> get, Consumer<String> set) {}

  /**
   * @param shared the state of the window
   * @param pane id of the pane
   */
  public PaneMemory(Workbench shared, String pane) {
    this.shared = shared;
    this.begin = pane + ".";
    shared.panes.addListener(listener);
  }

  /** Keeps a pane's pin, with its selection, and its mean. */
  public void keep(PaneWorkbench pane) {
    Workbench own = pane.workbench();
    keep(ViewSettings.PIN, pane::pin, pane::pin, pane.pinned, own.head, own.query, own.key);
    keep(
        ViewSettings.MEAN,
        () -> own.mean.get() == null ? "" : own.mean.get().toString(),
        text -> pane.average(heads(text)),
        own.mean);
  }

  /** Keeps how a pane looks at its head. */
  public void keep(HeadView view) {
    keep(
        ViewSettings.UNIT,
        () -> view.unit.get() == TextUnit.TOKEN ? "" : view.unit.get().name(),
        text -> view.unit.set(unit(text)),
        view.unit);
    flag("profiles", view.profiles);
    flag("circuit", view.circuit);
    flag("looked_at", view.lookedAt);
  }

  /** Keeps how a pane looks at all heads. */
  public void keep(RolesView view) {
    value("source", view.source, PromptSource::parse);
    value("order", view.order, GridOrder::valueOf);
    value("role", view.role, text -> text);
    flag("spread", view.spread);
    flag("finding", view.finding);
    value("query", view.query, text -> text);
    value("key", view.key, text -> text);
    value("pattern", view.pattern, text -> text);
  }

  /** Keeps what a pane asks about sinks. */
  public void keep(SinkState state) {
    value("epsilon", state.epsilon, Double::valueOf);
    value("key", state.key, Integer::valueOf);
    value("theta", state.theta, Double::valueOf);
    value("beta", state.beta, Double::valueOf);
    value("temperature", state.temperature, Double::valueOf);
    flag("selected_query", state.selectedQuery);
    value("gamma", state.gamma, Double::valueOf);
    value("texts", state.texts, SinkTexts::parse);
    value("scope", state.scope, SinkState.Scope::valueOf);
  }

  /** Keeps a text of a pane's own; it hears of another one. */
  public void keep(String name, StringProperty text, Consumer<String> hears) {
    keep(name, text::get, hears, text);
  }

  /**
   * Keeps what a pane has found in sessions; see {@link PaneFindings#keep}.
   *
   * @param document its name among the results of a session
   */
  public void findings(
      String document, Supplier<Optional<JsonElement>> found, Consumer<JsonElement> show) {
    whenClosed.add(shared.findings.keep(document, found, show));
  }

  /** The pane has found something that no session holds. */
  public void foundMore() {
    shared.findings.more();
  }

  /** Keeps a value whose text is its own; what cannot be read is as at first. */
  private <T> void value(String name, Property<T> property, Function<String, ? extends T> read) {
    T first = property.getValue();
    keep(
        name,
        () -> property.getValue().equals(first) ? "" : property.getValue().toString(),
        text -> property.setValue(text.isEmpty() ? first : read(text, first, read)),
        property);
  }

  private static <T> T read(String text, T otherwise, Function<String, ? extends T> read) {
    try {
      return read.apply(text);
    } catch (HeadlightException | IllegalArgumentException e) {
      LOG.debug("A session names a value that there is not", e);
      return otherwise;
    }
  }

  /** Keeps a switch. */
  public void keep(String name, BooleanProperty property) {
    flag(name, property);
  }

  private void flag(String name, BooleanProperty property) {
    boolean first = property.get();
    keep(
        name,
        () -> property.get() == first ? "" : Boolean.toString(property.get()),
        text -> property.set(text.isEmpty() ? first : Boolean.parseBoolean(text)),
        property);
  }

  private static HeadSet heads(String text) {
    try {
      return text.isEmpty() ? null : HeadSet.parse(text);
    } catch (HeadlightException e) {
      return null;
    }
  }

  private static TextUnit unit(String text) {
    for (TextUnit unit : TextUnit.values()) {
      if (unit.name().equals(text)) {
        return unit;
      }
    }
    return TextUnit.TOKEN;
  }

  /**
   * Keeps something of a pane's own as text.
   *
   * @param name within the pane
   * @param get its text now; empty where it is as at first
   * @param set hears of another text
   * @param on what tells that it has changed
   */
  public void keep(String name, Supplier<String> get, Consumer<String> set, Observable... on) {
    Kept one = new Kept(begin + name, get, set);
    kept.add(one);
    adopt(one);
    InvalidationListener changed = o -> write();
    for (Observable observable : on) {
      observable.addListener(changed);
    }
  }

  private void adopt() {
    kept.forEach(this::adopt);
  }

  private void adopt(Kept one) {
    String text = shared.panes.get().getOrDefault(one.name(), "");
    if (!closed && !adopting && !text.equals(one.get().get())) {
      adopting = true;
      one.set().accept(text);
      adopting = false;
    }
  }

  /** All that has changed at once: what is written makes the pane take the rest as it is noted. */
  private void write() {
    if (closed || adopting) {
      return;
    }
    SortedMap<String, String> all = new TreeMap<>(shared.panes.get());
    for (Kept one : kept) {
      String text = one.get().get();
      if (text.isEmpty()) {
        all.remove(one.name());
      } else {
        all.put(one.name(), text);
      }
    }
    if (!all.equals(shared.panes.get())) {
      shared.panes.set(Collections.unmodifiableSortedMap(all));
    }
  }

  /** The pane is closed: the next of its name starts anew. */
  public void close() {
    closed = true;
    whenClosed.forEach(Runnable::run);
    shared.panes.removeListener(listener);
    SortedMap<String, String> all = new TreeMap<>(shared.panes.get());
    if (all.keySet().removeIf(name -> name.startsWith(begin))) {
      shared.panes.set(Collections.unmodifiableSortedMap(all));
    }
  }
}
