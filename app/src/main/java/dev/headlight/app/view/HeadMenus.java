package dev.headlight.app.view;

import dev.headlight.app.workbench.Workbench;
import java.util.List;
import javafx.beans.InvalidationListener;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ToggleGroup;

/** Menu items of the head pane that more than one property decides. */
final class HeadMenus {
  private HeadMenus() {}

  /** Map, lines or text. */
  static List<MenuItem> kinds(Workbench w) {
    RadioMenuItem map = new RadioMenuItem("Map");
    RadioMenuItem lines = new RadioMenuItem("Lines (L)");
    RadioMenuItem text = new RadioMenuItem("Text (X)");
    ToggleGroup group = new ToggleGroup();
    group.getToggles().addAll(map, lines, text);
    map.setOnAction(
        e -> {
          w.lines.set(false);
          w.text.set(false);
        });
    lines.setOnAction(e -> w.lines.set(true));
    text.setOnAction(e -> w.text.set(true));
    Runnable select = () -> group.selectToggle(w.text.get() ? text : w.lines.get() ? lines : map);
    InvalidationListener changed = o -> select.run();
    w.lines.addListener(changed);
    w.text.addListener(changed);
    select.run();
    return List.of(map, lines, text);
  }
}
