package dev.headlight.analysis.image;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.text.TextTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes room for pictures in a prompt: one placeholder a picture becomes as many image tokens as
 * the tower's output has, with what the family's reference processor writes around them. Immutable.
 */
public final class PromptExpansion {
  private final PictureWords words;
  private final int tokenId;
  private final Optional<TextTokenizer> tokenizer;

  private PromptExpansion(PictureWords words, int tokenId, Optional<TextTokenizer> tokenizer) {
    this.words = words;
    this.tokenId = tokenId;
    this.tokenizer = tokenizer;
  }

  /**
   * Reads which id stands for a patch of a picture.
   *
   * @param model config.json of a language model that reads pictures
   * @param tokenizer spells the ids; without one only ids can be expanded
   * @throws HeadlightException when the model's prompts hold no pictures
   */
  public static PromptExpansion open(Config model, Optional<TextTokenizer> tokenizer) {
    int id = imageToken(model);
    return new PromptExpansion(PictureWords.of(model, id, tokenizer), id, tokenizer);
  }

  /**
   * The id whose rows pictures take the place of, as transformers has it where the file does not.
   *
   * @param model config.json of a language model that reads pictures
   * @throws HeadlightException when the model's prompts hold no pictures
   */
  public static int imageToken(Config model) {
    for (String name : List.of("image_token_id", "image_token_index")) {
      if (model.hasValue(name)) {
        return model.requireInt(name);
      }
    }
    return switch (model.string("model_type", "")) {
      case "llava" -> 32_000;
      case "idefics3", "smolvlm" -> 128_257;
      case "paligemma" -> 256_000;
      case "gemma3" -> 262_144;
      case "qwen2_vl", "qwen2_5_vl" -> 151_655;
      default ->
          throw ImageProcessor.bad(
              "%s: a model of type '%s' has no image token, so its prompts hold no pictures; leave the picture or the prompt out."
                  .formatted(model.file(), model.string("model_type", "")));
    };
  }

  /** What a prompt writes where a picture stands, such as {@code <image>}. */
  public String placeholder() {
    return words.placeholder();
  }

  /** How often a prompt says that a picture stands there. */
  public int count(String prompt) {
    return words.count(prompt);
  }

  /** How often a prompt holds a placeholder. */
  public static int count(String prompt, String placeholder) {
    return PictureWords.count(prompt, placeholder);
  }

  /**
   * A prompt without one of its placeholders; the prompt itself where it has not so many.
   *
   * @param index of the placeholder, 0 for the first
   */
  public static String without(String prompt, String placeholder, int index) {
    String[] parts = prompt.split(Pattern.quote(placeholder), -1);
    if (index >= parts.length - 1) {
      return prompt;
    }
    String before = String.join(placeholder, Arrays.copyOf(parts, index + 1));
    String after = String.join(placeholder, Arrays.copyOfRange(parts, index + 1, parts.length));
    return before + (before.isEmpty() ? after.stripLeading() : after);
  }

  /** What is written for a picture. */
  String picture(PictureLayout layout) {
    return words.picture(layout);
  }

  /** The id whose embedding is replaced by a picture's features. */
  public int tokenId() {
    return tokenId;
  }

  /**
   * Writes the image tokens into a prompt. A prompt that already has them all stays as it is.
   *
   * @param layouts of the prompt's pictures, in order
   * @throws HeadlightException when the prompt has not one placeholder a picture, and the family
   *     does not say where pictures stand without
   */
  public ExpandedPrompt expand(String prompt, List<PictureLayout> layouts) {
    if (tokenizer.isEmpty()) {
      throw ImageProcessor.bad(
          "this model has no tokenizer.json, so a prompt with a picture has to be given as ids.");
    }
    int tokens = layouts.stream().mapToInt(PictureLayout::tokens).sum();
    int written = words.count(prompt);
    if (written == 0 && !layouts.isEmpty() && words.inFront()) {
      return words.front(prompt, layouts);
    }
    if (tokens > layouts.size() && words.expanded(prompt, tokens)) {
      return new ExpandedPrompt(prompt, true, Optional.empty());
    }
    if (written != layouts.size()) {
      throw wrongCount(written, layouts.size());
    }
    return words.replace(prompt, layouts);
  }

  private HeadlightException wrongCount(int written, int pictures) {
    if (pictures == 0) {
      return ImageProcessor.bad(
          "the prompt has %s and no picture is given; give the picture, or leave %1$s out."
              .formatted(placeholder()));
    }
    String given = pictures == 1 ? "one picture is" : pictures + " pictures are";
    if (written == 0) {
      return ImageProcessor.bad(
          "the prompt has no %s and %s given; write it where the picture stands, such as \"%s\"."
              .formatted(placeholder(), given, words.example()));
    }
    return ImageProcessor.bad(
        "the prompt has %d times %s and %s given; write it once a picture."
            .formatted(written, placeholder(), given));
  }

  /**
   * Makes room in ids: each image token becomes its picture's. Ids that already have them all stay
   * as they are.
   *
   * @throws HeadlightException when the ids have neither one image token a picture nor all of them,
   *     or the family writes text between tiles
   */
  public int[] expand(int[] ids, List<PictureLayout> layouts) {
    int tokens = layouts.stream().mapToInt(PictureLayout::tokens).sum();
    long found = Arrays.stream(ids).filter(id -> id == tokenId).count();
    if (found == tokens) {
      return ids.clone();
    }
    if (layouts.stream().anyMatch(l -> l.tileRows() > 0)) {
      throw wrongTiles(found, tokens, layouts);
    }
    if (found != layouts.size()) {
      throw wrongIds(found, tokens, layouts.size());
    }
    List<Integer> all = new ArrayList<>();
    int picture = 0;
    for (int id : ids) {
      int times = id == tokenId ? layouts.get(picture++).tokens() : 1;
      for (int i = 0; i < times; i++) {
        all.add(id);
      }
    }
    return all.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Where the image tokens of each picture stand.
   *
   * @return positions in the prompt, one array a picture, in the order of {@link PictureLayout}
   * @throws HeadlightException when the prompt has fewer or more image tokens than the pictures
   */
  public int[][] positions(int[] ids, List<PictureLayout> layouts) {
    int tokens = layouts.stream().mapToInt(PictureLayout::tokens).sum();
    int[] found = new int[ids.length];
    int count = 0;
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] == tokenId) {
        found[count++] = i;
      }
    }
    if (count != tokens) {
      throw wrongIds(count, tokens, layouts.size());
    }
    int[][] positions = new int[layouts.size()][];
    int from = 0;
    for (int p = 0; p < positions.length; p++) {
      int to = from + layouts.get(p).tokens();
      positions[p] = Arrays.copyOfRange(found, from, to);
      from = to;
    }
    return positions;
  }

  /** Between tiles stand words that ids alone do not say. */
  private HeadlightException wrongTiles(long found, int tokens, List<PictureLayout> layouts) {
    int tiles = layouts.stream().mapToInt(l -> l.tiles().size()).sum();
    String advice =
        tokenizer.isPresent()
            ? "write %s once a picture in a text".formatted(placeholder())
            : "put the model's tokenizer.json into its folder and write a text with one placeholder"
                + " a picture";
    return ImageProcessor.bad(
        "the prompt has %d image tokens (id %d), the pictures need %d: they are cut into %d tiles with words between them; %s, or give all the ids."
            .formatted(found, tokenId, tokens, tiles, advice));
  }

  private HeadlightException wrongIds(long found, int tokens, int pictures) {
    if (pictures == 0) {
      return ImageProcessor.bad(
          "the prompt has %d image tokens (id %d) and no picture is given; give the picture, or leave them out."
              .formatted(found, tokenId));
    }
    return ImageProcessor.bad(
        "the prompt has %d image tokens (id %d), the %d picture(s) need %d; write the placeholder once a picture in a text, or give all the ids."
            .formatted(found, tokenId, pictures, tokens));
  }
}
