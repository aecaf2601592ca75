package dev.headlight.analysis.pairs;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a word is in a task, such as the indirect object (IO), the subject's first and second
 * mention (S1, S2) and the end of the prompt (END) of Wang et al. 2023.
 *
 * @param name without blanks and without {@code = / ;}
 * @param clean where it stands in the clean prompt
 * @param corrupt where the word in its place stands in the corrupt prompt
 */
public record PairRole(String name, TextSpan clean, TextSpan corrupt) {
  private static final Pattern NAME = Pattern.compile("[^\\s=/;]+");
  private static final Pattern TEXT =
      Pattern.compile("([^\\s=/;]+)=(\\d{1,9})-(\\d{1,9})(?:/(\\d{1,9})-(\\d{1,9}))?");

  /** Refuses a name that {@link #parse} would not give back. */
  public PairRole {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("no name of a role: " + name);
    }
  }

  /** {@code S1=15-19}, and {@code S1=15-19/15-21} where the two prompts differ. */
  public String text() {
    String both = name + "=" + clean.start() + "-" + clean.end();
    return clean.equals(corrupt) ? both : both + "/" + corrupt.start() + "-" + corrupt.end();
  }

  /** Roles one after the other, separated by blanks. */
  public static String text(List<PairRole> roles) {
    return roles.stream().map(PairRole::text).collect(Collectors.joining(" "));
  }

  /**
   * Reads what {@link #text(List)} wrote.
   *
   * @throws HeadlightException when a part is not of that form
   */
  public static List<PairRole> parse(String text) {
    return text.isBlank()
        ? List.of()
        : Arrays.stream(text.strip().split("[\\s;]+", -1)).map(PairRole::one).toList();
  }

  private static PairRole one(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw wrong(text);
    }
    TextSpan clean = span(text, parts.group(2), parts.group(3));
    TextSpan corrupt = parts.group(4) == null ? clean : span(text, parts.group(4), parts.group(5));
    return new PairRole(parts.group(1), clean, corrupt);
  }

  private static TextSpan span(String text, String start, String end) {
    int from = Integer.parseInt(start);
    int to = Integer.parseInt(end);
    if (to <= from) {
      throw wrong(text);
    }
    return new TextSpan(from, to);
  }

  private static HeadlightException wrong(String text) {
    return new HeadlightException(
        Kind.INPUT,
        "role '%s': expected NAME=START-END, or NAME=START-END/START-END with the corrupt prompt's characters, such as S1=15-19"
            .formatted(text));
  }
}
