package dev.headlight.app.prompts;

import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.ChatMessage;
import java.util.List;

/**
 * A prompt that is kept.
 *
 * @param name by which it is found, not blank
 * @param text the plain text; may be empty where there are messages
 * @param messages chat turns; empty for plain text
 * @param bos whether the text begins with the BOS token
 * @param notes what it is for
 */
public record SavedPrompt(
    String name, String text, List<ChatMessage> messages, Bos bos, String notes) {
  /** Keeps a copy of the turns. */
  public SavedPrompt {
    messages = List.copyOf(messages);
  }

  /** Whether it is a conversation. */
  public boolean chat() {
    return !messages.isEmpty();
  }
}
