package dev.headlight.analysis.text;

import java.util.ArrayList;
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

  /** Number of pictures in all turns. */
  public int pictures() {
    return messages.stream().mapToInt(ChatMessage::pictures).sum();
  }

  /**
   * The same about pictures: what a prompt of the model writes for one becomes a picture, and where
   * no turn says where they stand, they stand before the words of the user's last turn.
   *
   * @param count of pictures
   * @param placeholder such as {@code <image>}
   */
  public Chat seeing(int count, String placeholder) {
    List<ChatMessage> said = new ArrayList<>();
    for (ChatMessage m : messages) {
      String content = m.content().replace(placeholder, ChatMessage.PICTURE);
      said.add(new ChatMessage(m.role(), content));
    }
    Chat chat = new Chat(said, answerNext);
    if (chat.pictures() > 0 || count == 0) {
      return chat;
    }
    for (int i = said.size() - 1; i >= 0; i--) {
      ChatMessage m = said.get(i);
      if (m.role().equals(ChatMessage.USER)) {
        String content = ChatMessage.PICTURE.repeat(count) + m.content();
        said.set(i, new ChatMessage(m.role(), content));
        break;
      }
    }
    return new Chat(said, answerNext);
  }
}
