package dev.headlight.samples.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Stories with facts hidden at any depth, some of which are asked for, or said once more, at the
 * end. The answers count; of the story around them each token counts a little.
 */
public final class Facts implements World {
  /** Below this there is no room for a fact and its question. */
  private static final int SHORTEST = 60;

  private static final int TOKENS_A_FACT = 40;
  private static final int MOST_FACTS = 8;
  private static final int TOKENS_A_QUESTION = 26;
  private static final double SAID_AGAIN = 0.3;

  private final Vocabulary vocabulary;
  private final float little;

  /**
   * Facts in this vocabulary.
   *
   * @param little weight of what is not an answer
   */
  public Facts(Vocabulary vocabulary, float little) {
    this.vocabulary = vocabulary;
    this.little = little;
  }

  @Override
  public Example draw(Random random, int length) {
    if (length < SHORTEST) {
      return lastTokens(length, new Filler(vocabulary, random, Set.of()));
    }
    int most = Math.max(1, Math.min(MOST_FACTS, length / TOKENS_A_FACT));
    List<Needle> needles = new Needles(vocabulary).draw(random, 1 + random.nextInt(most));
    Growing end = new Growing(length);
    List<Needle> asked = new ArrayList<>(needles);
    Collections.shuffle(asked, random);
    int questions = Math.max(1, length / 2 / TOKENS_A_QUESTION);
    asked.stream().limit(questions).forEach(needle -> ask(needle, random, end));
    Growing story = new Growing(Math.max(0, length - end.size()));
    tell(needles, random, story);
    Growing whole = new Growing(length);
    whole.append(story.done());
    whole.append(end.soFar());
    return whole.done();
  }

  private void ask(Needle needle, Random random, Growing end) {
    boolean again = random.nextDouble() < SAID_AGAIN;
    end.addAll(vocabulary.ids(again ? needle.lead() : needle.asked()), little);
    end.addAll(vocabulary.ids(needle.answer() + "."), 1);
  }

  /** Fills the story; it begins inside a sentence where that is needed to fill it to the end. */
  private void tell(List<Needle> needles, Random random, Growing story) {
    Set<String> without =
        needles.stream().flatMap(n -> n.words().stream()).collect(Collectors.toSet());
    Filler filler = new Filler(vocabulary, random, without);
    List<Example> facts = needles.stream().map(this::hidden).toList();
    int room = Math.max(0, story.room() - facts.stream().mapToInt(Example::length).sum());
    List<Example> parts =
        new ArrayList<>(filler.sentences(room).stream().map(this::plain).toList());
    int missing = room - parts.stream().mapToInt(Example::length).sum();
    facts.forEach(fact -> parts.add(random.nextInt(parts.size() + 1), fact));
    parts.add(0, lastTokens(missing, filler));
    parts.forEach(story::append);
  }

  private Example plain(String sentence) {
    return Example.of(vocabulary.ids(sentence), little);
  }

  /** The fact's sentence: nobody can foresee the answer here. */
  private Example hidden(Needle needle) {
    Growing sentence = new Growing(vocabulary.ids(needle.sentence()).length);
    sentence.addAll(vocabulary.ids(needle.lead()), little);
    sentence.addAll(vocabulary.ids(needle.answer()), 0);
    sentence.addAll(vocabulary.ids("."), little);
    return sentence.done();
  }

  private Example lastTokens(int count, Filler filler) {
    String text = filler.sentence();
    while (vocabulary.ids(text).length < count) {
      text += " " + filler.sentence();
    }
    int[] ids = vocabulary.ids(text);
    return Example.of(Arrays.copyOfRange(ids, ids.length - count, ids.length), little);
  }
}
