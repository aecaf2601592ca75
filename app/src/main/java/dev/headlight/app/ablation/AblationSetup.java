package dev.headlight.app.ablation;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.ablation.AblationRequest;
import dev.headlight.analysis.ablation.Answers;
import dev.headlight.analysis.ablation.Treatment;
import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.VisionSpec;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.engine.Distribution;
import dev.headlight.app.engine.PromptSets;
import dev.headlight.app.engine.PromptSource;
import dev.headlight.app.prompts.PromptLibrary;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes of a question what a model takes. On the model's thread. */
final class AblationSetup {
  private final Model model;
  private final Asked asked;
  private final Progress progress;

  private AblationSetup(Model model, Asked asked, Progress progress) {
    this.model = model;
    this.asked = asked;
    this.progress = progress;
  }

  /** A request without targets, with answers where its metric needs them. */
  static AblationRequest of(Model model, Asked asked, Progress progress) {
    return of(model, asked, asked.choice().metric().needsAnswers(), progress);
  }

  /**
   * A request without targets.
   *
   * @param answers whether answers are made out whatever the metric is
   */
  static AblationRequest of(Model model, Asked asked, boolean answers, Progress progress) {
    return new AblationSetup(model, asked, progress).request(answers);
  }

  private AblationRequest request(boolean answers) {
    AblationChoice choice = asked.choice();
    List<int[]> sequences = sequences();
    List<Pixels> pictures = pictures(sequences);
    Treatment treatment =
        choice.treatment(others(sequences.get(0).length, sequences.size()), sequences.size());
    return new AblationRequest(
        sequences,
        List.of(),
        List.of(),
        treatment,
        choice.metric(),
        answers ? Optional.of(answers(sequences, pictures)) : Optional.empty(),
        pictures);
  }

  /** The pictures of each sequence; empty where none shows one. */
  private List<Pixels> pictures(List<int[]> sequences) {
    if (asked.seen().nothing()) {
      return List.of();
    }
    Pixels seen =
        asked
            .seen()
            .pixels()
            .orElseThrow(
                () ->
                    new HeadlightException(
                        Kind.INPUT,
                        "the picture of this prompt is not open; add it to the prompt again"));
    if (model.spec().patches().isPresent()) {
      return RunRequest.ofPicture(model.spec(), seen).pictures();
    }
    int image =
        model.spec().vision().filter(VisionSpec::inPrompt).map(VisionSpec::imageToken).orElse(-1);
    long showing =
        sequences.stream().filter(s -> Arrays.stream(s).anyMatch(id -> id == image)).count();
    if (showing > 0 && showing < sequences.size()) {
      throw new HeadlightException(
          Kind.INPUT,
          "%d of %d prompts show a picture and the others do not; read on prompts of one kind"
              .formatted(showing, sequences.size()));
    }
    return showing == 0 ? List.of() : Collections.nCopies(sequences.size(), seen);
  }

  private List<int[]> sequences() {
    ReadOn on = asked.choice().on();
    if (on.pairs()) {
      return asked.pairs().stream().map(p -> Given.ids(p.tokens())).toList();
    }
    return switch (on.prompts().kind()) {
      case PROMPT -> List.of(asked.ids());
      case FILE -> PromptSets.file(model, Path.of(on.prompts().file()), Bos.DEFAULT).sequences();
      case LIBRARY -> PromptSets.library(model, PromptLibrary.ofUser()).sequences();
    };
  }

  private List<int[]> others(int length, int sequences) {
    AblationChoice choice = asked.choice();
    if (!choice.substitutes()) {
      return List.of();
    }
    if (choice.from().equals(PromptSource.PROMPT)) {
      if (choice.mode() == Treatment.Mode.RESAMPLE && sequences < 2) {
        throw new HeadlightException(
            Kind.INPUT,
            "resampling takes a head's output from other prompts; choose the library or a file");
      }
      return List.of();
    }
    return OtherPrompts.read(model, choice.from(), choice.mode(), length);
  }

  private Answers answers(List<int[]> sequences, List<Pixels> pictures) {
    if (asked.choice().on().pairs()) {
      return Answers.against(
          asked.pairs().stream().mapToInt(Given::answer).toArray(),
          asked.pairs().stream().mapToInt(Given::wrong).toArray());
    }
    OptionalInt right = id(asked.choice().answer());
    OptionalInt wrong = id(asked.choice().wrong());
    int[] rights = new int[sequences.size()];
    int[] wrongs = new int[sequences.size()];
    Arrays.fill(rights, right.orElse(-1));
    Arrays.fill(wrongs, wrong.orElse(-1));
    for (int s = 0; s < rights.length && (right.isEmpty() || wrong.isEmpty()); s++) {
      List<Pixels> own = pictures.isEmpty() ? pictures : List.of(pictures.get(s));
      List<Integer> likely = likely(RunRequest.of(sequences.get(s)).withPictures(own));
      int top = likely.get(0);
      int next = likely.get(1);
      rights[s] = right.orElse(wrong.isPresent() && wrong.getAsInt() == top ? next : top);
      wrongs[s] = wrong.orElse(rights[s] == top ? next : top);
    }
    return Answers.against(rights, wrongs);
  }

  private List<Integer> likely(RunRequest prompt) {
    try (Run run = model.run(prompt, progress.silent()).get(0)) {
      return new Distribution(run.logits(-1)).top(2);
    }
  }

  private OptionalInt id(String text) {
    if (text.isEmpty()) {
      return OptionalInt.empty();
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
    return OptionalInt.of(tokens.id(0));
  }
}
