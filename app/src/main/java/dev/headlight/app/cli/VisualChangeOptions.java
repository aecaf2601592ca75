package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.visual.ChangeWork;
import dev.headlight.app.visual.LayerSpread;
import dev.headlight.app.visual.Looked;
import dev.headlight.app.visual.VisualChange;
import dev.headlight.app.visual.VisualState;
import dev.headlight.app.visual.VisualWork;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What else is asked about a picture. */
final class VisualChangeOptions {
  /** A change as {@link VisualChange#text} writes it. */
  static final class Changes implements ITypeConverter<VisualChange> {
    @Override
    public VisualChange convert(String text) {
      try {
        return VisualChange.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** Layers of a sweep as {@link LayerSpread#text} writes them. */
  static final class Spreads implements ITypeConverter<LayerSpread> {
    @Override
    public LayerSpread convert(String text) {
      try {
        return LayerSpread.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

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
      converter = Changes.class,
      description = {
        "The answer with and without a change; repeatable. One of zero, scale:factor=2 (the first of"
            + " --heads; heads=chosen for all of them, heads=layers for whole layers),"
            + " var:p=0.6,rho=0.8, vhr:factor=2, cut, drop:layer=2,keep=0.5, see, near:radius=1,"
            + " window:size=2, top:k=4; with layers=2-5 in some layers alone."
      })
  private List<VisualChange> changes = List.of();

  @Option(
      names = "--by-layer",
      paramLabel = "CHANGE",
      converter = Changes.class,
      description =
          "The answer with such a change layer by layer; repeatable. Heads are whole layers, image"
              + " tokens are dropped behind each layer.")
  private List<VisualChange> curves = List.of();

  @Option(
      names = "--spread",
      paramLabel = "LAYERS",
      converter = Spreads.class,
      description =
          "With --by-layer: one (each layer alone), from (from each layer on), up-to, or the number"
              + " of layers of a window around each; default: one.")
  private LayerSpread spread;

  /** Checks what does not need a model. */
  void check() {
    if (spread != null && curves.isEmpty()) {
      throw new HeadlightException(Kind.INPUT, "--spread belongs to --by-layer; give both.");
    }
  }

  /**
   * Asks all of it.
   *
   * @param heads that were named; the first is the selected one
   */
  void ask(Model model, VisualState state, List<Head> heads, Progress progress) {
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
    state.select(heads.get(0));
    state.chooseHeads(heads);
    for (VisualChange change : changes) {
      state.choose(state.choice().with(change));
      state.effect(
          state.effectKey(),
          ChangeWork.effect(looked, word, state.changed(), change).ask(model, progress));
    }
    for (VisualChange change : curves) {
      LayerSpread layers = spread == null ? LayerSpread.ONE : spread;
      state.choose(state.choice().with(change).with(layers));
      state.curve(
          state.curveKey(),
          ChangeWork.byLayer(looked, word, change, layers, c -> {}).ask(model, progress));
    }
  }
}
