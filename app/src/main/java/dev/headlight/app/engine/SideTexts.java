package dev.headlight.app.engine;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.Pool;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.TextTokenizer;
import dev.headlight.analysis.text.Tokens;
import java.util.List;

/**
 * Texts that a model with two towers holds against pictures, one a line. A tower that is read at
 * its last position (SigLIP) gets them filled up to its length, as its processor does.
 */
public final class SideTexts {
  /** What SigLIP's processor fills up with where the configuration says nothing. */
  private static final int PADDING = 1;

  private SideTexts() {}

  /** Whether pictures stand beside the text of a model, and not in it. */
  public static boolean of(ModelSpec spec) {
    return spec.vision().filter(v -> !v.inPrompt()).isPresent();
  }

  /**
   * Reads the lines that are not blank; one line where there is but one.
   *
   * @throws HeadlightException where the model has no tokenizer
   */
  public static List<Tokens> read(Model model, String text, Bos bos) {
    TextTokenizer tokenizer =
        model
            .tokenizer()
            .orElseThrow(
                () ->
                    new HeadlightException(
                        Kind.MODEL,
                        model.name() + " has no tokenizer.json; give ids with --tokens."));
    return lines(text).stream()
        .map(line -> filled(model, tokenizer, tokenizer.encode(line, bos)))
        .toList();
  }

  /** The texts of a prompt. */
  public static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
  }

  private static Tokens filled(Model model, TextTokenizer tokenizer, Tokens tokens) {
    ModelSpec spec = model.spec();
    boolean last = spec.pooled() && spec.output().pool().kind() == Pool.Way.LAST;
    int room = spec.maxPositions();
    if (!last || tokens.size() >= room) {
      return tokens;
    }
    int id =
        model
            .checkpoint()
            .config()
            .object("text_config")
            .map(c -> c.intValue("pad_token_id", PADDING))
            .orElse(PADDING);
    return tokens.filled(room, id, tokenizer);
  }
}
