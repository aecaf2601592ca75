package dev.headlight.analysis.pairs;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Tasks that pairs are drawn of. */
public enum PairKind {
  /** Wang et al. 2023: the sentence that ends before its indirect object. */
  IOI(
      "Indirect object",
      "Two people, one of whom is said again; the answer is the other one (Wang et al. 2023). 15"
          + " sentences of our own. ABC puts three other names in, S2 the indirect object in place"
          + " of the second mention of the subject."),
  /** Merullo et al. 2024: coloured things, one of which is asked for. */
  COLOURS(
      "Coloured objects",
      "Three coloured things and a question for one's colour, after one example (Merullo et al."
          + " 2024). The corrupt prompt asks for another thing; the wrong answer is its colour."),
  /** Olsson et al. 2022: what came behind the same token before. */
  REPEATS(
      "Repeats",
      "Twelve random words, and the first six of them again; the answer is the seventh (Olsson et"
          + " al. 2022). In the corrupt prompt the first twelve are others, so that nothing repeats;"
          + " the wrong answer stands where the answer stood."),
  /** Pairs of words, one of which is looked up. */
  KEY_VALUE(
      "Key and value",
      "Five pairs of words and a key again; the answer is its value. The corrupt prompt asks for"
          + " another key; the wrong answer is that one's value."),
  /** Hanna et al. 2023: a year that must come later. */
  GREATER_THAN(
      "Greater than",
      "A span of years of one century; the answer is a year of a later decade, the wrong answer one"
          + " of an earlier (after Hanna et al. 2023). The corrupt prompt begins in the year 01 of"
          + " the century, where both are right.");

  private final String title;
  private final String definition;

  PairKind(String title, String definition) {
    this.title = title;
    this.definition = definition;
  }

  /** What people call it. */
  public String title() {
    return title;
  }

  /** What is asked, what the answer is, and what the corrupt prompt changes. */
  public String definition() {
    return definition;
  }

  /** Its name on the command line: {@code key-value}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads what {@link #text} gives.
   *
   * @throws HeadlightException that says which there are
   */
  public static PairKind parse(String text) {
    return Arrays.stream(values())
        .filter(k -> k.text().equalsIgnoreCase(text.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new HeadlightException(
                    Kind.INPUT,
                    "'%s' is no kind of pairs; expected one of %s"
                        .formatted(
                            text,
                            Arrays.stream(values())
                                .map(PairKind::text)
                                .collect(Collectors.joining(", ")))));
  }
}
