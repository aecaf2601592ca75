package dev.headlight.app.ablation;

import dev.headlight.analysis.ablation.AblationMetric;
import dev.headlight.analysis.ablation.Curves;
import dev.headlight.analysis.ablation.Offsets;
import dev.headlight.analysis.ablation.RankSensitivity;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.app.engine.PromptSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What follows {@code headlight ablate MODEL} on the line that finds the same, each one word. */
public final class AblationArguments {
  private final Question question;
  private final Object found;
  private final List<String> prompt;

  private AblationArguments(Question question, Object found, List<String> prompt) {
    this.question = question;
    this.found = found;
    this.prompt = prompt;
  }

  /**
   * The words of a line.
   *
   * @param found the answer, which knows the answers it was read for; null while there is none
   * @param answers those of another answer to the same choice; none where there is none
   * @param prompt options that give the prompt at hand
   */
  public static List<String> of(
      Question question, Object found, AnswerIds answers, List<String> prompt) {
    return new AblationArguments(question, found, prompt).line(answers);
  }

  private List<String> line(AnswerIds answers) {
    AblationChoice choice = question.asked().choice();
    List<String> line = new ArrayList<>(sequences());
    part(line, choice);
    boolean read = question.part() != Part.TEXTS && question.part() != Part.LIKENESS;
    if (read) {
      line.addAll(List.of("--metric", choice.metric().toString()));
      if (choice.metric().needsAnswers()) {
        line.addAll(answers(choice, answers));
      }
    }
    return line;
  }

  private List<String> sequences() {
    ReadOn on = question.asked().choice().on();
    if (on.pairs()) {
      return List.of(
          "--sequences", joined(question.asked().pairs().stream().map(Given::tokens).toList()));
    }
    return switch (on.prompts().kind()) {
      case PROMPT -> prompt;
      case FILE -> List.of("--prompts-file=" + on.prompts().file());
      case LIBRARY -> List.of("--library");
    };
  }

  private static String joined(List<List<Integer>> sequences) {
    return sequences.stream()
        .map(s -> s.stream().map(String::valueOf).collect(Collectors.joining(",")))
        .collect(Collectors.joining(";"));
  }

  private void part(List<String> line, AblationChoice choice) {
    List<String> how = choice.arguments(count());
    switch (question.part()) {
      case SWEEP, SINGLES, PERTURBED -> {
        line.addAll(List.of("--sweep", choice.over().option()));
        line.addAll(how);
      }
      case EFFECT -> {
        line.addAll(List.of("--heads", heads()));
        line.addAll(how);
      }
      case TEXTS -> {
        line.addAll(List.of("--heads", heads(), "--generate", "" + question.count()));
        line.addAll(how);
      }
      case CURVES -> {
        line.addAll(List.of("--sweep", "heads", "--curve", counts()));
        line.addAll(List.of("--draws", "" + question.count(), "--seed", "0"));
        line.addAll(how);
      }
      case PAIRS -> {
        line.addAll(List.of("--pairs-of", heads()));
        line.addAll(how);
      }
      case GRADIENT -> line.add("--importance");
      case LIKENESS -> line.addAll(List.of("--redundancy", "alike.csv"));
      case RANKS -> line.addAll(List.of("--rank", ranks()));
      case OFFSETS ->
          line.addAll(
              List.of(
                  "--offset",
                  heads(),
                  "--offset-from",
                  joined(question.asked().pairs().stream().map(Given::other).toList()),
                  "--offset-scales=" + scales()));
    }
  }

  private String heads() {
    return HeadSet.of(question.heads()).toString();
  }

  private static String scales() {
    return Offsets.SCALES.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private String counts() {
    int[] counts =
        found instanceof Curves curves
            ? curves.curves().get(0).counts()
            : Curves.counts(1).stream().mapToInt(c -> c).toArray();
    return Arrays.stream(counts).mapToObj(String::valueOf).collect(Collectors.joining(","));
  }

  private String ranks() {
    return found instanceof RankSensitivity low
        ? low.ranks().stream().map(String::valueOf).collect(Collectors.joining(","))
        : "1";
  }

  /** Sequences that a metric is read on, as far as it is known. */
  private int count() {
    if (question.asked().choice().on().pairs()) {
      return question.asked().pairs().size();
    }
    return found instanceof SweepMap sweep
        ? sweep.sequences()
        : found instanceof Effect effect
            ? effect.sequences()
            : question.asked().choice().on().prompts().kind() == PromptSource.Kind.PROMPT ? 1 : 2;
  }

  private List<String> answers(AblationChoice choice, AnswerIds known) {
    AnswerIds of =
        found instanceof SweepMap sweep
            ? sweep.answers()
            : found instanceof Effect effect ? effect.answers() : known;
    if (!of.right().isEmpty()) {
      return of.arguments();
    }
    List<String> typed = new ArrayList<>();
    if (!choice.answer().isEmpty()) {
      typed.add("--answer=" + choice.answer());
      if (!choice.wrong().isEmpty()) {
        typed.add("--wrong=" + choice.wrong());
      }
    }
    return choice.metric() == AblationMetric.LOGPROB || typed.size() == 2 ? typed : List.of();
  }
}
