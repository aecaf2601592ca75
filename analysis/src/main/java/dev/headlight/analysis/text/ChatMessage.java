package dev.headlight.analysis.text;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * One turn of a conversation.
 *
 * @param role usually {@code system}, {@code user} or {@code assistant}; templates may know others
 * @param content what was said, may be empty; {@link #PICTURE} where a picture stands
 */
public record ChatMessage(String role, String content) {
  /** Stands for a picture in what was said: Unicode's object replacement character. */
  public static final String PICTURE = "\uFFFC";

  /** The role of instructions. */
  public static final String SYSTEM = "system";

  /** The role of who asks. */
  public static final String USER = "user";

  /** The role of who answers. */
  public static final String ASSISTANT = "assistant";

  /** Refuses null. */
  public ChatMessage {
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(content, "content");
  }

  /** Number of pictures in what was said. */
  public int pictures() {
    return (int) content.chars().filter(c -> c == PICTURE.charAt(0)).count();
  }

  /** The words around the pictures, in order; blank ones are left out. */
  List<String> words() {
    return Arrays.stream(content.split(PICTURE, -1))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }
}
