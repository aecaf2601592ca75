package dev.headlight.analysis.text;

import java.util.ArrayList;
import java.util.List;

/**
 * What a chat template wrote.
 *
 * @param text all of it
 * @param turns where the contents of the messages are in it, in their order
 * @param ownSystem whether the template added a system turn that was not given
 */
public record ChatText(String text, List<Turn> turns, boolean ownSystem) {
  /**
   * A message in the text.
   *
   * @param role as it was given
   * @param start of the content, in UTF-16 units of the text
   * @param end one past the content; a message that the template left out or rewrote has no span,
   *     and both are -1
   */
  public record Turn(String role, int start, int end) {
    /** Whether the message's words are in the text. */
    public boolean applied() {
      return start >= 0;
    }
  }

  /** Finds the messages again in what was written. */
  public static ChatText of(Chat chat, String text) {
    List<Turn> turns = new ArrayList<>();
    StringBuilder around = new StringBuilder();
    boolean system = false;
    int from = 0;
    for (ChatMessage message : chat.messages()) {
      Turn turn = turn(message, text, from);
      turns.add(turn);
      system |= message.role().equals(ChatMessage.SYSTEM);
      if (turn.applied()) {
        around.append(text, from, turn.start()).append('\n');
        from = turn.end();
      }
    }
    around.append(text, from, text.length());
    boolean own = !system && around.indexOf(ChatMessage.SYSTEM) >= 0;
    return new ChatText(text, List.copyOf(turns), own);
  }

  /** Where the words of a message are, from its first to its last; pictures stand between. */
  private static Turn turn(ChatMessage message, String text, int from) {
    int start = -1;
    int end = from;
    for (String words : message.words()) {
      int at = text.indexOf(words, end);
      if (at < 0) {
        return new Turn(message.role(), -1, -1);
      }
      start = start < 0 ? at : start;
      end = at + words.length();
    }
    return new Turn(message.role(), start < 0 ? from : start, end);
  }

  /** The roles whose words are in the text, each once, in their order. */
  public List<String> roles() {
    return turns.stream().filter(Turn::applied).map(Turn::role).distinct().toList();
  }

  /** Whether a place in the text is inside a message and not the template's own. */
  boolean said(int start, int end) {
    return turns.stream().anyMatch(t -> t.applied() && start >= t.start() && end <= t.end());
  }
}
