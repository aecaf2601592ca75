package dev.headlight.analysis.image;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.text.TextTokenizer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a family's reference processor writes for a picture. */
abstract class PictureWords {
  private final String placeholder;
  private final String token;

  private PictureWords(String placeholder, String token) {
    this.placeholder = placeholder;
    this.token = token;
  }

  static PictureWords of(Config model, int id, Optional<TextTokenizer> tokenizer) {
    String image = spelled(tokenizer, id);
    return switch (model.string("model_type", "")) {
      case "idefics3", "smolvlm" -> new Tiled(image);
      case "paligemma" ->
          new Prefixed(
              image,
              tokenizer
                  .filter(t -> t.bosId().isPresent())
                  .map(t -> t.piece(t.bosId().getAsInt()))
                  .orElse(""));
      case "gemma3" -> {
        String begin = spelled(tokenizer, model.intValue("boi_token_index", 255_999));
        String end = spelled(tokenizer, model.intValue("eoi_token_index", 256_000));
        yield new Framed(begin, image, end);
      }
      case "qwen2_vl", "qwen2_5_vl" -> {
        String begin = spelled(tokenizer, model.intValue("vision_start_token_id", 151_652));
        String end = spelled(tokenizer, model.intValue("vision_end_token_id", 151_653));
        yield new Plain(image, begin + image + end + "What is this?");
      }
      default -> new Plain(image, image + "\\nWhat is this?");
    };
  }

  private static String spelled(Optional<TextTokenizer> tokenizer, int id) {
    return tokenizer.map(t -> t.piece(id)).orElse("⟨" + id + "⟩");
  }

  String placeholder() {
    return placeholder;
  }

  /** A prompt that would be understood. */
  abstract String example();

  /** One picture in the prompt. */
  abstract String picture(PictureLayout layout);

  /** Whether pictures stand in front of a prompt that does not say where. */
  boolean inFront() {
    return false;
  }

  /** The prompt with its pictures in front. */
  ExpandedPrompt front(String prompt, List<PictureLayout> layouts) {
    throw new IllegalStateException(prompt + " " + layouts.size());
  }

  int count(String prompt) {
    return count(prompt, placeholder);
  }

  /** Whether somebody already wrote all image tokens. */
  boolean expanded(String prompt, int tokens) {
    return count(prompt, token) == tokens;
  }

  static int count(String text, String part) {
    return text.isEmpty() ? 0 : text.split(Pattern.quote(part), -1).length - 1;
  }

  ExpandedPrompt replace(String prompt, List<PictureLayout> layouts) {
    StringBuilder text = new StringBuilder();
    Matcher places = Pattern.compile(Pattern.quote(placeholder)).matcher(prompt);
    for (PictureLayout layout : layouts) {
      places.find();
      places.appendReplacement(text, Matcher.quoteReplacement(picture(layout)));
    }
    places.appendTail(text);
    return finished(text.toString());
  }

  /** What is written when the pictures are in. */
  ExpandedPrompt finished(String text) {
    return new ExpandedPrompt(text, true, Optional.empty());
  }

  String tokens(int count) {
    return token.repeat(count);
  }

  /** LLaVA and Qwen2-VL: the token again and again. */
  private static final class Plain extends PictureWords {
    private final String example;

    Plain(String token, String example) {
      super(token, token);
      this.example = example;
    }

    @Override
    String example() {
      return example;
    }

    @Override
    String picture(PictureLayout layout) {
      return tokens(layout.tokens());
    }
  }

  /** PaliGemma: pictures, the beginning of the sequence, the text and a new line. */
  private static final class Prefixed extends PictureWords {
    private final String bos;

    Prefixed(String token, String bos) {
      super(token, token);
      this.bos = bos;
    }

    @Override
    String example() {
      return placeholder() + "describe en";
    }

    @Override
    String picture(PictureLayout layout) {
      return tokens(layout.tokens());
    }

    @Override
    boolean inFront() {
      return true;
    }

    @Override
    ExpandedPrompt front(String prompt, List<PictureLayout> layouts) {
      String pictures = tokens(layouts.stream().mapToInt(PictureLayout::tokens).sum());
      String notice =
          "The prompt has no %s, so the picture stands before the text.".formatted(placeholder());
      return new ExpandedPrompt(pictures + bos + prompt + "\n", false, Optional.of(notice));
    }

    @Override
    ExpandedPrompt finished(String text) {
      int end = text.lastIndexOf(placeholder());
      int behind = end < 0 ? 0 : end + placeholder().length();
      String whole = text.substring(0, behind) + bos + text.substring(behind) + "\n";
      return new ExpandedPrompt(whole, false, Optional.empty());
    }
  }

  /** Gemma 3: a token that begins a picture is the placeholder. */
  private static final class Framed extends PictureWords {
    private final String end;

    Framed(String begin, String token, String end) {
      super(begin, token);
      this.end = end;
    }

    @Override
    String example() {
      return placeholder() + "What is this?";
    }

    @Override
    String picture(PictureLayout layout) {
      return "\n\n" + placeholder() + tokens(layout.tokens()) + end + "\n\n";
    }
  }

  /** Idefics3 and SmolVLM: tiles with their row and column, the whole picture last. */
  private static final class Tiled extends PictureWords {
    private static final String AROUND = "<fake_token_around_image>";
    private static final String WHOLE = "<global-img>";

    Tiled(String token) {
      super(token, token);
    }

    @Override
    String example() {
      return placeholder() + "What is this?";
    }

    @Override
    boolean expanded(String prompt, int tokens) {
      return prompt.contains(AROUND) && super.expanded(prompt, tokens);
    }

    @Override
    String picture(PictureLayout layout) {
      StringBuilder text = new StringBuilder();
      for (PictureTile tile : layout.tiles()) {
        String name =
            tile.whole() ? WHOLE : "<row_%d_col_%d>".formatted(tile.row() + 1, tile.column() + 1);
        String gap = tile.whole() && layout.tileRows() > 0 ? "\n" : "";
        text.append(gap).append(AROUND).append(name).append(tokens(tile.tokenCount()));
        boolean lastOfRow = !tile.whole() && tile.column() == layout.tileColumns() - 1;
        text.append(lastOfRow ? "\n" : "");
      }
      return text.append(AROUND).toString();
    }
  }
}
