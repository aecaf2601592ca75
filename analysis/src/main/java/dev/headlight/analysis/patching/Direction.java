package dev.headlight.analysis.patching;

import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.run.RunRequest;
import java.util.List;

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

  /** The pictures of the prompt that is changed. */
  public List<Pixels> changedPictures(TokenPair pair) {
    return this == DENOISING ? pair.corruptPictures() : pair.cleanPictures();
  }

  /** The prompt that gives the values, with its pictures. */
  public RunRequest sourcePrompt(TokenPair pair) {
    return this == DENOISING ? pair.cleanPrompt() : pair.corruptPrompt();
  }

  /** The prompt that is changed, with its pictures. */
  public RunRequest changedPrompt(TokenPair pair) {
    return this == DENOISING ? pair.corruptPrompt() : pair.cleanPrompt();
  }

  /** The metric of the prompt that is changed, before anything is changed. */
  public double baseline(Contrast contrast) {
    return this == DENOISING ? contrast.corrupt() : contrast.clean();
  }
}
