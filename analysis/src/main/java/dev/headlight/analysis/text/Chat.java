package dev.headlight.analysis.text;

import java.util.List;

/**
 * A conversation for a model that was trained on such.
 *
 * @param messages the turns, in order
 * @param answerNext whether the beginning of an assistant's turn follows them, so that the model
 *     answers ({@code add_generation_prompt})
 */
public record Chat(List<ChatMessage> messages, boolean answerNext) {
  /** Keeps a copy of the list. */
  public Chat {
    messages = List.copyOf(messages);
  }

  /** A conversation that the model answers unless its last turn is the assistant's. */
  public static Chat of(List<ChatMessage> messages) {
    boolean answered =
        !messages.isEmpty()
            && messages.get(messages.size() - 1).role().equals(ChatMessage.ASSISTANT);
    return new Chat(messages, !answered);
  }
}
