package dev.headlight.analysis.pairs;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Random words that repeat, or not (Olsson et al. 2022). Words, so that the prompt is a text that
 * the tokenizer reads as those very ids.
 */
final class RepeatTask implements PairGenerator.Task {
  /** Words of the first copy. */
  static final int PERIOD = 12;

  /** Words of the second copy before the answer. */
  static final int AGAIN = 6;

  private static final Pattern WORD = Pattern.compile("\\p{Ll}{2,}");
  private static final int TRIES = 4;
  private static final int POOL = 400;

  private final PairReader reader;
  private List<String> pool;

  RepeatTask(FittingWords words) {
    reader = words.reader();
  }

  @Override
  public PromptPair draw(int index, Random random) {
    if (pool == null) {
      pool = pool(random);
    }
    List<String> words = FittingWords.some(pool, 2 * PERIOD, random);
    List<String> own = words.subList(0, PERIOD);
    List<String> others = words.subList(PERIOD, 2 * PERIOD);
    List<String> again = own.subList(0, AGAIN);
    List<String> clean = new ArrayList<>(own);
    clean.addAll(again);
    List<String> corrupt = new ArrayList<>(others);
    corrupt.addAll(again);
    List<PairRole> roles =
        List.of(
            role("FIRST", AGAIN - 1, clean, corrupt),
            role("NEXT", AGAIN, clean, corrupt),
            role("END", PERIOD + AGAIN - 1, clean, corrupt));
    return new PromptPair(
        text(clean), text(corrupt), " " + own.get(AGAIN), " " + others.get(AGAIN), roles);
  }

  /** With a space in front, so that the first word is the same token when it comes again. */
  private static String text(List<String> words) {
    return " " + String.join(" ", words);
  }

  private static PairRole role(String name, int word, List<String> clean, List<String> corrupt) {
    return new PairRole(name, span(word, clean), span(word, corrupt));
  }

  private static TextSpan span(int word, List<String> words) {
    int start = text(words.subList(0, word)).length() + (word == 0 ? 0 : 1);
    return new TextSpan(start, start + words.get(word).length());
  }

  /** Words of the vocabulary that are one token in the middle of a text, drawn without order. */
  private List<String> pool(Random random) {
    int vocabulary = reader.tokenizer().vocabSize();
    Set<String> found = new TreeSet<>();
    for (int left = Math.max(POOL, vocabulary) * TRIES; left > 0 && found.size() < POOL; left--) {
      int id = random.nextInt(vocabulary);
      String word = reader.tokenizer().isSpecial(id) ? "" : reader.tokenizer().decode(id).strip();
      if (WORD.matcher(word).matches() && single(word, id)) {
        found.add(word);
      }
    }
    if (found.size() < 2 * PERIOD) {
      throw new HeadlightException(
          Kind.INPUT,
          "this vocabulary has %d words that are one token, %d are needed; choose another kind of pairs"
              .formatted(found.size(), 2 * PERIOD));
    }
    return List.copyOf(found);
  }

  private boolean single(String word, int id) {
    int[] ids = reader.ids(word);
    return ids.length == 1 && ids[0] == id;
  }
}
