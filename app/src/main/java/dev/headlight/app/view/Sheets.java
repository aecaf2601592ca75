package dev.headlight.app.view;

import dev.headlight.app.workbench.Chosen;
import javafx.scene.layout.Region;

/** What can be laid over the window or opened beside it: palette, keys, preferences, hints. */
final class Sheets {
  private final Overlay overlay;
  private final Commands commands;
  private final Actions actions;
  private final Chosen chosen;
  private CommandPalette palette;

  Sheets(Overlay overlay, Commands commands, Actions actions, Chosen chosen) {
    this.overlay = overlay;
    this.commands = commands;
    this.actions = actions;
    this.chosen = chosen;
  }

  /** Names what the palette offers. */
  void setEntries(PaletteEntries entries) {
    palette = new CommandPalette(entries, overlay::close);
  }

  /** Finds any action by a few letters. */
  void commandPalette() {
    show(palette, palette.field());
    palette.open();
  }

  /** Opens the palette with something typed. */
  void find(String typed) {
    commandPalette();
    palette.field().setText(typed);
  }

  /** Lists every key. */
  void keyboard() {
    KeyboardSheet sheet = new KeyboardSheet(commands);
    show(sheet, sheet.focus());
  }

  private void show(Region content, javafx.scene.Node focus) {
    overlay.show(content, focus);
  }

  /** Takes away what lies over the window. */
  void close() {
    overlay.close();
  }

  void preferences() {
    PreferencesWindow.show(actions, chosen);
  }

  /** Shows the hints for beginners again. */
  void hints() {
    chosen.hints.set(true);
  }
}
