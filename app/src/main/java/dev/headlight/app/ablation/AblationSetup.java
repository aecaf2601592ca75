package dev.headlight.app.ablation;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.ablation.AblationRequest;
import dev.headlight.analysis.ablation.Answers;
import dev.headlight.analysis.ablation.Treatment;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.engine.Distribution;
import dev.headlight.app.engine.PromptSource;
import java.util.List;
import java.util.Optional;

/**
 * A choice as a model takes it.
 *
 * @param request without targets
 * @param answer id of the right answer
 * @param wrong id of the wrong answer
 */
record AblationSetup(AblationRequest request, int answer, int wrong) {
  /** On the model's thread. */
  static AblationSetup of(Model model, Asked asked, Progress progress) {
    AblationChoice choice = asked.choice();
    int[] likely = likely(model, asked.ids(), progress);
    int answer = id(model, choice.answer(), likely[0]);
    int wrong = id(model, choice.wrong(), answer == likely[0] ? likely[1] : likely[0]);
    Treatment treatment = choice.treatment(others(model, choice, asked.ids()));
    Answers answers = Answers.against(new int[] {answer}, new int[] {wrong});
    return new AblationSetup(
        new AblationRequest(
            List.of(asked.ids()),
            List.of(),
            List.of(),
            treatment,
            choice.metric(),
            Optional.of(answers)),
        answer,
        wrong);
  }

  private static List<int[]> others(Model model, AblationChoice choice, int[] tokens) {
    if (!choice.substitutes()) {
      return List.of();
    }
    if (choice.from().equals(PromptSource.PROMPT)) {
      if (choice.mode() == Treatment.Mode.RESAMPLE) {
        throw new HeadlightException(
            Kind.INPUT,
            "resampling takes a head's output from other prompts; choose the library or a file");
      }
      return List.of();
    }
    return OtherPrompts.read(model, choice.from(), choice.mode(), tokens.length);
  }

  private static int[] likely(Model model, int[] tokens, Progress progress) {
    try (Run run = model.run(RunRequest.of(tokens), progress.silent()).get(0)) {
      List<Integer> top = new Distribution(run.logits(-1)).top(2);
      return top.stream().mapToInt(i -> i).toArray();
    }
  }

  private static int id(Model model, String text, int otherwise) {
    if (text.isEmpty()) {
      return otherwise;
    }
    Tokens tokens =
        model
            .tokenizer()
            .orElseThrow(
                () ->
                    new HeadlightException(
                        Kind.MODEL, model.name() + " has no tokenizer; leave the answers empty"))
            .encode(text, false);
    if (tokens.size() == 0) {
      throw new HeadlightException(
          Kind.INPUT, "the answer \"%s\" is no token; write other text".formatted(text));
    }
    return tokens.id(0);
  }
}
