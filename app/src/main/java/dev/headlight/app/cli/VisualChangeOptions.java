package dev.headlight.app.cli;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.visual.Looked;
import dev.headlight.app.visual.VisualChoice;
import dev.headlight.app.visual.VisualState;
import dev.headlight.app.visual.VisualWork;
import picocli.CommandLine.Option;

/** What else is asked about a picture. */
final class VisualChangeOptions {
  @Option(
      names = "--shares",
      description = "How much attention goes between text and picture, by layer.")
  private boolean shares;

  @Option(names = "--sinks", description = "Visual sinks and the dimensions that make them.")
  private boolean sinks;

  @Option(
      names = "--vhd",
      description = "How much each head's output changes without the picture (VHD).")
  private boolean vhd;

  @Option(
      names = "--change",
      paramLabel = "CHANGE",
      description =
          "The answer with and without a change: zero or twice (the first of --heads), var, vhr.")
  private VisualChoice.Change change;

  @Option(
      names = "--cut",
      paramLabel = "LAYERS",
      description =
          "The answer when text no longer reads from the picture, layer by layer: one, from or"
              + " up_to.")
  private VisualChoice.Cut cut;

  @Option(
      names = "--keep",
      description = "The answer when only the most attended image tokens stay behind a layer.")
  private boolean keep;

  /** Asks all of it. */
  void ask(Model model, VisualState state, Head head, Progress progress) {
    Looked looked = state.looked();
    int word = state.word();
    if (shares) {
      state.shares(VisualWork.shares(looked).ask(model, progress));
    }
    if (sinks) {
      state.sunk(VisualWork.sinks(looked).ask(model, progress));
    }
    if (vhd) {
      state.divergence(
          looked.reads(word), VisualWork.divergence(looked, word).ask(model, progress));
    }
    if (change != null) {
      state.select(head);
      state.choose(state.choice().with(change));
      state.effect(
          state.effectKey(), VisualWork.effect(looked, word, head, change).ask(model, progress));
    }
    if (cut != null) {
      state.choose(state.choice().with(cut));
      state.cut(state.cutKey(), VisualWork.cut(looked, word, cut).ask(model, progress));
    }
    if (keep) {
      state.keep(state.keepKey(), VisualWork.keep(looked, word).ask(model, progress));
    }
  }
}
