package dev.headlight.app.report;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.text.TextTokenizer;
import dev.headlight.analysis.text.Tokens;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Random ids that stand twice in a row: what an induction head is for.
 *
 * @param sequences the prompts, each {@code front + 2 · period} ids
 * @param front 1 when a beginning-of-sequence token comes first, else 0
 * @param period after how many ids a sequence repeats
 */
record RepeatedIds(List<int[]> sequences, int front, int period) {
  RepeatedIds {
    sequences = List.copyOf(sequences);
  }

  /**
   * Draws sequences of different ids from the vocabulary without its special tokens.
   *
   * @param period as wanted; less when the model's positions or vocabulary end before
   */
  static RepeatedIds draw(Model model, int period, int count, Random random) {
    return draw(model, pool(model), period, count, random);
  }

  /** Like {@link #draw}, of tokens that are easy to read, if the vocabulary has enough of them. */
  static RepeatedIds drawReadable(Model model, int period, int count, Random random) {
    List<Integer> all = pool(model);
    List<Integer> words = new ArrayList<>();
    for (int id : all) {
      if (model.tokenizer().map(t -> t.decode(id)).orElse("").strip().matches("\\p{L}{2,}")) {
        words.add(id);
      }
    }
    return draw(model, words.size() < 2 * period ? all : words, period, count, random);
  }

  private static RepeatedIds draw(
      Model model, List<Integer> pool, int period, int count, Random random) {
    OptionalInt bos = model.tokenizer().map(RepeatedIds::front).orElse(OptionalInt.empty());
    int front = bos.isPresent() ? 1 : 0;
    int room = (model.spec().maxPositions() - front) / 2;
    int fitting = Math.min(period, Math.min(room, pool.size()));
    if (fitting < 2) {
      throw new HeadlightException(
          Kind.MODEL,
          model.name()
              + ": a repeated sequence needs at least 4 positions and 2 tokens; this model has less.");
    }
    List<int[]> sequences = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Collections.shuffle(pool, random);
      sequences.add(twice(bos, pool.subList(0, fitting)));
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

  private static List<Integer> pool(Model model) {
    int vocab = model.spec().vocab();
    int size = model.tokenizer().map(t -> Math.min(vocab, t.vocabSize())).orElse(vocab);
    List<Integer> pool = new ArrayList<>();
    for (int id = 0; id < size; id++) {
      int candidate = id;
      if (model.tokenizer().map(t -> !t.isSpecial(candidate)).orElse(true)) {
        pool.add(id);
      }
    }
    return pool;
  }

  private static int[] twice(OptionalInt bos, List<Integer> ids) {
    return IntStream.concat(
            bos.stream(), IntStream.range(0, 2 * ids.size()).map(i -> ids.get(i % ids.size())))
        .toArray();
  }

  /** What a head that attends to all allowed keys alike would score as an induction head. */
  double uniformInduction() {
    return IntStream.range(secondCopy(), front + 2 * period)
        .mapToDouble(row -> 1.0 / (row + 1))
        .average()
        .orElseThrow();
  }

  /** What such a head would score as a previous-token head. */
  double uniformPrevious() {
    return IntStream.range(1, front + 2 * period)
        .mapToDouble(row -> 1.0 / (row + 1))
        .average()
        .orElseThrow();
  }

  /** First row of the second copy. */
  int secondCopy() {
    return front + period;
  }
}
