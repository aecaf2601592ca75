package dev.headlight.app.ablation;

import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.image.PreparedPictures;
import dev.headlight.app.engine.ReadPrompt;
import dev.headlight.app.pictures.PromptPicture;
import java.util.List;
import java.util.Optional;

/**
 * The pictures of a prompt. They are told apart by their checksums, which is all that a session
 * holds of them here; it has the pictures elsewhere.
 */
public final class Seen {
  /** No picture. */
  public static final Seen NOTHING = new Seen(List.of(), null);

  private final List<String> checksums;
  private final transient Pixels pixels;

  private Seen(List<String> checksums, Pixels pixels) {
    this.checksums = List.copyOf(checksums);
    this.pixels = pixels;
  }

  /** What a prompt shows. */
  public static Seen of(ReadPrompt prompt) {
    return prompt
        .prepared()
        .map(PreparedPictures::pixels)
        .map(p -> new Seen(prompt.pictures().stream().map(PromptPicture::sha256).toList(), p))
        .orElse(NOTHING);
  }

  /** Whether there is no picture. */
  boolean nothing() {
    return checksums.isEmpty();
  }

  /** What a processor made of the pictures; empty where only their checksums are known. */
  Optional<Pixels> pixels() {
    return Optional.ofNullable(pixels);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Seen seen && checksums.equals(seen.checksums);
  }

  @Override
  public int hashCode() {
    return checksums.hashCode();
  }

  @Override
  public String toString() {
    return checksums.toString();
  }
}
