package dev.headlight.app.session;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.run.Intervention;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A list of interventions as people type it: one a line, or separated by semicolons. */
public final class Changes {
  private static final Pattern GROUP = Pattern.compile("\\{([^{}]*)}");

  private Changes() {}

  /**
   * Writes the heads of a group in the place of its name: {@code zero:{movers}}.
   *
   * @throws HeadlightException naming a group that there is not
   */
  public static String expand(String text, List<HeadGroup> groups) {
    return GROUP
        .matcher(text)
        .replaceAll(
            match -> {
              int at = HeadGroup.indexOf(groups, match.group(1));
              if (at < 0) {
                throw new HeadlightException(
                    HeadlightException.Kind.INPUT,
                    "no group of heads is called \"" + match.group(1) + "\"");
              }
              return Matcher.quoteReplacement(groups.get(at).heads().toString());
            });
  }

  /**
   * Reads the list; blank parts count for nothing.
   *
   * @throws HeadlightException naming the part that is no intervention
   */
  public static List<Intervention> parse(String text) {
    return split(text).stream().map(Intervention::parse).toList();
  }

  /** The parts of the list as they are typed, without blank ones. */
  public static List<String> split(String text) {
    return Arrays.stream(text.split("[;\\n]", -1))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }
}
