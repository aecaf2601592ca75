package dev.headlight.app.view;

import dev.headlight.app.workbench.Workbench;

/**
 * The keys that the map, the grid and the tokens handle themselves while they have the focus, as
 * commands, so that the sheet of keys has them all.
 */
final class LocalKeys {
  private LocalKeys() {}

  /** Adds them. */
  static void add(Commands commands, Workbench w) {
    local(commands, "cell.left", "Key before", "LEFT", () -> w.moveCell(0, -1));
    local(commands, "cell.right", "Next key", "RIGHT", () -> w.moveCell(0, 1));
    local(commands, "cell.up", "Query before", "UP", () -> w.moveCell(-1, 0));
    local(commands, "cell.down", "Next query", "DOWN", () -> w.moveCell(1, 0));
    local(commands, "cell.layerAbove", "Layer above", "PAGE_UP", () -> w.moveHead(-1, 0));
    local(commands, "cell.layerBelow", "Layer below", "PAGE_DOWN", () -> w.moveHead(1, 0));
    local(commands, "cell.unlock", "Let go of the cell", "ESCAPE", w::unlock);
    local(commands, "cell.zoomIn", "Zoom in", "PLUS", of(commands, "view.zoomIn"));
    local(commands, "cell.zoomOut", "Zoom out", "MINUS", of(commands, "view.zoomOut"));
    local(commands, "cell.fit", "Fit", "DIGIT0", of(commands, "view.fit"));
    local(commands, "grid.left", "Head before", "LEFT", () -> w.moveHead(0, -1));
    local(commands, "grid.right", "Next head", "RIGHT", () -> w.moveHead(0, 1));
    local(commands, "grid.up", "Layer above", "UP", () -> w.moveHead(-1, 0));
    local(commands, "grid.down", "Layer below", "DOWN", () -> w.moveHead(1, 0));
    local(commands, "tokens.left", "Query before", "LEFT", () -> moveQuery(w, -1));
    local(commands, "tokens.right", "Next query", "RIGHT", () -> moveQuery(w, 1));
  }

  private static void local(Commands commands, String id, String title, String key, Runnable run) {
    Command command = Command.of(id, title, key, run);
    commands.add(command.in(command.group()));
  }

  private static Runnable of(Commands commands, String id) {
    return () -> commands.find(id).ifPresent(Command::tryRun);
  }

  private static void moveQuery(Workbench w, int by) {
    int query = w.query.get() + by;
    if (w.run.get() != null && query >= 0 && query < w.run.get().length()) {
      w.query.set(query);
    }
  }
}
