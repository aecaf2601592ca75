package dev.headlight.renderer;

/** The colours of figures, and of windows where light or dark, all 0xAARRGGBB. */
public enum Theme {
  /** Dark text on white. */
  LIGHT(
      0xffffffff,
      0xffe3e6eb,
      0xff1c2330,
      0xff6b7484,
      0xff9aa3b2,
      0xff2f6feb,
      0xffeceef1,
      0xff9c1127,
      0xff14508f),
  /** Light text on near-black. */
  DARK(
      0xff1c2027,
      0xff2c323c,
      0xffe4e8ef,
      0xff9aa4b4,
      0xff6c7686,
      0xff6aa1ff,
      0xff262a32,
      0xffff7d6e,
      0xff63a8ff),
  /** Black text on white for print; marks in a vermilion that survives copying in grey. */
  PAPER(
      0xffffffff,
      0xff7f7f7f,
      0xff000000,
      0xff000000,
      0xff4d4d4d,
      0xffd55e00,
      0xffe4e4e4,
      0xff9c1127,
      0xff14508f);

  private final int panel;
  private final int line;
  private final int text;
  private final int dim;
  private final int faint;
  private final int accent;
  private final int masked;
  private final int negative;
  private final int positive;

  Theme(
      int panel,
      int line,
      int text,
      int dim,
      int faint,
      int accent,
      int masked,
      int negative,
      int positive) {
    this.panel = panel;
    this.line = line;
    this.text = text;
    this.dim = dim;
    this.faint = faint;
    this.accent = accent;
    this.masked = masked;
    this.negative = negative;
    this.positive = positive;
  }

  /** Ground of a figure; also the neutral of the signed map. */
  public int panel() {
    return panel;
  }

  /** Thin lines and frames. */
  public int line() {
    return line;
  }

  /** Titles and values. */
  public int text() {
    return text;
  }

  /** Labels and captions. */
  public int dim() {
    return dim;
  }

  /** Ticks. */
  public int faint() {
    return faint;
  }

  /** Selection marks. */
  public int accent() {
    return accent;
  }

  /** Masked cells. */
  public int masked() {
    return masked;
  }

  /** The red end of the signed map. */
  public int negative() {
    return negative;
  }

  /** The blue end of the signed map. */
  public int positive() {
    return positive;
  }
}
