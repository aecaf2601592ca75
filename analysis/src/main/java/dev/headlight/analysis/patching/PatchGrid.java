package dev.headlight.analysis.patching;

import dev.headlight.analysis.run.Site;

/** What the cells of a patching map are. */
public enum PatchGrid {
  /** One cell a layer and position: all heads of it together. */
  LAYER_POSITION("layer-position"),
  /** One cell a head, all chosen positions together. */
  HEAD("head"),
  /** One cell a head and position. */
  HEAD_POSITION("head-position");

  private final String text;

  PatchGrid(String text) {
    this.text = text;
  }

  /** Whether each head has cells of its own. */
  public boolean byHead() {
    return this != LAYER_POSITION;
  }

  /** Whether each position has cells of its own. */
  public boolean byPosition() {
    return this != HEAD;
  }

  /** Whether a site can be cut like this: what has no heads cannot be cut by them. */
  public boolean fits(Site site) {
    return !byHead() || site.scope() != Site.Scope.BLOCK;
  }

  /** The name of the command line. */
  @Override
  public String toString() {
    return text;
  }
}
