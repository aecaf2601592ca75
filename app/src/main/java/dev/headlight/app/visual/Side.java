package dev.headlight.app.visual;

/** Whose attention is shown. */
public enum Side {
  /**
   * That of the model's main transformer: the language model, or the tower of a model that is one.
   */
  MAIN,
  /** That of the tower that reads the picture for another. */
  TOWER
}
