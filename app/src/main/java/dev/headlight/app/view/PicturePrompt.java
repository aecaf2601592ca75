package dev.headlight.app.view;

import dev.headlight.analysis.scores.ScoreJob;
import dev.headlight.analysis.vision.PictureJob;
import dev.headlight.app.engine.RunSnapshot;
import dev.headlight.app.export.CopyCommand;
import dev.headlight.app.workbench.Workbench;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The scores of the picture in the prompt at hand. */
final class PicturePrompt {
  private final Workbench w;
  private RunSnapshot of;
  private Optional<ScoreJob> job = Optional.empty();

  PicturePrompt(Workbench w) {
    this.w = w;
  }

  /** Whether the prompt has a picture that heads of the model see. */
  static boolean there(Workbench w) {
    RunSnapshot run = w.run.get();
    return run != null && run.prompt().prepared().isPresent() && shown(run);
  }

  /** What measures them, the same while the pass at hand stays; empty without such a picture. */
  Optional<ScoreJob> job() {
    RunSnapshot now = w.run.get();
    if (!Objects.equals(now, of)) {
      of = now;
      job = there(w) ? Optional.of(made(now)) : Optional.empty();
    }
    return job;
  }

  private PictureJob made(RunSnapshot run) {
    List<String> arguments = new CopyCommand(run, w.bos.get(), w.chatShown()).promptArguments();
    return new PictureJob(
        run.prompt().request(run.model().spec()), "this prompt and its picture", arguments);
  }

  /** CLIP and its like keep pictures out of prompts. */
  private static boolean shown(RunSnapshot run) {
    var spec = run.model().spec();
    return spec.patches().isPresent() || spec.vision().filter(v -> v.inPrompt()).isPresent();
  }
}
