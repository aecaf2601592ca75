package dev.headlight.analysis.image;

import java.util.Optional;

/**
 * A prompt with room for its pictures.
 *
 * @param text the prompt with every placeholder replaced by its picture's image tokens
 * @param special whether the tokenizer still adds its special tokens; not where the text already
 *     has them (PaliGemma)
 * @param notice where the pictures were put, when the prompt did not say it
 */
public record ExpandedPrompt(String text, boolean special, Optional<String> notice) {}
