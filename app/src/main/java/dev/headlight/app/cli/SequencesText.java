package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import java.util.Arrays;
import java.util.List;

/** Token ids of several prompts on the command line: {@code 1,2,3;4,5}. */
final class SequencesText {
  private static final String IDS = "\\s*\\d{1,9}(\\s*,\\s*\\d{1,9})*\\s*";

  private SequencesText() {}

  /**
   * Reads them.
   *
   * @param option that is named in errors
   */
  static List<int[]> parse(String option, String text) {
    return Arrays.stream(text.split(";", -1)).map(part -> ids(option, part)).toList();
  }

  /** One list of ids. */
  static int[] ids(String option, String text) {
    if (!text.matches(IDS)) {
      throw new HeadlightException(
          Kind.INPUT,
          "%s: expected token ids such as 1,2,3;4,5, found '%s'.".formatted(option, text));
    }
    return Arrays.stream(text.split(",", -1))
        .mapToInt(id -> Integer.parseInt(id.strip()))
        .toArray();
  }
}
