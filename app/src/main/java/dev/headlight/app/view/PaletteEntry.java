package dev.headlight.app.view;

/**
 * A line of the command palette.
 *
 * @param id stable, so that what was chosen lately is remembered
 * @param title what is looked through
 * @param group what it belongs to, such as "View"
 * @param key how people read its keys; empty for none
 * @param enabled whether it can be done now
 * @param run does it
 */
record PaletteEntry(
    String id, String title, String group, String key, boolean enabled, Runnable run) {
  /** An entry that can be done and has no key. */
  static PaletteEntry of(String id, String title, String group, Runnable run) {
    return new PaletteEntry(id, title, group, "", true, run);
  }

  /** A command; empty groups of ids get a capital letter. */
  static PaletteEntry of(Command command) {
    return new PaletteEntry(
        command.id(),
        command.title(),
        KeyText.group(command.group()),
        KeyText.of(command),
        command.enabled().get(),
        command.run());
  }
}
