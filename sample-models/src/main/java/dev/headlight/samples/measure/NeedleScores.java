package dev.headlight.samples.measure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Engines;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.PassInput;
import dev.headlight.analysis.model.Transformer;
import dev.headlight.analysis.run.Head;
import dev.headlight.samples.world.NeedlePrompt;
import dev.headlight.samples.world.Vocabulary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Answers to questions for hidden facts, and the retrieval scores of the heads (Wu et al. 2024,
 * "Retrieval Head Mechanistically Explains Long-Context Factuality", in the definition of their
 * code): every time the key that a head looks at most lies in the hidden answer and is the token
 * written next, the head gets one part in the answer's length; its score is the mean over the
 * prompts that were answered. A prompt is answered when greedy decoding says the whole answer.
 *
 * @param right prompts answered
 * @param asked prompts
 * @param retrieval score of each head, 0 to 1; none where no prompt was answered
 */
public record NeedleScores(int right, int asked, Map<Head, Double> retrieval) {

  /** Asks. Heads in {@code zeroed} put out zeros at every position. */
  public static NeedleScores of(
      Transformer transformer,
      Vocabulary vocabulary,
      List<NeedlePrompt> prompts,
      Set<Head> zeroed) {
    Map<Head, Double> sums = new TreeMap<>();
    int right = 0;
    for (NeedlePrompt prompt : prompts) {
      int[] answer = vocabulary.ids(prompt.needle().answer());
      ModelSpec spec = transformer.spec();
      int rows = answer.length;
      AnswerHooks hooks =
          new AnswerHooks(zeroed, spec.layers(), spec.heads(), prompt.ids().length - 1, rows);
      if (answers(transformer, prompt, answer, hooks)) {
        right++;
        heads(spec).forEach(h -> sums.merge(h, copied(h, prompt, answer, hooks), Double::sum));
      }
    }
    int answered = right;
    sums.replaceAll((head, sum) -> sum / answered);
    return new NeedleScores(right, prompts.size(), sums);
  }

  /** Every head of a model, layer by layer. */
  public static List<Head> heads(ModelSpec spec) {
    List<Head> heads = new ArrayList<>();
    for (int layer = 0; layer < spec.layers(); layer++) {
      for (int head = 0; head < spec.heads(); head++) {
        heads.add(new Head(layer, head));
      }
    }
    return heads;
  }

  /**
   * Whether greedy decoding says the answer: it does if, with the answer given, each of its tokens
   * is the likeliest after those before it.
   */
  private static boolean answers(
      Transformer transformer, NeedlePrompt prompt, int[] answer, AnswerHooks hooks) {
    int[] ids =
        IntStream.concat(IntStream.of(prompt.ids()), IntStream.of(answer).limit(answer.length - 1))
            .toArray();
    try (NDManager scope = Engines.manager()) {
      PassInput input = new PassInput(List.of(ids), null, true, false);
      NDArray logits = transformer.forward(input, hooks, Progress.NONE, scope);
      long[] likeliest = logits.argMax(-1).toLongArray();
      int first = prompt.ids().length - 1;
      return IntStream.range(0, answer.length).allMatch(i -> likeliest[first + i] == answer[i]);
    }
  }

  private static double copied(Head head, NeedlePrompt prompt, int[] answer, AnswerHooks hooks) {
    long hits =
        IntStream.range(0, answer.length)
            .filter(
                row -> {
                  int key = hooks.top(head, row);
                  return key >= prompt.from()
                      && key < prompt.to()
                      && prompt.ids()[key] == answer[row];
                })
            .count();
    return (double) hits / (prompt.to() - prompt.from());
  }

  /** Share of prompts answered, 0 to 1. */
  public double share() {
    return (double) right / asked;
  }

  /** Heads by their score, the highest first. */
  public List<Head> ranked() {
    return retrieval.entrySet().stream()
        .sorted(Map.Entry.<Head, Double>comparingByValue(Comparator.reverseOrder()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** How many heads score more than this. */
  public long above(double score) {
    return retrieval.values().stream().filter(s -> s > score).count();
  }
}
