package dev.headlight.analysis.patching;

import dev.headlight.analysis.pairs.TokenPair;

/** Which of two prompts is changed, and which one gives the values. */
public enum Direction {
  /** Clean values into the corrupt prompt: does the part suffice to bring the answer back? */
  DENOISING("denoising: clean values into the corrupt prompt"),
  /** Corrupt values into the clean prompt: is the part needed for the answer? */
  NOISING("noising: corrupt values into the clean prompt");

  private final String text;

  Direction(String text) {
    this.text = text;
  }

  /** The direction in words. */
  public String text() {
    return text;
  }

  /** Ids of the prompt that is changed. */
  public int[] changed(TokenPair pair) {
    return (this == DENOISING ? pair.corrupt() : pair.clean()).clone();
  }

  /** Ids of the prompt that gives the values. */
  public int[] source(TokenPair pair) {
    return (this == DENOISING ? pair.clean() : pair.corrupt()).clone();
  }

  /** The metric of the prompt that is changed, before anything is changed. */
  public double baseline(Contrast contrast) {
    return this == DENOISING ? contrast.corrupt() : contrast.clean();
  }
}
