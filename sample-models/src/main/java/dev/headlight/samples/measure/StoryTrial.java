package dev.headlight.samples.measure;

import dev.headlight.analysis.model.Transformer;
import dev.headlight.analysis.run.Head;
import dev.headlight.samples.world.IndirectObject;
import dev.headlight.samples.world.NeedlePrompt;
import dev.headlight.samples.world.Vocabulary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The figures that the story sample is held to, on draws of a seed.
 *
 * @param transformer the model
 * @param vocabulary its tokens
 * @param seed begins every draw
 */
public record StoryTrial(Transformer transformer, Vocabulary vocabulary, long seed) {

  /** Prompts of at most so many tokens, with the fact from the beginning to the end. */
  public List<NeedlePrompt> prompts(int count, int tokens, int others) {
    Random random = new Random(seed + 31L * tokens + others);
    return IntStream.range(0, count)
        .mapToObj(i -> (double) i / Math.max(1, count - 1))
        .map(depth -> NeedlePrompt.draw(vocabulary, random, tokens, depth, others))
        .toList();
  }

  /** Asks for the hidden facts, with some heads silenced. */
  public NeedleScores needles(List<NeedlePrompt> prompts, Set<Head> zeroed) {
    return NeedleScores.of(transformer, vocabulary, prompts, zeroed);
  }

  /**
   * Mean share answered when as many heads outside {@code top} are silenced: all others, cut at
   * random into groups of that size, one group after the other, so that each is silenced as often.
   */
  public double withoutOthers(List<NeedlePrompt> prompts, Set<Head> top) {
    List<Head> others = new ArrayList<>(NeedleScores.heads(transformer.spec()));
    others.removeAll(top);
    Collections.shuffle(others, new Random(seed + 1));
    int groups = others.size() / top.size();
    double sum = 0;
    for (int group = 0; group < groups; group++) {
      int from = group * top.size();
      sum += needles(prompts, Set.copyOf(others.subList(from, from + top.size()))).share();
    }
    return sum / groups;
  }

  /** Indirect objects. */
  public ObjectScores objects(int count) {
    Random random = new Random(seed + 2);
    return ObjectScores.of(
        transformer,
        vocabulary,
        Stream.generate(() -> IndirectObject.draw(vocabulary, random)).limit(count).toList());
  }

  /** Best heads on repeats of random words. */
  public StripeScores stripes() {
    return StripeScores.of(transformer, vocabulary, seed + 3);
  }
}
