package dev.headlight.app.view;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.vision.Mask;
import dev.headlight.app.session.Measurements;
import dev.headlight.app.visual.LayerSpread;
import dev.headlight.app.visual.MapMode;
import dev.headlight.app.visual.MaskText;
import dev.headlight.app.visual.Over;
import dev.headlight.app.visual.Shown;
import dev.headlight.app.visual.Side;
import dev.headlight.app.visual.VisualChange;
import dev.headlight.app.visual.VisualChoice;
import dev.headlight.app.visual.VisualState;
import dev.headlight.app.visual.VisualWork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.property.LongProperty;
import javafx.beans.property.SimpleLongProperty;

/**
 * Keeps what is set and found in a visual pane for sessions and undo, a name a setting. What
 * belongs to a prompt, such as the word and the painted mask, says to which: a session may name it
 * before its prompt has been read, and another prompt must not get it.
 */
final class VisualMemory {
  private final VisualDesk desk;
  private final LongProperty revision = new SimpleLongProperty();
  private final List<Bound> bound = new ArrayList<>();

  /** What was last set or taken over of settings that belong to a prompt. */
  private final Map<String, String> remembered = new HashMap<>();

  private Map<Integer, Mask> masks = Map.of();
  private String maskText = "";

  /** A setting that belongs to a prompt, as text; empty as at first. */
  private record Bound(String name, Supplier<String> get, Consumer<String> put) {}

  VisualMemory(VisualDesk desk) {
    this.desk = desk;
    bind("tower", this::tower, this::tower);
    bind("shown", this::shown, this::shown);
    number("word", VisualChoice::word, VisualChoice::withWord);
    number("patch", VisualChoice::patch, VisualChoice::withPatch);
    number("minus", VisualChoice::baseline, VisualChoice::withBaseline);
    bind("tower_head", this::towerHead, this::towerHead);
    bind("mask", this::maskText, text -> state().masks(MaskText.parse(text)));
  }

  /** Keeps them from now on. */
  void keep() {
    desk.whenBegun(this::begun);
    desk.whenChanged(this::changed);
    keep("map", c -> c.mode().name(), (c, t) -> c.with(MapMode.valueOf(t)));
    keep("over", c -> c.over().name(), (c, t) -> c.with(Over.valueOf(t)));
    keep("style", c -> c.style().name(), (c, t) -> c.with(VisualChoice.Style.valueOf(t)));
    keep("alpha", c -> "" + c.alpha(), (c, t) -> c.withAlpha(Double.parseDouble(t)));
    keep("scanpath", c -> "" + c.scanpath(), (c, t) -> c.withScanpath(Boolean.parseBoolean(t)));
    keep("order", c -> c.order().name(), (c, t) -> c.with(VisualChoice.Order.valueOf(t)));
    keep("change", c -> c.change().text(), (c, t) -> c.with(VisualChange.parse(t)));
    keep("layers", c -> c.spread().text(), (c, t) -> c.with(LayerSpread.parse(t)));
    for (Bound one : bound) {
      desk.context().memory().keep(one.name(), () -> text(one), t -> put(one, t), revision);
    }
    desk.context().memory().findings(Measurements.VISUAL, state()::document, state()::restore);
  }

  private VisualState state() {
    return desk.state();
  }

  private void bind(String name, Supplier<String> get, Consumer<String> put) {
    bound.add(new Bound(name, get, put));
  }

  private void number(
      String name,
      Function<VisualChoice, Integer> get,
      BiFunction<VisualChoice, Integer, VisualChoice> with) {
    bind(
        name,
        () -> get.apply(state().choice()) < 0 ? "" : "" + get.apply(state().choice()),
        t -> {
          int now = t.isEmpty() ? -1 : Integer.parseInt(t);
          state().choose(with.apply(state().choice(), now));
        });
  }

  private String tower() {
    boolean other =
        desk.facts() != null
            && state().choice().side() != VisualWork.firstSide(desk.facts().spec());
    return other ? state().choice().side().name() : "";
  }

  private void tower(String text) {
    Side side = text.isEmpty() ? VisualWork.firstSide(desk.facts().spec()) : Side.valueOf(text);
    if (side != state().choice().side()) {
      state().choose(state().choice().with(side));
    }
  }

  private String shown() {
    Shown now = state().choice().shown();
    return now.equals(Shown.FIRST) ? "" : now.written();
  }

  private void shown(String text) {
    state().choose(state().choice().with(Shown.parse(text).orElse(Shown.FIRST)));
  }

  /** The head of a tower is this pane's own; that of a language model is the window's. */
  private String towerHead() {
    Head head = state().head();
    boolean own = state().choice().side() == Side.TOWER && !head.equals(new Head(0, 0));
    return own ? head.toString() : "";
  }

  private void towerHead(String text) {
    if (state().choice().side() == Side.TOWER) {
      state().select(text.isEmpty() ? new Head(0, 0) : Head.parse(text));
    }
  }

  private String maskText() {
    Map<Integer, Mask> now = state().masks();
    if (!now.equals(masks)) {
      masks = now;
      maskText = MaskText.of(now);
    }
    return maskText;
  }

  private boolean belongs(String text) {
    String print = desk.fingerprint();
    return !print.isEmpty() && text.endsWith("@" + print);
  }

  /** The text of a setting with its prompt; that of another prompt while this has none. */
  private String text(Bound one) {
    String own = desk.fingerprint().isEmpty() ? "" : one.get().get();
    if (!own.isEmpty()) {
      return own + "@" + desk.fingerprint();
    }
    String before = remembered.getOrDefault(one.name(), "");
    return belongs(before) ? "" : before;
  }

  private void put(Bound one, String text) {
    if (text.isEmpty()) {
      remembered.remove(one.name());
      if (!desk.fingerprint().isEmpty() && !one.get().get().isEmpty()) {
        one.put().accept("");
      }
      return;
    }
    remembered.put(one.name(), text);
    if (belongs(text)) {
      take(one, text.substring(0, text.lastIndexOf('@')));
    }
  }

  private static void take(Bound one, String text) {
    try {
      one.put().accept(text);
    } catch (HeadlightException | IllegalArgumentException e) {
      one.put().accept("");
    }
  }

  /** Another prompt: what was set for it counts again. */
  private void begun() {
    for (Bound one : bound) {
      String text = remembered.getOrDefault(one.name(), "");
      if (belongs(text)) {
        take(one, text.substring(0, text.lastIndexOf('@')));
      }
    }
  }

  private void changed() {
    for (Bound one : bound) {
      String now = text(one);
      if (now.isEmpty()) {
        remembered.remove(one.name());
      } else {
        remembered.put(one.name(), now);
      }
    }
    revision.set(revision.get() + 1);
  }

  private void keep(
      String name,
      Function<VisualChoice, String> text,
      BiFunction<VisualChoice, String, VisualChoice> read) {
    String first = text.apply(VisualChoice.FIRST);
    desk.context()
        .memory()
        .keep(
            name,
            () -> {
              String now = text.apply(state().choice());
              return now.equals(first) ? "" : now;
            },
            now -> choose(read, now.isEmpty() ? first : now),
            revision);
  }

  private void choose(BiFunction<VisualChoice, String, VisualChoice> read, String text) {
    VisualChoice choice = state().choice();
    try {
      state().choose(read.apply(choice, text));
    } catch (IllegalArgumentException e) {
      state().choose(choice);
    }
  }
}
