package dev.headlight.analysis.retrieval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a model should answer to an episode, and how much of it an answer has. */
public sealed interface Answer {
  /** Recall above which an answer counts as given (Wu et al. 2024: ROUGE-1 above 50). */
  double ENOUGH = 0.5;

  /**
   * ROUGE-1 recall (Lin 2004): the share of the wanted words, or ids, that were written, each as
   * often as it is wanted.
   *
   * @param generated ids that were written
   * @param text what they say; empty without a tokenizer
   * @return 0 to 1
   */
  double recall(int[] generated, String text);

  /**
   * The answer as words.
   *
   * @param text at least one word
   */
  record Words(String text) implements Answer {
    /** What is cut from both ends of a word before words are compared. */
    private static final String MARKS = ".,:;!?'\"";

    /** Refuses what has no word. */
    public Words {
      if (text.isBlank()) {
        throw new IllegalArgumentException("an answer needs a word");
      }
    }

    @Override
    public double recall(int[] generated, String written) {
      return share(words(text), words(written));
    }

    private static List<String> words(String text) {
      return Arrays.stream(text.strip().split("\\s+", -1)).map(Words::bare).toList();
    }

    private static String bare(String word) {
      int from = 0;
      int to = word.length();
      while (from < to && MARKS.indexOf(word.charAt(from)) >= 0) {
        from++;
      }
      while (to > from && MARKS.indexOf(word.charAt(to - 1)) >= 0) {
        to--;
      }
      return word.substring(from, to).toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The answer as ids, for models without a tokenizer.
   *
   * @param ids at least one
   */
  record Ids(List<Integer> ids) implements Answer {
    /** Refuses an empty list and copies it. */
    public Ids {
      if (ids.isEmpty()) {
        throw new IllegalArgumentException("an answer needs an id");
      }
      ids = List.copyOf(ids);
    }

    @Override
    public double recall(int[] generated, String written) {
      return share(ids, Arrays.stream(generated).boxed().toList());
    }
  }

  private static <T> double share(List<T> wanted, List<T> written) {
    List<T> left = new ArrayList<>(written);
    long found = wanted.stream().filter(left::remove).count();
    return (double) found / wanted.size();
  }
}
