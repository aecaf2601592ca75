package dev.headlight.app.visual;

import static dev.headlight.app.visual.ChangeParameter.COUNT;
import static dev.headlight.app.visual.ChangeParameter.FACTOR;
import static dev.headlight.app.visual.ChangeParameter.HEADS;
import static dev.headlight.app.visual.ChangeParameter.KEEP;
import static dev.headlight.app.visual.ChangeParameter.KEPT;
import static dev.headlight.app.visual.ChangeParameter.LAYER;
import static dev.headlight.app.visual.ChangeParameter.LAYERS;
import static dev.headlight.app.visual.ChangeParameter.RADIUS;
import static dev.headlight.app.visual.ChangeParameter.RHO;
import static dev.headlight.app.visual.ChangeParameter.SIZE;

import java.util.List;
import java.util.Locale;

/** What can be changed in a pass over a picture, as papers do it. */
public enum ChangeKind {
  /** Heads without output. */
  ZERO("Head at zero", "z[h] ← 0", "Michel et al. 2019"),
  /** Heads with more or less output. */
  SCALE("Head × factor", "z[h] ← factor · z[h]", "modulation of heads"),
  /** Attention from sinks to the picture. */
  VAR(
      "Sinks → picture (VAR)",
      "A[text, sinks] ← p · A; the rest goes to image tokens that are no sinks, in rows with V ≥ 0.2"
          + " and r ≥ ρ",
      "Kang et al. 2025"),
  /** More of the heads that need the picture. */
  VHR(
      "Heads that need the picture (VHR)",
      "z[h] ← factor · z[h] from the last position on, of heads with VHD above the median of their"
          + " layer",
      "He et al. 2025"),
  /** Text that reads no picture. */
  CUT("Cut text → picture", "score[text, image] ← −∞", "Geva et al. 2023"),
  /** Fewer image tokens. */
  DROP(
      "Drop image tokens",
      "behind the layer the least attended image tokens are no keys any more",
      "FastV, Chen et al. 2024"),
  /** Pictures that see the question. */
  SEE(
      "Show text to picture (MMA)",
      "image tokens see the words behind them too",
      "Wang et al. 2025"),
  /** Patches that look near. */
  NEAR(
      "Near patches only",
      "patches see patches at most radius rows and columns away",
      "Hassani et al. 2023; YOPO, Zhang et al. 2024"),
  /** Patches in windows. */
  WINDOW("Windows", "patches see patches of their own window", "Swin, Liu et al. 2021"),
  /** Patches with few keys. */
  TOP("Top-k keys", "each patch keeps the k keys with the largest scores", "KVT, Wang et al. 2022");

  private final String title;
  private final String formula;
  private final String source;

  ChangeKind(String title, String formula, String source) {
    this.title = title;
    this.formula = formula;
    this.source = source;
  }

  /** Its name on the command line. */
  public String option() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * For menus.
   *
   * @param patches whether patches of a tower are looked at, and not image tokens
   */
  public String title(boolean patches) {
    return this == CUT && patches ? "Cut class → patches" : title;
  }

  /** What is done. */
  public String formula() {
    return formula;
  }

  /** Where it was published. */
  public String source() {
    return source;
  }

  /** What it takes. */
  public List<ChangeParameter> parameters() {
    return switch (this) {
      case ZERO -> List.of(HEADS, LAYERS);
      case SCALE -> List.of(HEADS, FACTOR, LAYERS);
      case VAR -> List.of(KEPT, RHO, LAYERS);
      case VHR -> List.of(FACTOR, LAYERS);
      case CUT, SEE -> List.of(LAYERS);
      case DROP -> List.of(LAYER, KEEP);
      case NEAR -> List.of(RADIUS, LAYERS);
      case WINDOW -> List.of(SIZE, LAYERS);
      case TOP -> List.of(COUNT, LAYERS);
    };
  }

  /**
   * Whether it can be made to what is looked at.
   *
   * @param looked patches of a tower have no words around them; a tower of text has no picture
   */
  public boolean fits(Looked looked) {
    return looked.text()
        ? this == ZERO || this == SCALE
        : !looked.patches() || !(this == VAR || this == VHR || this == SEE);
  }
}
