package dev.headlight.analysis.text;

import java.util.Objects;

/**
 * One turn of a conversation.
 *
 * @param role usually {@code system}, {@code user} or {@code assistant}; templates may know others
 * @param content what was said, may be empty
 */
public record ChatMessage(String role, String content) {
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
}
