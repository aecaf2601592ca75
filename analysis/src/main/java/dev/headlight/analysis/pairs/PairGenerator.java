package dev.headlight.analysis.pairs;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Draws pairs of a task that a tokenizer reads as tokens of equal number. */
public final class PairGenerator {
  /** Draws for each pair that is asked for, before giving up. */
  private static final int PATIENCE = 50;

  private PairGenerator() {}

  /**
   * Draws pairs.
   *
   * @param reader of the model that is to read them
   * @throws HeadlightException when the words do not fit the tokenizer, or there are not so many
   *     different pairs
   */
  public static GeneratedPairs draw(PairRequest request, PairWords words, PairReader reader) {
    FittingWords fitting = new FittingWords(words, reader);
    Task task = task(request, fitting);
    Random random = new Random(request.seed());
    List<ReadPair> pairs = new ArrayList<>();
    Set<PromptPair> known = new HashSet<>();
    int redrawn = 0;
    String problem = "the same pairs came again";
    int left = PATIENCE * request.count();
    while (pairs.size() < request.count() && left-- > 0) {
      PromptPair drawn = task.draw(pairs.size(), random);
      try {
        if (known.add(drawn)) {
          pairs.add(checked(reader.read(drawn)));
        }
      } catch (HeadlightException e) {
        redrawn++;
        problem = e.getMessage();
      }
    }
    if (pairs.size() < request.count()) {
      throw tooFew(request, pairs.size(), problem);
    }
    return new GeneratedPairs(request, words.name(), pairs, fitting.dropped(), redrawn);
  }

  private static HeadlightException tooFew(PairRequest request, int found, String problem) {
    return new HeadlightException(
        Kind.INPUT,
        "%s: only %d of %d pairs could be drawn for this tokenizer (%s); ask for fewer or for another kind"
            .formatted(request.kind().text(), found, request.count(), problem));
  }

  /** Of one length on both sides, with answers that differ from their first token on. */
  private static ReadPair checked(ReadPair pair) {
    pair.requireAligned();
    if (pair.ids().answer()[0] == pair.ids().wrong()[0]) {
      throw new HeadlightException(
          Kind.INPUT,
          "the answers \"%s\" and \"%s\" begin with one token"
              .formatted(pair.text().answer(), pair.text().wrong()));
    }
    return pair;
  }

  private static Task task(PairRequest request, FittingWords words) {
    return switch (request.kind()) {
      case IOI -> new IoiTask(words, request.order(), request.corruption());
      case COLOURS -> new ColourTask(words);
      case REPEATS -> new RepeatTask(words);
      case KEY_VALUE -> new LookupTask(words);
      case GREATER_THAN -> new YearTask(words);
    };
  }

  /** What draws one pair. */
  interface Task {
    /**
     * @param index of the pair among those that are asked for
     */
    PromptPair draw(int index, Random random);
  }
}
