package dev.headlight.app.visual;

/** What is drawn over the picture. */
public enum MapMode {
  /** Attention as it is. */
  RAW("Raw", "raw", "A[q, patch]", "attention weights of the row"),
  /** Less that of a blank picture. */
  MINUS_BLANK(
      "Minus blank",
      "minus-blank",
      "A[q, patch] − A[q, patch | blank]",
      "the same words over a grey picture taken off; below 0 nothing is drawn"),
  /** Less that of a word without meaning. */
  MINUS_WORD(
      "Minus function word",
      "minus-word",
      "A[q, patch] − A[function word, patch]",
      "the row of a word that means nothing taken off; below 0 nothing is drawn"),
  /** Without visual sinks. */
  WITHOUT_SINKS(
      "Without sinks",
      "without-sinks",
      "A[q, patch], φ(x) = max_{d∈D} |x_d| / RMS(x) ≤ 20",
      "patches that are visual attention sinks of the layer left out (VAR, Kang et al. 2025)"),
  /** Followed through the layers. */
  ROLLOUT(
      "Rollout",
      "rollout",
      "R_l = Ã_l R_{l−1}, Ã = (mean over heads of A + I) / row sum",
      "up to the layer of the head (Abnar and Zuidema 2020)"),
  /** By gradients. */
  RELEVANCY(
      "Relevancy",
      "relevancy",
      "R ← R + Ā R, Ā = mean over heads of ReLU(∂y/∂A ∘ A); (R − I) / row sum",
      "y is the log-probability of the word that is written (LVLM-Interpret, Ben Melech Stan et al. 2024)");

  private final String title;
  private final String option;
  private final String formula;
  private final String says;

  MapMode(String title, String option, String formula, String says) {
    this.title = title;
    this.option = option;
    this.formula = formula;
    this.says = says;
  }

  /** For buttons and menus. */
  public String title() {
    return title;
  }

  /** On the command line. */
  public String option() {
    return option;
  }

  /** What a patch's number is. */
  public String formula() {
    return formula;
  }

  /** The same in words, with its source. */
  public String says() {
    return says;
  }

  /** Whether a map is of one head or of heads together, and not of all layers. */
  public boolean ofHeads() {
    return this != ROLLOUT && this != RELEVANCY;
  }

  /** Whether numbers below 0 occur. */
  public boolean signed() {
    return this == MINUS_BLANK || this == MINUS_WORD;
  }
}
