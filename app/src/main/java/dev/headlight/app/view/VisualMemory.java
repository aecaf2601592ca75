package dev.headlight.app.view;

import dev.headlight.app.visual.LayerSpread;
import dev.headlight.app.visual.MapMode;
import dev.headlight.app.visual.Over;
import dev.headlight.app.visual.Side;
import dev.headlight.app.visual.VisualChange;
import dev.headlight.app.visual.VisualChoice;
import java.util.function.BiFunction;
import java.util.function.Function;
import javafx.beans.property.LongProperty;
import javafx.beans.property.SimpleLongProperty;

/** Keeps what is set in a visual pane for sessions and undo, a name a setting. */
final class VisualMemory {
  private final VisualDesk desk;
  private final LongProperty revision = new SimpleLongProperty();

  VisualMemory(VisualDesk desk) {
    this.desk = desk;
  }

  /** Keeps them from now on. */
  void keep() {
    desk.whenChanged(() -> revision.set(revision.get() + 1));
    keep("map", c -> c.mode().name(), (c, t) -> c.with(MapMode.valueOf(t)));
    keep("over", c -> c.over().name(), (c, t) -> c.with(Over.valueOf(t)));
    keep("style", c -> c.style().name(), (c, t) -> c.with(VisualChoice.Style.valueOf(t)));
    keep("alpha", c -> "" + c.alpha(), (c, t) -> c.withAlpha(Double.parseDouble(t)));
    keep("scanpath", c -> "" + c.scanpath(), (c, t) -> c.withScanpath(Boolean.parseBoolean(t)));
    keep("order", c -> c.order().name(), (c, t) -> c.with(VisualChoice.Order.valueOf(t)));
    keep("change", c -> c.change().text(), (c, t) -> c.with(VisualChange.parse(t)));
    keep("layers", c -> c.cut().text(), (c, t) -> c.with(LayerSpread.parse(t)));
    keep("word", c -> "" + c.word(), (c, t) -> c.withWord(Integer.parseInt(t)));
    keep("patch", c -> "" + c.patch(), (c, t) -> c.withPatch(Integer.parseInt(t)));
    keep("minus", c -> "" + c.baseline(), (c, t) -> c.withBaseline(Integer.parseInt(t)));
    keep("tower", c -> "" + (c.side() == Side.TOWER), VisualMemory::tower);
  }

  private static VisualChoice tower(VisualChoice choice, String text) {
    Side side = Boolean.parseBoolean(text) ? Side.TOWER : Side.MAIN;
    return side == choice.side() ? choice : choice.with(side);
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
              String now = text.apply(desk.state().choice());
              return now.equals(first) ? "" : now;
            },
            now -> put(read, now.isEmpty() ? first : now),
            revision);
  }

  private void put(BiFunction<VisualChoice, String, VisualChoice> read, String text) {
    VisualChoice choice = desk.state().choice();
    try {
      desk.state().choose(read.apply(choice, text));
    } catch (IllegalArgumentException e) {
      desk.state().choose(choice);
    }
  }
}
