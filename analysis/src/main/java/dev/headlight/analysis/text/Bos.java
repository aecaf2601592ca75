package dev.headlight.analysis.text;

/** Whether a beginning-of-sequence token goes in front. */
public enum Bos {
  /** What the tokenizer's own post-processor does. */
  DEFAULT,
  /** Put it in front unless the post-processor did. */
  ON,
  /** Take it away if the post-processor put it in front. */
  OFF
}
