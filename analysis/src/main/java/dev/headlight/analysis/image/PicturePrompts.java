package dev.headlight.analysis.image;

import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.Chat;
import dev.headlight.analysis.text.ChatPrompt;
import dev.headlight.analysis.text.ChatText;
import dev.headlight.analysis.text.TextTokenizer;
import dev.headlight.analysis.text.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Makes tokens of prompts with pictures: with room for them, and image tokens called after their
 * place. Immutable.
 */
public final class PicturePrompts {
  private final PromptExpansion expansion;
  private final Optional<TextTokenizer> tokenizer;
  private final List<PictureLayout> layouts;

  /**
   * @param tokenizer of the model; without one only ids are read
   * @param layouts of the pictures that each prompt holds, in order
   */
  public PicturePrompts(
      PromptExpansion expansion, Optional<TextTokenizer> tokenizer, List<PictureLayout> layouts) {
    this.expansion = expansion;
    this.tokenizer = tokenizer;
    this.layouts = List.copyOf(layouts);
  }

  /**
   * A prompt that was read.
   *
   * @param tokens of it, image tokens called {@code r0c0} and so on
   * @param notice where the pictures were put, when the prompt did not say it
   */
  public record Read(Tokens tokens, Optional<String> notice) {}

  /**
   * Reads a text.
   *
   * @throws dev.headlight.analysis.HeadlightException when it has not one placeholder a picture, or
   *     there is no tokenizer
   */
  public Read text(String prompt, Bos bos) {
    if (layouts.isEmpty() && expansion.count(prompt) == 0 && tokenizer.isPresent()) {
      return new Read(tokenizer.get().encode(prompt, bos), Optional.empty());
    }
    ExpandedPrompt expanded = expansion.expand(prompt, layouts);
    TextTokenizer reader = tokenizer.orElseThrow();
    Tokens tokens =
        expanded.special()
            ? reader.encode(expanded.text(), bos)
            : reader.encode(expanded.text(), false);
    return new Read(labelled(tokens), expanded.notice());
  }

  /**
   * Reads a text; spans of its tokens are those of the text as it was written, so that all tokens
   * of a picture share its placeholder.
   *
   * @throws dev.headlight.analysis.HeadlightException as {@link #text}
   */
  public Tokens written(String prompt, Bos bos) {
    Tokens tokens = text(prompt, bos).tokens();
    NavigableMap<Integer, Part> parts = parts(prompt, tokens.text());
    return parts.isEmpty()
        ? tokens
        : tokens.in(
            prompt,
            at -> Part.begin(parts.floorEntry(at), at),
            at -> Part.end(parts.lowerEntry(at), at));
  }

  /** A text between pictures, or a placeholder, of the prompt as it was written. */
  private record Part(int from, int to, boolean picture) {
    static int begin(Map.Entry<Integer, Part> part, int at) {
      return part == null ? 0 : part.getValue().place(at - part.getKey(), false);
    }

    static int end(Map.Entry<Integer, Part> part, int at) {
      return part == null ? 0 : part.getValue().place(at - part.getKey(), true);
    }

    private int place(int inside, boolean end) {
      return picture ? (end ? to : from) : Math.min(to, from + inside);
    }
  }

  /** Parts by where they begin in the expanded text; empty where somebody wrote all tokens. */
  private NavigableMap<Integer, Part> parts(String prompt, String expanded) {
    String placeholder = expansion.placeholder();
    String[] texts = prompt.split(Pattern.quote(placeholder), -1);
    NavigableMap<Integer, Part> parts = new TreeMap<>();
    if (texts.length != layouts.size() + 1) {
      return parts;
    }
    int from = 0;
    int at = 0;
    for (int i = 0; i < texts.length; i++) {
      at = expanded.indexOf(texts[i], at);
      parts.put(at, new Part(from, from + texts[i].length(), false));
      from += texts[i].length();
      at += texts[i].length();
      if (i < layouts.size()) {
        parts.put(at, new Part(from, from + placeholder.length(), true));
        from += placeholder.length();
        at += expansion.picture(layouts.get(i)).length();
      }
    }
    return parts;
  }

  /**
   * Reads turns through the model's chat template. Where no turn says where the pictures stand,
   * they stand before the words of the user's last one.
   *
   * @throws dev.headlight.analysis.HeadlightException when there is no template, or it writes not
   *     one placeholder a picture
   */
  public ChatPrompt chat(Chat turns, Bos bos) {
    TextTokenizer reader = tokenizer.orElseThrow();
    String placeholder = expansion.placeholder();
    Chat seeing = turns.seeing(layouts.size(), placeholder);
    ChatText written = reader.template().apply(seeing, placeholder);
    if (layouts.isEmpty() && expansion.count(written.text()) == 0) {
      return reader.encode(written, bos);
    }
    ChatText whole = ChatText.of(seeing, expansion.expand(written.text(), layouts).text());
    return new ChatPrompt(whole, labelled(reader.encode(whole, bos).tokens()));
  }

  /**
   * Makes room in ids.
   *
   * @throws dev.headlight.analysis.HeadlightException when they have neither one image token a
   *     picture nor all of them
   */
  public Tokens ids(int... ids) {
    return labelled(Tokens.ofIds(tokenizer.orElse(null), expansion.expand(ids, layouts)));
  }

  /** Image tokens are called after their place. */
  public Tokens labelled(Tokens tokens) {
    int[][] positions = expansion.positions(tokens.ids(), layouts);
    List<String> labels = new ArrayList<>(tokens.labels());
    for (int p = 0; p < positions.length; p++) {
      PictureLayout layout = layouts.get(p);
      String picture = positions.length > 1 ? "p" + p : "";
      for (int i = 0; i < positions[p].length; i++) {
        TokenPlace place = layout.place(i);
        String tile = layout.tiles().size() > 1 ? "t" + place.tile() : "";
        labels.set(positions[p][i], picture + tile + "r" + place.row() + "c" + place.column());
      }
    }
    return tokens.labelled(labels);
  }
}
