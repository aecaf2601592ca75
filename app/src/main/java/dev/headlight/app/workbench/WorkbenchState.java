package dev.headlight.app.workbench;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.export.Limits;
import dev.headlight.app.session.PromptState;
import dev.headlight.app.session.Selection;
import dev.headlight.app.session.SessionState;
import dev.headlight.app.session.ViewSettings;
import dev.headlight.app.session.ViewState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the user decided in a workbench, as one value and back. */
final class WorkbenchState {
  private static final Logger LOG = LoggerFactory.getLogger(WorkbenchState.class);

  private final Workbench w;
  private final List<Setting> settings = new ArrayList<>();

  /** Settings that this window has no place for; they are kept as they are. */
  private Map<String, String> unknown = Map.of();

  /** A choice of the view with its name in files. */
  private record Setting(
      String name, Observable property, Supplier<String> get, Consumer<String> set) {
    /** One whose text is the value's own; text that names no value changes nothing. */
    static <T> Setting of(String name, ObjectProperty<T> property, Function<String, T> read) {
      return new Setting(
          name,
          property,
          () -> property.get().toString(),
          text -> {
            try {
              property.set(read.apply(text));
            } catch (HeadlightException e) {
              LOG.debug("A session names a value that there is not", e);
            }
          });
    }
  }

  WorkbenchState(Workbench workbench) {
    this.w = workbench;
    flag(ViewSettings.HIDE, w.hideSink);
    choice(ViewSettings.SCALE, w.scale);
    flag(ViewSettings.FIT, w.fitLimits);
    settings.add(new Setting(ViewSettings.LIMITS, w.limits, this::limits, this::setLimits));
    flag("lines", w.lines);
    flag("text", w.text);
    settings.add(Setting.of("colour_heads_by", w.gridColour, GridColour::valueOf));
    settings.add(Setting.of("order_heads_by", w.gridOrder, GridOrder::valueOf));
    settings.add(new Setting("filter_heads", w.headFilter, w.headFilter::get, w.headFilter::set));
    choice(ViewSettings.WITHOUT, w.withoutMode);
  }

  private String limits() {
    return w.limits.get() == null ? "" : w.limits.get().text();
  }

  private void setLimits(String text) {
    try {
      w.limits.set(text.isEmpty() ? null : Limits.parse(text));
    } catch (HeadlightException e) {
      LOG.debug("A session has limits that are none", e);
    }
  }

  private void flag(String name, BooleanProperty property) {
    settings.add(
        new Setting(
            name,
            property,
            () -> Boolean.toString(property.get()),
            text -> property.set(Boolean.parseBoolean(text))));
  }

  private <E extends Enum<E>> void choice(String name, ObjectProperty<E> property) {
    settings.add(
        new Setting(
            name,
            property,
            () -> property.get().name(),
            text -> {
              for (E value : property.get().getDeclaringClass().getEnumConstants()) {
                if (value.name().equals(text)) {
                  property.set(value);
                }
              }
            }));
  }

  /** Calls back after every change of what {@link #capture} tells. */
  void whenChanged(Runnable changed) {
    InvalidationListener listener = o -> changed.run();
    List<Observable> all =
        new ArrayList<>(
            List.of(
                w.prompt,
                w.chat,
                w.pictures,
                w.bos,
                w.head,
                w.query,
                w.key,
                w.compared,
                w.groups,
                w.panes,
                w.layout));
    settings.forEach(s -> all.add(s.property()));
    all.forEach(o -> o.addListener(listener));
  }

  SessionState capture() {
    Map<String, String> chosen = new TreeMap<>(unknown);
    settings.forEach(s -> chosen.put(s.name(), s.get().get()));
    w.panes.get().forEach((name, value) -> chosen.put(ViewSettings.PANE + name, value));
    return new SessionState(
        new PromptState(
            w.prompt.get(), Optional.ofNullable(w.chat.get()), w.bos.get(), w.pictures.get()),
        new Selection(Optional.ofNullable(w.head.get()), w.query.get(), w.key.get()),
        w.compared.get(),
        w.groups.get(),
        new ViewState(w.layout.get(), chosen));
  }

  /** Puts everything back; heads and cells that the model or prompt lacks are left out. */
  void apply(SessionState state) {
    Cell cell = new Cell(state.selection().query(), state.selection().key());
    boolean another = !state.prompt().equals(capture().prompt());
    if (another || w.run.get() == null || w.stale.get()) {
      w.nextCell.set(cell.query() == Workbench.NONE ? null : cell);
    }
    w.prompt.set(state.prompt().text());
    w.chat.set(state.prompt().chat().orElse(null));
    w.bos.set(state.prompt().bos());
    w.pictures.set(state.prompt().pictures());
    state.selection().head().filter(this::inModel).ifPresent(w.head::set);
    if (w.nextCell.get() == null && inPrompt(cell)) {
      w.lock(cell);
    }
    w.compared.set(state.compared());
    w.groups.set(state.groups());
    view(state.view());
  }

  private void view(ViewState view) {
    unknown = new TreeMap<>(view.settings());
    for (Setting setting : settings) {
      String text = unknown.remove(setting.name());
      if (text != null) {
        setting.set().accept(text);
      }
    }
    SortedMap<String, String> panes = new TreeMap<>();
    for (String name : List.copyOf(unknown.keySet())) {
      if (name.startsWith(ViewSettings.PANE)) {
        panes.put(name.substring(ViewSettings.PANE.length()), unknown.remove(name));
      }
    }
    w.panes.set(Collections.unmodifiableSortedMap(panes));
    if (!view.layout().isEmpty()) {
      w.layout.set(view.layout());
    }
  }

  private boolean inModel(Head head) {
    ModelFacts model = w.model.get();
    return model != null
        && head.layer() < model.spec().layers()
        && head.head() < model.spec().heads();
  }

  private boolean inPrompt(Cell cell) {
    return w.run.get() != null
        && cell.query() < w.run.get().length()
        && cell.key() < w.run.get().length();
  }
}
