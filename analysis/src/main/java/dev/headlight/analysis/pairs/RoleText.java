package dev.headlight.analysis.pairs;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Texts that name roles in braces where positions belong, such as {@code row:L9H6@{END}={IO}:0.5}:
 * of each pair its own positions are meant, wherever its words stand.
 */
public final class RoleText {
  private static final Pattern ROLE = Pattern.compile("\\{([^{}]*)}");

  private RoleText() {}

  /** Whether a text names a role. */
  public static boolean named(String text) {
    return ROLE.matcher(text).find();
  }

  /**
   * Writes where roles stand in the clean prompt in the place of their names: the position of a
   * role's last token, where its word is complete.
   *
   * @throws HeadlightException that names a role which the pair does not have, and those that it
   *     has
   */
  public static String at(String text, ReadPair pair) {
    return ROLE.matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(position(found.group(1), pair)));
  }

  private static String position(String name, ReadPair pair) {
    return pair.text()
        .role(name)
        .flatMap(pair::inClean)
        .map(range -> Integer.toString(range.last()))
        .orElseThrow(() -> none(name, pair.text()));
  }

  private static HeadlightException none(String name, PromptPair pair) {
    String known =
        pair.roles().isEmpty()
            ? "none is marked"
            : pair.roles().stream().map(PairRole::name).collect(Collectors.joining(", "));
    return new HeadlightException(
        Kind.INPUT,
        "no role {%s} in \"%s\"; its roles: %s. Mark it, or give a position"
            .formatted(name, pair.clean(), known));
  }
}
