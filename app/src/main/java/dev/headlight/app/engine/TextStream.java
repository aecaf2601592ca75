package dev.headlight.app.engine;

import dev.headlight.analysis.text.TextTokenizer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The text of generated tokens as it grows. Tokens are decoded together with the prompt, because
 * some tokenizers drop the first space of what they decode; a character that is not complete yet is
 * held back.
 */
public final class TextStream {
  private static final char INCOMPLETE = '\uFFFD';

  private final Optional<TextTokenizer> tokenizer;
  private final int prompt;
  private final int promptText;
  private int[] ids;
  private int shown;

  /**
   * @param tokenizer empty where the model has none: ids are written then
   * @param prompt what is continued
   */
  public TextStream(Optional<TextTokenizer> tokenizer, int[] prompt) {
    this.tokenizer = tokenizer;
    this.ids = prompt.clone();
    this.prompt = prompt.length;
    this.promptText = decode().length();
  }

  /** Adds a token; the text that can be shown since the last call. */
  public String add(int id) {
    ids = Arrays.copyOf(ids, ids.length + 1);
    ids[ids.length - 1] = id;
    String text = text();
    int end = text.length();
    while (end > shown && text.charAt(end - 1) == INCOMPLETE) {
      end--;
    }
    String more = text.substring(Math.min(shown, end), end);
    shown = Math.max(shown, end);
    return more;
  }

  /** What was held back. */
  public String rest() {
    String text = text();
    return text.substring(Math.min(shown, text.length()));
  }

  /** All generated text. */
  public String text() {
    String all = decode();
    return all.substring(Math.min(promptText, all.length()));
  }

  private String decode() {
    if (tokenizer.isPresent()) {
      return tokenizer.get().decode(ids, true);
    }
    StringBuilder numbers = new StringBuilder();
    for (int i = prompt; i < ids.length; i++) {
      numbers.append(i == prompt ? "" : " ").append(ids[i]);
    }
    return numbers.toString();
  }
}
