package dev.headlight.analysis.retrieval;

import java.util.List;

/**
 * What a needle probe is made of when nobody names files.
 *
 * @param title for people, such as {@code built-in}
 * @param haystack the text in which needles are hidden; needs to be as long as the longest prompt
 * @param needles what is hidden; none of their words should stand in the haystack
 */
public record ProbeTexts(String title, String haystack, List<Needle> needles) {
  /** Our own filler and needles, in plain English. */
  public static final ProbeTexts STANDARD =
      new ProbeTexts("built-in", Filler.text(), Needle.STANDARD);

  /** Copies the list. */
  public ProbeTexts {
    needles = List.copyOf(needles);
  }
}
