package dev.headlight.app.view;

import dev.headlight.analysis.vision.PictureJob;
import dev.headlight.app.engine.RunSnapshot;
import dev.headlight.app.export.CopyCommand;
import dev.headlight.app.workbench.Workbench;
import java.util.List;
import java.util.Optional;

/** The scores of the picture in the prompt at hand. */
final class PicturePrompt {
  private PicturePrompt() {}

  /** What measures them; empty where the prompt has no picture that heads of the model see. */
  static Optional<PictureJob> of(Workbench w) {
    RunSnapshot run = w.run.get();
    if (run == null || run.prompt().prepared().isEmpty() || !shown(run)) {
      return Optional.empty();
    }
    List<String> arguments = new CopyCommand(run, w.bos.get(), w.chatShown()).promptArguments();
    return Optional.of(
        new PictureJob(
            run.prompt().request(run.model().spec()), "this prompt and its picture", arguments));
  }

  /** CLIP and its like keep pictures out of prompts. */
  private static boolean shown(RunSnapshot run) {
    var spec = run.model().spec();
    return spec.patches().isPresent() || spec.vision().filter(v -> v.inPrompt()).isPresent();
  }
}
