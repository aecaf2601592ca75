package dev.headlight.app.session;

import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.Chat;
import dev.headlight.app.pictures.PromptPicture;
import java.util.List;
import java.util.Optional;

/**
 * What the model reads.
 *
 * @param text plain text, or ids for a model without a tokenizer
 * @param chat turns that are read in place of the text
 * @param bos whether it begins with the BOS token
 * @param pictures in order
 */
public record PromptState(String text, Optional<Chat> chat, Bos bos, List<PromptPicture> pictures) {
  /** Copies the list. */
  public PromptState {
    pictures = List.copyOf(pictures);
  }

  /** Plain text, as the tokenizer takes it. */
  public static PromptState of(String text) {
    return new PromptState(text, Optional.empty(), Bos.DEFAULT, List.of());
  }

  /** What people recognise it by: the text, or the last turn. */
  String words() {
    return chat.filter(c -> !c.messages().isEmpty())
        .map(c -> c.messages().get(c.messages().size() - 1).content())
        .orElse(text);
  }

  /** Its characters, for limits. */
  int length() {
    int turns =
        chat.map(c -> c.messages().stream().mapToInt(m -> m.content().length()).sum()).orElse(0);
    return text.length() + turns;
  }
}
