package dev.headlight.app.engine;

import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.image.PreparedPictures;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.text.ChatPrompt;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.pictures.PromptPicture;
import java.util.List;
import java.util.Optional;

/**
 * A prompt as a model reads it.
 *
 * @param text as it was typed, without room for pictures; empty for turns and ids
 * @param tokens with room for the pictures; the tower's places where the model reads no text
 * @param written what a chat template wrote, where the prompt is turns
 * @param pictures as they were given
 * @param prepared the pictures as the model takes them
 * @param notices what the user should know, one sentence each
 * @param texts of a model with two towers every text of the prompt, the first of them {@code
 *     tokens}; else empty
 */
public record ReadPrompt(
    String text,
    Tokens tokens,
    Optional<ChatPrompt> written,
    List<PromptPicture> pictures,
    Optional<PreparedPictures> prepared,
    List<String> notices,
    List<Tokens> texts) {
  /** Copies the lists. */
  public ReadPrompt {
    pictures = List.copyOf(pictures);
    notices = List.copyOf(notices);
    texts = List.copyOf(texts);
  }

  /** A prompt of one text. */
  public ReadPrompt(
      String text,
      Tokens tokens,
      Optional<ChatPrompt> written,
      List<PromptPicture> pictures,
      Optional<PreparedPictures> prepared,
      List<String> notices) {
    this(text, tokens, written, pictures, prepared, notices, List.of());
  }

  /** Text alone. */
  public static ReadPrompt of(Tokens tokens) {
    return new ReadPrompt(
        tokens.text(), tokens, Optional.empty(), List.of(), Optional.empty(), List.of());
  }

  /** What the model is asked for, with the pictures; nothing but the last logits is kept. */
  public RunRequest request(ModelSpec spec) {
    Optional<Pixels> pixels = prepared.map(PreparedPictures::pixels);
    if (spec.patches().isPresent()) {
      return RunRequest.ofPicture(spec, pixels.orElseThrow());
    }
    RunRequest text = RunRequest.of(tokens.ids());
    return pixels.map(p -> text.withPictures(List.of(p))).orElse(text);
  }

  static ReadPrompt of(ChatPrompt written) {
    return new ReadPrompt(
        "", written.tokens(), Optional.of(written), List.of(), Optional.empty(), List.of());
  }
}
