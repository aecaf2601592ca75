package dev.headlight.app.visual;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Intervention.InTower;
import dev.headlight.analysis.run.Positions;
import dev.headlight.analysis.vision.HeadDivergence;
import dev.headlight.analysis.vision.ImageSpan;
import dev.headlight.analysis.vision.VisionInterventions;
import dev.headlight.analysis.vision.VisualSinks;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Makes a chosen change into interventions, for any layers; runs what that takes once. */
final class ChangeMaker {
  private final Looked looked;
  private final int word;
  private final VisualChange change;
  private final ImageSpan prompt;
  private final VisualSinks sinks;
  private final HeadDivergence divergence;

  /**
   * Runs what the change takes: sinks for VAR, the pass without the picture for VHR.
   *
   * @throws HeadlightException when the change does not fit what is looked at
   */
  ChangeMaker(Model model, Looked looked, int word, VisualChange change, Progress progress) {
    this.looked = looked;
    this.word = word;
    this.change = change;
    if (looked.text() && !change.kind().fits(looked)) {
      throw new HeadlightException(
          Kind.INPUT,
          "%s is made to a picture; the tower of text reads none. Take zero or scale, or look at the vision tower."
              .formatted(change.kind().option()));
    }
    if (!change.kind().fits(looked)) {
      throw new HeadlightException(
          Kind.INPUT,
          "%s needs words behind a picture; there are patches alone here. Look at the language model, or take zero, scale, cut, drop, near, window or top."
              .formatted(change.kind().option()));
    }
    prompt = looked.span().lengthened(looked.promptLength());
    sinks =
        change.kind() == ChangeKind.VAR
            ? VisualWork.sinks(looked).ask(model, progress).sinks()
            : null;
    divergence =
        change.kind() == ChangeKind.VHR
            ? VisualWork.divergence(looked, word).ask(model, progress)
            : null;
  }

  /**
   * The change as it is set.
   *
   * @param heads that it is made to, where it is made to heads
   */
  List<Intervention> asSet(Collection<Head> heads) {
    if (change.ofHeads()) {
      return within(List.of(ofHeads(HeadSet.of(heads))));
    }
    if (change.kind() == ChangeKind.DROP) {
      return behind(
          (int) change.number(ChangeParameter.LAYER), change.number(ChangeParameter.KEEP));
    }
    String layers = change.value(ChangeParameter.LAYERS);
    if (layers.equals("all")) {
      return in(0, looked.layers() - 1);
    }
    String[] ends = layers.split("-", -1);
    int to = Integer.parseInt(ends[ends.length - 1]);
    if (to >= looked.layers()) {
      throw outside("layers " + layers);
    }
    return in(Integer.parseInt(ends[0]), to);
  }

  private HeadlightException outside(String what) {
    return new HeadlightException(
        Kind.INPUT,
        "%s: there are layers 0 to %d; name some of these.".formatted(what, looked.layers() - 1));
  }

  /** Why there is nothing to do; for changes that came out empty. */
  String nothing() {
    return switch (change.kind()) {
      case VAR -> "none of these layers has sinks to take from";
      case VHR -> "no head of these layers is chosen";
      case DROP -> "no image token is dropped, or no layer lies behind";
      default -> "nothing is left to change";
    };
  }

  private Intervention ofHeads(HeadSet heads) {
    return change.kind() == ChangeKind.ZERO
        ? new Intervention.Ablate(Intervention.Mode.ZERO, heads, Positions.ALL)
        : new Intervention.ScaleHead(heads, change.number(ChangeParameter.FACTOR), Positions.ALL);
  }

  /** The change in all heads of layers {@code from} to {@code to}, both included. */
  List<Intervention> in(int from, int to) {
    HeadSet heads = VisionInterventions.layers(from, to);
    return within(
        switch (change.kind()) {
          case ZERO, SCALE -> List.of(ofHeads(heads));
          case VAR ->
              VisionInterventions.var(
                  prompt,
                  sinks,
                  change.number(ChangeParameter.KEPT),
                  change.number(ChangeParameter.RHO),
                  from,
                  to);
          case VHR -> divergence.reinforcement(change.number(ChangeParameter.FACTOR), from, to);
          case CUT -> List.of(cut(from, to));
          case SEE -> List.of(VisionInterventions.showText(prompt, from, to));
          case NEAR ->
              VisionInterventions.near(heads, prompt, (int) change.number(ChangeParameter.RADIUS));
          case WINDOW ->
              VisionInterventions.window(heads, prompt, (int) change.number(ChangeParameter.SIZE));
          case TOP ->
              List.of(
                  VisionInterventions.strongest(
                      heads, prompt, (int) change.number(ChangeParameter.COUNT)));
          case DROP -> throw new IllegalStateException("image tokens are dropped behind a layer");
        });
  }

  /** Text from picture, or class and registers from patches. */
  private Intervention cut(int from, int to) {
    if (!looked.patches()) {
      return VisionInterventions.knockOut(prompt, from, to);
    }
    int before = prompt.image()[0];
    return new Intervention.DropKeys(
        VisionInterventions.layers(from, to),
        before == 0 ? Positions.ALL : new Positions(0, before - 1, false),
        Arrays.stream(prompt.image()).boxed().toList());
  }

  /**
   * Image tokens dropped behind a layer, the least attended first.
   *
   * @param keep share that stays, 0 to 1
   */
  List<Intervention> behind(int layer, double keep) {
    if (layer >= looked.layers()) {
      throw outside("layer " + layer);
    }
    List<Integer> dropped = VisionInterventions.leastAttended(prompt, attention(layer), keep);
    return within(VisionInterventions.drop(layer, looked.layers(), dropped));
  }

  /** Mean over heads of the row that reads, over positions. */
  private float[] attention(int layer) {
    int query = looked.patches() ? looked.rows().queries()[0] : looked.reads(word);
    float[] all = new float[looked.length()];
    int[] cells = Spans.cells(looked.span());
    for (int h = 0; h < looked.heads(); h++) {
      float[] row = looked.rows().row(new Head(layer, h), query);
      for (int i = 0; i < row.length; i++) {
        all[cells[i]] += row[i] / looked.heads();
      }
    }
    return all;
  }

  private List<Intervention> within(List<Intervention> changes) {
    return looked.side() == Side.TOWER
        ? changes.stream().map(c -> (Intervention) new InTower(InTower.VISION, c)).toList()
        : changes;
  }
}
