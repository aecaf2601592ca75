package dev.headlight.analysis.retrieval;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import java.util.List;
import java.util.Optional;

/**
 * A needle-in-a-haystack probe: every needle at every depth of a haystack of every length (Kamradt
 * 2023, as used by Wu et al. 2024).
 *
 * @param haystack the filler; parts from its beginning are used
 * @param needles what is hidden
 * @param lengths tokens of the whole prompt, needle and question included
 * @param depths where the needle stands, 0 (first sentence) to 1 (last)
 * @param form how the model is asked
 * @param span which tokens count as the needle
 * @param maxNew how many tokens are written at most
 */
public record NeedleSettings(
    String haystack,
    List<Needle> needles,
    List<Integer> lengths,
    List<Double> depths,
    Form form,
    Span span,
    int maxNew) {
  /** How many tokens an answer has at most unless it is said. */
  public static final int NEW_TOKENS = 20;

  /** How the model is asked. */
  public sealed interface Form {}

  /** Haystack, {@code Question:}, {@code Answer:} and the needle's cue, which is written on. */
  public record Plain() implements Form {}

  /**
   * Through the model's chat template: haystack and question are the user's turn.
   *
   * @param system an instruction in front; empty for none
   */
  public record Chatting(Optional<String> system) implements Form {}

  /** Which tokens count as the needle. */
  public enum Span {
    /** Those of the answer within the sentence. */
    ANSWER,
    /** Those of the whole sentence, as Wu et al. do. */
    SENTENCE
  }

  /**
   * Copies the lists and checks the numbers.
   *
   * @throws HeadlightException when a list is empty or a depth is none
   */
  public NeedleSettings {
    needles = List.copyOf(needles);
    lengths = List.copyOf(lengths);
    depths = List.copyOf(depths);
    if (needles.isEmpty() || lengths.isEmpty() || depths.isEmpty()) {
      throw new HeadlightException(
          Kind.INPUT,
          "a needle probe needs a needle, a length and a depth; one of them is missing");
    }
    for (double depth : depths) {
      if (!(depth >= 0 && depth <= 1)) {
        throw new HeadlightException(
            Kind.INPUT, "depth " + depth + ": expected 0 (at the start) to 1 (at the end)");
      }
    }
  }

  /** Our own filler and needles, plainly asked, the answer's tokens as the needle. */
  public static NeedleSettings standard(List<Integer> lengths, List<Double> depths) {
    return of(ProbeTexts.STANDARD, lengths, depths);
  }

  /** Some texts, plainly asked, the answer's tokens as the needle. */
  public static NeedleSettings of(ProbeTexts texts, List<Integer> lengths, List<Double> depths) {
    return new NeedleSettings(
        texts.haystack(), texts.needles(), lengths, depths, new Plain(), Span.ANSWER, NEW_TOKENS);
  }

  /** With another form. */
  public NeedleSettings asked(Form other) {
    return new NeedleSettings(haystack, needles, lengths, depths, other, span, maxNew);
  }

  /** With another haystack. */
  public NeedleSettings in(String text) {
    return new NeedleSettings(text, needles, lengths, depths, form, span, maxNew);
  }

  /** With other needles. */
  public NeedleSettings hiding(List<Needle> others) {
    return new NeedleSettings(haystack, others, lengths, depths, form, span, maxNew);
  }

  /** With another meaning of the needle. */
  public NeedleSettings counting(Span other) {
    return new NeedleSettings(haystack, needles, lengths, depths, form, other, maxNew);
  }
}
