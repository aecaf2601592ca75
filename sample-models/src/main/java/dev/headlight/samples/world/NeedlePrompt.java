package dev.headlight.samples.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A story with a fact hidden in it, and the question for the fact at its end.
 *
 * @param text the prompt; the answer follows after a space
 * @param needle the fact that is asked for
 * @param ids the prompt's tokens, the beginning-of-sequence token first
 * @param from token of the answer's first word inside the hidden sentence
 * @param to token after the last
 */
public record NeedlePrompt(String text, Needle needle, int[] ids, int from, int to) {
  /**
   * Draws one.
   *
   * @param tokens length at most; at least 100 and 10 more for each other fact
   * @param depth where the fact lies among the sentences, from 0, the beginning, to 1
   * @param others facts about others, anywhere
   */
  public static NeedlePrompt draw(
      Vocabulary vocabulary, Random random, int tokens, double depth, int others) {
    List<Needle> needles = new Needles(vocabulary).draw(random, 1 + others);
    Needle needle = needles.get(0);
    Set<String> without =
        needles.stream().flatMap(n -> n.words().stream()).collect(Collectors.toSet());
    int taken = 1 + vocabulary.ids(needle.asked()).length;
    taken += needles.stream().mapToInt(n -> vocabulary.ids(n.sentence()).length).sum();
    List<String> sentences =
        new ArrayList<>(new Filler(vocabulary, random, without).sentences(tokens - taken));
    for (Needle other : needles.subList(1, needles.size())) {
      sentences.add(random.nextInt(sentences.size() + 1), other.sentence());
    }
    int place = (int) Math.round(depth * sentences.size());
    sentences.add(place, needle.sentence());
    return of(vocabulary, sentences, place, needle);
  }

  private static NeedlePrompt of(
      Vocabulary vocabulary, List<String> sentences, int place, Needle needle) {
    String text = String.join(" ", sentences) + needle.asked();
    int[] ids =
        IntStream.concat(IntStream.of(Vocabulary.BOS_ID), IntStream.of(vocabulary.ids(text)))
            .toArray();
    String before = String.join(" ", sentences.subList(0, place));
    int from = 1 + vocabulary.ids(before).length + vocabulary.ids(needle.lead()).length;
    return new NeedlePrompt(text, needle, ids, from, from + vocabulary.ids(needle.answer()).length);
  }
}
