package dev.headlight.app.ablation;

import dev.headlight.analysis.ablation.Answers;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The answers that a metric was read for.
 *
 * @param right ids of the right ones, one a sequence
 * @param wrong ids of the wrong ones
 */
public record AnswerIds(List<Integer> right, List<Integer> wrong) {
  /** None. */
  public static final AnswerIds NONE = new AnswerIds(List.of(), List.of());

  /** Copies the lists. */
  public AnswerIds {
    right = List.copyOf(right);
    wrong = List.copyOf(wrong);
  }

  static AnswerIds of(Answers answers) {
    return new AnswerIds(list(answers.right()), list(answers.wrong().orElseThrow()));
  }

  private static List<Integer> list(int[] ids) {
    return Arrays.stream(ids).boxed().toList();
  }

  /** Options of {@code headlight ablate}; empty for none. */
  List<String> arguments() {
    return right.isEmpty()
        ? List.of()
        : List.of("--answer-id", joined(right), "--wrong-id", joined(wrong));
  }

  /** One id where all are the same. */
  private static String joined(List<Integer> ids) {
    return ids.stream().distinct().count() == 1
        ? String.valueOf(ids.get(0))
        : ids.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
