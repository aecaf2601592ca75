package dev.headlight.app.visual;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.app.engine.ModelQuestion;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What changes do to what a model says of a picture. The answers do without the model. */
public final class ChangeWork {
  /** Shares of the image tokens that stay, of a sweep. */
  static final List<Double> KEPT = List.of(0.75, 0.5, 0.25, 0.1, 0.05);

  private ChangeWork() {}

  /**
   * The answer, its probability and the text, with and without a change.
   *
   * @param word whose token is read
   * @param heads that are changed where the change is of heads
   */
  public static ModelQuestion<Effect> effect(
      Looked looked, int word, Collection<Head> heads, VisualChange change) {
    return effect(looked, word, heads, change, e -> {});
  }

  /**
   * The same.
   *
   * @param first hears the numbers before the text is written, on the model's thread
   */
  public static ModelQuestion<Effect> effect(
      Looked looked,
      int word,
      Collection<Head> heads,
      VisualChange change,
      Consumer<Effect> first) {
    List<Head> meant = List.copyOf(heads);
    return (model, progress) -> {
      ChangeMaker maker = new ChangeMaker(model, looked, word, change, progress.part(0, 0.2));
      List<Intervention> changes = maker.asSet(meant);
      Said said = new Said(model, looked, word, progress.part(0.2, 0.4));
      String note = changes.isEmpty() ? maker.nothing() : "";
      return said.effect(change, changes, note, first, progress.part(0.4, 1));
    };
  }

  /**
   * What is left of the answer with the change in some layers, one point a layer. Dropped image
   * tokens are dropped behind each layer, a row a share that stays, the chosen one first. A point
   * is the pass that {@link #effect} makes of the same layers.
   *
   * @param filling hears the curve after each point, on the model's thread
   */
  public static ModelQuestion<LayerCurve> byLayer(
      Looked looked,
      int word,
      VisualChange change,
      LayerSpread spread,
      Consumer<LayerCurve> filling) {
    VisualChange layered = change.forLayers();
    return (model, progress) -> {
      ChangeMaker maker = new ChangeMaker(model, looked, word, layered, progress.part(0, 0.05));
      Said said = new Said(model, looked, word, progress.part(0.05, 0.1));
      int rows = layered.kind() == ChangeKind.DROP ? kept(layered).size() : 1;
      LayerCurve empty =
          new LayerCurve(
              layered,
              layered.spread(spread),
              looked.layers(),
              said.token(),
              said.before(),
              said.scored(),
              rows * looked.layers(),
              List.of());
      return new Sweep(maker, said, filling, progress.part(0.1, 1)).run(empty);
    };
  }

  private record Sweep(
      ChangeMaker maker, Said said, Consumer<LayerCurve> filling, Progress progress) {
    LayerCurve run(LayerCurve empty) {
      boolean drops = empty.change().kind() == ChangeKind.DROP;
      List<Double> kept = drops ? kept(empty.change()) : List.of(Double.NaN);
      LayerCurve curve = empty;
      double all = empty.expected();
      for (int i = 0; i < all; i++) {
        Progress part = progress.part(i / all, (i + 1) / all);
        int layer = i % empty.layers();
        int row = i / empty.layers();
        part.report(0, "layer " + layer);
        part.check();
        double keep = kept.get(row);
        curve = curve.with(row, keep, point(curve, layer, keep, part));
        filling.accept(curve);
      }
      return curve;
    }

    private LayerCurve.Point point(LayerCurve curve, int layer, double keep, Progress part) {
      boolean drops = curve.change().kind() == ChangeKind.DROP;
      int last = curve.layers() - 1;
      int from = drops ? Math.min(layer + 1, last) : curve.spread().from(layer);
      int to = drops ? last : curve.spread().to(layer, curve.layers());
      List<Intervention> changes = drops ? maker.behind(layer, keep) : maker.in(from, to);
      Said.Now now = said.under(changes, part);
      return new LayerCurve.Point(
          layer, from, to, changes, now.value(), now.top(), now.kl(), now.same());
    }
  }

  private static List<Double> kept(VisualChange change) {
    Set<Double> all = new LinkedHashSet<>();
    all.add(change.number(ChangeParameter.KEEP));
    all.addAll(KEPT);
    return List.copyOf(all);
  }
}
