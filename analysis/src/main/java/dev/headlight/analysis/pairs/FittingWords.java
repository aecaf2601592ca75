package dev.headlight.analysis.pairs;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Words that a tokenizer reads as single tokens, and which were left out for it. */
final class FittingWords {
  private final PairWords words;
  private final PairReader reader;
  private final Map<String, GeneratedPairs.Dropped> dropped = new LinkedHashMap<>();

  FittingWords(PairWords words, PairReader reader) {
    this.words = words;
    this.reader = reader;
  }

  PairReader reader() {
    return reader;
  }

  /** Sentences of a kind. */
  List<String> sentences(String kind) {
    return words.required(kind);
  }

  /**
   * Words of a kind that are single tokens.
   *
   * @throws HeadlightException when there are less than {@code least}
   */
  List<String> single(String kind, int least) {
    List<String> all = words.required(kind);
    List<String> fitting = all.stream().filter(w -> reader.count(w) == 1).toList();
    if (fitting.size() < least) {
      throw new HeadlightException(
          Kind.INPUT,
          "only %d of %d words of the kind %s (\"%s\") are single tokens for this tokenizer, %d are needed; choose other words or another kind of pairs"
              .formatted(fitting.size(), all.size(), kind, words.name(), least));
    }
    if (fitting.size() < all.size()) {
      List<String> left = all.stream().filter(w -> !fitting.contains(w)).toList();
      dropped.put(kind, new GeneratedPairs.Dropped(kind, all.size(), left));
    }
    return fitting;
  }

  List<GeneratedPairs.Dropped> dropped() {
    return List.copyOf(dropped.values());
  }

  /** Any of a list. */
  static <T> T any(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }

  /** Some different ones of a list, in random order. */
  static <T> List<T> some(List<T> list, int count, Random random) {
    List<T> rest = new ArrayList<>(list);
    List<T> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      drawn.add(rest.remove(random.nextInt(rest.size())));
    }
    return drawn;
  }
}
