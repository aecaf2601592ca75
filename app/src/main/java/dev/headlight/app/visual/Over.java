package dev.headlight.app.visual;

/** Which heads a map is the mean of. */
public enum Over {
  /** The selected one. */
  HEAD("This head", ""),
  /** All of its layer. */
  LAYER("Its layer", "mean over the heads of the layer"),
  /** Those that are chosen. */
  CHOSEN("Chosen heads", "mean over the chosen heads"),
  /** All. */
  ALL("All heads", "mean over all heads"),
  /** All, each by its largest patch. */
  EACH("All, each by its largest", "mean over heads of A / max over patches (LVLM-Interpret)");

  private final String title;
  private final String says;

  Over(String title, String says) {
    this.title = title;
    this.says = says;
  }

  /** For menus. */
  public String title() {
    return title;
  }

  /** What is done, for the formula; empty for one head. */
  public String says() {
    return says;
  }
}
