package dev.headlight.analysis.pairs;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.image.PictureLayout;
import dev.headlight.analysis.image.PicturePrompts;
import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.image.PreparedPictures;
import dev.headlight.analysis.image.PromptExpansion;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.TextTokenizer;
import dev.headlight.analysis.text.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads pairs with a model's tokenizer. The ids of an answer are those that {@code prompt + answer}
 * has beyond {@code prompt}: what the model itself would write.
 */
public final class PairReader {
  private static final String BEFORE = "a";

  private final TextTokenizer tokenizer;
  private final Bos bos;
  private final Optional<PicturePrompts> pictures;
  private final List<Pixels> pixels;

  /** A reader that begins prompts as the tokenizer does. */
  public PairReader(TextTokenizer tokenizer) {
    this(tokenizer, Bos.DEFAULT);
  }

  /**
   * @param bos how prompts begin
   */
  public PairReader(TextTokenizer tokenizer, Bos bos) {
    this(tokenizer, bos, Optional.empty(), List.of());
  }

  private PairReader(
      TextTokenizer tokenizer, Bos bos, Optional<PicturePrompts> pictures, List<Pixels> pixels) {
    this.tokenizer = tokenizer;
    this.bos = bos;
    this.pictures = pictures;
    this.pixels = pixels;
  }

  /**
   * The same for prompts with pictures.
   *
   * @param expansion of the model
   * @param clean pictures of the clean prompt
   * @param corrupt pictures of the corrupt prompt; the same for two prompts about one picture
   * @throws HeadlightException when the two take different image tokens
   */
  public PairReader seeing(
      PromptExpansion expansion, PreparedPictures clean, PreparedPictures corrupt) {
    List<Integer> tokens = clean.layouts().stream().map(PictureLayout::tokens).toList();
    List<Integer> others = corrupt.layouts().stream().map(PictureLayout::tokens).toList();
    if (!tokens.equals(others)) {
      throw new HeadlightException(
          Kind.INPUT,
          "the clean picture takes %s image tokens and the corrupt one %s; values move position by position, so both need the same number: cut or resize one picture to the other's size"
              .formatted(tokens, others));
    }
    return new PairReader(
        tokenizer,
        bos,
        Optional.of(new PicturePrompts(expansion, Optional.of(tokenizer), clean.layouts())),
        List.of(clean.pixels(), corrupt.pixels()));
  }

  /**
   * The same for prompts without pictures, of a model whose prompts may hold some.
   *
   * @param expansion of the model
   */
  public PairReader blind(PromptExpansion expansion) {
    PicturePrompts none = new PicturePrompts(expansion, Optional.of(tokenizer), List.of());
    return new PairReader(tokenizer, bos, Optional.of(none), List.of());
  }

  /** Pictures of the clean and of the corrupt prompt, two; none where prompts have none. */
  public List<Pixels> pictures() {
    return pixels;
  }

  /** The tokenizer. */
  public TextTokenizer tokenizer() {
    return tokenizer;
  }

  /**
   * Tokens of a prompt; those of a picture share the span of its placeholder.
   *
   * @throws HeadlightException when it has not one placeholder a picture
   */
  public Tokens prompt(String text) {
    return pictures.map(p -> p.written(text, bos)).orElseGet(() -> tokenizer.encode(text, bos));
  }

  /**
   * Reads a pair; its prompts may differ in length.
   *
   * @throws HeadlightException when a prompt is empty, or an answer has no tokens of its own
   */
  public ReadPair read(PromptPair pair) {
    Tokens clean = prompt(required("clean", pair.clean()));
    Tokens corrupt = prompt(required("corrupt", pair.corrupt()));
    int[] answer = continuation("answer", clean, pair.answer());
    int[] wrong = continuation("wrong answer", clean, pair.wrong());
    TokenPair ids = new TokenPair(clean.ids(), corrupt.ids(), answer, wrong, pixels);
    return new ReadPair(pair, clean, corrupt, ids);
  }

  private static String required(String what, String prompt) {
    if (prompt.isEmpty()) {
      throw new HeadlightException(
          Kind.INPUT, "the " + what + " prompt is empty; write what the model should go on with");
    }
    return prompt;
  }

  /**
   * The ids that follow a prompt.
   *
   * @param what it is, for messages
   * @param prompt what {@link #prompt} gave
   * @param text what follows, with its leading space
   * @throws HeadlightException when it has no token, or its first one is joined to the prompt's end
   */
  public int[] continuation(String what, Tokens prompt, String text) {
    int[] before = written(prompt);
    int[] both = written(prompt(prompt.text() + text));
    if (text.isEmpty() || Arrays.equals(before, both)) {
      throw new HeadlightException(
          Kind.INPUT,
          "the %s \"%s\" has no token after the prompt, expected 1 or more; write a word"
              .formatted(what, text));
    }
    boolean follows =
        both.length > before.length && Arrays.equals(before, Arrays.copyOf(both, before.length));
    if (!follows) {
      throw new HeadlightException(
          Kind.INPUT,
          "the %s \"%s\" is joined by the tokenizer to the end of the prompt, \"%s\": end the prompt with a whole word and put the space in front of the answer"
              .formatted(what, text, tail(prompt.text())));
    }
    return Arrays.copyOfRange(both, before.length, both.length);
  }

  private static String tail(String text) {
    return text.length() > 20 ? "…" + text.substring(text.length() - 20) : text;
  }

  /** Ids without the special tokens that the tokenizer puts behind a text. */
  private static int[] written(Tokens tokens) {
    int end = tokens.size();
    while (end > 0 && tokens.special(end - 1) && tokens.end(end - 1) == tokens.start(end - 1)) {
      end--;
    }
    return Arrays.copyOf(tokens.ids(), end);
  }

  /**
   * How many tokens a word is in the middle of a text, with the space before it.
   *
   * @return 1 or more; a large number where the vocabulary does not have it
   */
  public int count(String word) {
    int[] ids = ids(word);
    boolean unknown = Arrays.stream(ids).anyMatch(tokenizer::isSpecial);
    return unknown ? Integer.MAX_VALUE : ids.length;
  }

  /** Ids of a word in the middle of a text, with the space before it. */
  int[] ids(String word) {
    int[] before = written(tokenizer.encode(BEFORE, false));
    int[] both = written(tokenizer.encode(BEFORE + " " + word, false));
    return Arrays.copyOfRange(both, Math.min(before.length, both.length), both.length);
  }
}
