package dev.headlight.app.pairs;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.pairs.PairReader;
import dev.headlight.analysis.pairs.PairWords;
import dev.headlight.samples.world.WorldPairs;
import java.util.List;

/** The words that pairs can be drawn from. */
public final class PairVocabularies {
  /** Name of the English words. */
  public static final String ENGLISH = "english";

  /** Name of the words of the world that a sample was trained on. */
  public static final String WORLD = "world";

  /** Whichever the tokenizer reads best. */
  public static final String AUTO = "auto";

  private PairVocabularies() {}

  /**
   * The words of a name.
   *
   * @throws HeadlightException that says which there are
   */
  public static PairWords named(String name, PairReader reader) {
    return switch (name) {
      case ENGLISH -> PairWords.english();
      case WORLD -> WorldPairs.words();
      case AUTO -> fitting(reader);
      default ->
          throw new HeadlightException(
              Kind.INPUT,
              "'%s' are no words that Headlight has; expected %s, %s or %s"
                  .formatted(name, AUTO, ENGLISH, WORLD));
    };
  }

  /** English words unless the tokenizer reads the sample's as single tokens and not those. */
  public static PairWords fitting(PairReader reader) {
    return PairWords.fitting(List.of(PairWords.english(), WorldPairs.words()), reader);
  }
}
