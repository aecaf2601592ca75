package dev.headlight.app.pairs;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.pairs.LengthDifference;
import dev.headlight.analysis.pairs.PairAlignment;
import dev.headlight.analysis.pairs.PairReader;
import dev.headlight.analysis.pairs.PairWords;
import dev.headlight.analysis.pairs.PromptPair;
import dev.headlight.analysis.pairs.ReadPair;
import dev.headlight.analysis.pairs.Substitute;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.text.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pair as the open model reads it, with what is wrong with it.
 *
 * @param text the pair
 * @param clean tokens of the clean prompt
 * @param corrupt tokens of the corrupt prompt
 * @param alignment one under the other
 * @param ids empty while an answer or a prompt is missing or cannot be used
 * @param fixes words that make the lengths differ, with words to take instead
 * @param pictures of the clean and of the corrupt prompt, two; empty for none
 * @param problem what is wrong, in a sentence without a capital; empty for nothing
 */
public record PairReading(
    PromptPair text,
    Tokens clean,
    Tokens corrupt,
    PairAlignment alignment,
    Optional<TokenPair> ids,
    List<Fix> fixes,
    List<Pixels> pictures,
    String problem) {
  private static final Tokens NOTHING = Tokens.ofIds(null, new int[0]);

  /** A word that makes the lengths differ. */
  public record Fix(LengthDifference difference, List<Substitute> substitutes) {
    /** Copies the list. */
    public Fix {
      substitutes = List.copyOf(substitutes);
    }
  }

  /** Copies the lists. */
  public PairReading {
    fixes = List.copyOf(fixes);
    pictures = List.copyOf(pictures);
  }

  /** Reads a pair, whatever is missing. */
  public static PairReading of(PromptPair pair, PairReader reader, PairWords words) {
    Tokens clean = NOTHING;
    Tokens corrupt = NOTHING;
    String problem = missing(pair);
    try {
      clean = tokens(pair.clean(), reader);
      corrupt = tokens(pair.corrupt(), reader);
    } catch (HeadlightException e) {
      clean = NOTHING;
      problem = e.getMessage().replaceFirst("\\.$", "");
    }
    PairAlignment alignment = PairAlignment.of(clean, corrupt);
    Optional<TokenPair> ids = Optional.empty();
    if (problem.isEmpty()) {
      try {
        ReadPair read = reader.read(pair);
        ids = Optional.of(read.ids());
      } catch (HeadlightException e) {
        problem = e.getMessage();
      }
    }
    return new PairReading(
        pair,
        clean,
        corrupt,
        alignment,
        ids,
        fixes(pair, alignment, reader, words),
        reader.pictures(),
        problem);
  }

  private static Tokens tokens(String prompt, PairReader reader) {
    return prompt.isEmpty() ? NOTHING : reader.prompt(prompt);
  }

  private static String missing(PromptPair pair) {
    if (pair.clean().isBlank() || pair.corrupt().isBlank()) {
      return "write the " + (pair.clean().isBlank() ? "clean" : "corrupt") + " prompt";
    }
    if (pair.answer().isEmpty() || pair.wrong().isEmpty()) {
      return "choose the " + (pair.answer().isEmpty() ? "answer" : "wrong answer");
    }
    return "";
  }

  private static List<Fix> fixes(
      PromptPair pair, PairAlignment alignment, PairReader reader, PairWords words) {
    List<Fix> fixes = new ArrayList<>();
    boolean both = !pair.clean().isBlank() && !pair.corrupt().isBlank();
    if (both) {
      for (LengthDifference difference : alignment.differences().stream().distinct().toList()) {
        fixes.add(new Fix(difference, Substitute.of(pair, difference, words, reader)));
      }
    }
    return fixes;
  }

  /** The clean prompt with its pictures; it must have tokens. */
  RunRequest cleanPrompt() {
    RunRequest prompt = RunRequest.of(clean.ids());
    return pictures.isEmpty() ? prompt : prompt.withPictures(pictures.subList(0, 1));
  }

  /** Whether experiments can be made of it. */
  public boolean ready() {
    return ids.isPresent() && alignment.aligned();
  }

  /** The pair read, to ask for the tokens of its roles; empty as {@link #ids} is. */
  public Optional<ReadPair> read() {
    return ids.map(known -> new ReadPair(text, clean, corrupt, known));
  }
}
