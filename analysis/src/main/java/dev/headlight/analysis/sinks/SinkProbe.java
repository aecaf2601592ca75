package dev.headlight.analysis.sinks;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.scores.RepeatedIds;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.TextTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;

/**
 * Sequences on which sinks are measured (Gu et al. 2024): text, and two that have no meaning. With
 * a beginning-of-sequence token in front the first token is unlike the others even where all others
 * are alike, so the probes without meaning have none by default.
 */
public enum SinkProbe {
  /** Texts as they are. */
  NATURAL,
  /** Ids drawn from the vocabulary one by one, without its special ones. */
  RANDOM,
  /**
   * One id all along: a negative control. Under rotary, relative or no positions all hidden states
   * are the same, and attention is nearly uniform; learned positions keep their sink.
   */
  REPEATED;

  /**
   * Draws sequences without meaning.
   *
   * @param length ids of a sequence, the beginning counted
   * @param count number of sequences
   * @param bos whether the tokenizer's beginning-of-sequence id comes first
   * @throws HeadlightException when there is no such id, or the model's positions end before
   */
  public List<int[]> draw(Model model, int length, int count, boolean bos, Random random) {
    if (this == NATURAL) {
      throw new IllegalArgumentException("text is not drawn; see texts()");
    }
    SinkAnalysis.checkLength(length);
    if (length > model.spec().maxPositions()) {
      throw new HeadlightException(
          Kind.INPUT,
          "%s has %d positions, a probe of %d ids does not fit; ask for a smaller length"
              .formatted(model.name(), model.spec().maxPositions(), length));
    }
    List<Integer> ids = RepeatedIds.plainIds(model);
    List<int[]> sequences = new ArrayList<>();
    for (int s = 0; s < count; s++) {
      int[] sequence = new int[length];
      if (this == RANDOM) {
        Arrays.setAll(sequence, i -> ids.get(random.nextInt(ids.size())));
      } else {
        Arrays.fill(sequence, ids.get(random.nextInt(ids.size())));
      }
      if (bos) {
        sequence[0] = bosId(model);
      }
      sequences.add(sequence);
    }
    return sequences;
  }

  /**
   * Texts as ids.
   *
   * @param bos how each begins
   * @throws HeadlightException when the model has no tokenizer, or a beginning is asked for that
   *     the tokenizer does not have
   */
  public static List<int[]> texts(Model model, List<String> texts, Bos bos) {
    TextTokenizer tokenizer =
        model
            .tokenizer()
            .orElseThrow(
                () ->
                    new HeadlightException(
                        Kind.MODEL,
                        model.name()
                            + " has no tokenizer.json, so it reads no text; give sequences of ids, or a"
                            + " random or repeated probe"));
    if (bos == Bos.ON) {
      bosId(model);
    }
    return texts.stream().map(text -> tokenizer.encode(text, bos).ids()).toList();
  }

  private static int bosId(Model model) {
    OptionalInt id = model.tokenizer().map(TextTokenizer::bosId).orElse(OptionalInt.empty());
    return id.orElseThrow(
        () ->
            new HeadlightException(
                Kind.MODEL,
                model.name()
                    + " has no beginning-of-sequence token in its tokenizer; measure without one, or"
                    + " give sequences of ids that begin as you like"));
  }
}
