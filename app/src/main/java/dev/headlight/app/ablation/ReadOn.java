package dev.headlight.app.ablation;

import dev.headlight.app.engine.PromptSource;

/**
 * What a metric is read on: prompts of one kind, or the clean prompts of the pairs that are built.
 * As text: {@code pairs}, or what {@link PromptSource} writes.
 *
 * @param pairs whether they are pairs, with answers of their own
 * @param prompts which prompts else
 */
public record ReadOn(boolean pairs, PromptSource prompts) {
  /** The prompt at hand. */
  public static final ReadOn PROMPT = new ReadOn(false, PromptSource.PROMPT);

  /** The pairs that are built in the pane. */
  public static final ReadOn PAIRS = new ReadOn(true, PromptSource.PROMPT);

  /** Prompts of one kind. */
  public static ReadOn of(PromptSource prompts) {
    return new ReadOn(false, prompts);
  }

  /** Reads the text form; anything else means the prompt at hand. */
  public static ReadOn parse(String text) {
    return text.equals(PAIRS.toString()) ? PAIRS : of(PromptSource.parse(text));
  }

  /** Whether it is the prompt at hand. */
  public boolean prompt() {
    return equals(PROMPT);
  }

  /** For menus. */
  public String title() {
    return pairs ? "Pairs" : prompts.title();
  }

  @Override
  public String toString() {
    return pairs ? "pairs" : prompts.toString();
  }
}
