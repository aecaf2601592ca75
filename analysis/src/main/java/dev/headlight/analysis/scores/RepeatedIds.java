package dev.headlight.analysis.scores;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.VisionSpec;
import dev.headlight.analysis.text.TextTokenizer;
import dev.headlight.analysis.text.Tokens;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Random ids that stand several times in a row: what an induction head is for (Elhage et al. 2021,
 * Olsson et al. 2022).
 *
 * @param sequences the prompts, each {@code front + repeats · period} ids
 * @param front 1 when a beginning-of-sequence token comes first, else 0
 * @param period after how many ids a sequence repeats
 */
public record RepeatedIds(List<int[]> sequences, int front, int period) {
  /** Copies the list. */
  public RepeatedIds {
    sequences = List.copyOf(sequences);
  }

  /**
   * Draws sequences of different ids from the vocabulary without its special tokens.
   *
   * @param period as wanted; less when the model's positions or vocabulary end before
   * @param repeats how often a copy stands there; 1 for ids that do not repeat
   * @param count number of sequences
   * @throws HeadlightException when the model has no room for two ids so often
   */
  public static RepeatedIds draw(Model model, int period, int repeats, int count, Random random) {
    return draw(model, plainIds(model), period, repeats, count, random);
  }

  /**
   * Like {@link #draw}, twice in a row, of tokens that are easy to read, if the vocabulary has
   * enough of them.
   */
  public static RepeatedIds drawReadable(Model model, int period, int count, Random random) {
    List<Integer> all = plainIds(model);
    List<Integer> words = new ArrayList<>();
    for (int id : all) {
      if (model.tokenizer().map(t -> t.decode(id)).orElse("").strip().matches("\\p{L}{2,}")) {
        words.add(id);
      }
    }
    return draw(model, words.size() < 2 * period ? all : words, period, 2, count, random);
  }

  private static RepeatedIds draw(
      Model model, List<Integer> pool, int period, int repeats, int count, Random random) {
    OptionalInt bos = model.tokenizer().map(RepeatedIds::front).orElse(OptionalInt.empty());
    int front = bos.isPresent() ? 1 : 0;
    int room = (model.spec().maxPositions() - front) / repeats;
    int fitting = Math.min(period, Math.min(room, pool.size()));
    if (fitting < 2) {
      throw new HeadlightException(
          Kind.MODEL,
          model.name()
              + ": a sequence that stands %d times needs at least %d positions and 2 tokens; this model has less."
                  .formatted(repeats, front + 2 * repeats));
    }
    List<int[]> sequences = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Collections.shuffle(pool, random);
      sequences.add(repeated(bos, pool.subList(0, fitting), repeats));
    }
    return new RepeatedIds(sequences, front, fitting);
  }

  /** The beginning-of-sequence id, if the tokenizer itself puts it in front. */
  private static OptionalInt front(TextTokenizer tokenizer) {
    Tokens tokens = tokenizer.encode("a");
    OptionalInt bos = tokenizer.bosId();
    boolean added = tokens.size() > 0 && bos.isPresent() && tokens.id(0) == bos.getAsInt();
    return added ? bos : OptionalInt.empty();
  }

  /** The ids of a vocabulary that stand for text, in order; a list of the caller's own. */
  public static List<Integer> plainIds(Model model) {
    int vocab = model.spec().vocab();
    int size = model.tokenizer().map(t -> Math.min(vocab, t.vocabSize())).orElse(vocab);
    int image =
        model.spec().vision().filter(VisionSpec::inPrompt).map(VisionSpec::imageToken).orElse(-1);
    List<Integer> pool = new ArrayList<>();
    for (int id = 0; id < size; id++) {
      int candidate = id;
      if (id != image && model.tokenizer().map(t -> !t.isSpecial(candidate)).orElse(true)) {
        pool.add(id);
      }
    }
    return pool;
  }

  private static int[] repeated(OptionalInt bos, List<Integer> ids, int repeats) {
    return IntStream.concat(
            bos.stream(),
            IntStream.range(0, repeats * ids.size()).map(i -> ids.get(i % ids.size())))
        .toArray();
  }

  /** What a head that attends to all allowed keys alike would score as an induction head. */
  public double uniformInduction() {
    return IntStream.range(secondCopy(), sequences.get(0).length)
        .mapToDouble(row -> 1.0 / (row + 1))
        .average()
        .orElseThrow();
  }

  /** What such a head would score as a previous-token head. */
  public double uniformPrevious() {
    return IntStream.range(1, sequences.get(0).length)
        .mapToDouble(row -> 1.0 / (row + 1))
        .average()
        .orElseThrow();
  }

  /** First row of the second copy. */
  public int secondCopy() {
    return front + period;
  }
}
