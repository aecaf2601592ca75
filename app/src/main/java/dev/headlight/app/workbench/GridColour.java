package dev.headlight.app.workbench;

/** What the grid of all heads shows of each. */
public enum GridColour {
  MAP("Map", "", "attention, max-pooled"),
  ENTROPY("Entropy", "nats", "mean over queries of −Σ A ln A"),
  FIRST("First token", "", "mean attention to token 0"),
  PREVIOUS("Previous token", "", "mean attention to the token before"),
  DISTANCE("Distance", "tokens", "mean over queries of Σ A·|query − key|");

  private final String title;
  private final String unit;
  private final String formula;

  GridColour(String title, String unit, String formula) {
    this.title = title;
    this.unit = unit;
    this.formula = formula;
  }

  /** Name in the menu. */
  public String title() {
    return title;
  }

  /** Unit of the numbers; empty for shares. */
  public String unit() {
    return unit;
  }

  /** What is computed. */
  public String formula() {
    return formula;
  }
}
