package dev.headlight.app.visual;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.image.ImageProcessor;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.GradientRun;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Intervention.InTower;
import dev.headlight.analysis.run.Positions;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.analysis.sweep.Cell;
import dev.headlight.analysis.sweep.Gradients;
import dev.headlight.analysis.sweep.Metrics;
import dev.headlight.analysis.sweep.SweepRequest;
import dev.headlight.analysis.vision.HeadDivergence;
import dev.headlight.analysis.vision.ImageShare;
import dev.headlight.analysis.vision.Maps;
import dev.headlight.analysis.vision.Relevancy;
import dev.headlight.analysis.vision.Rollout;
import dev.headlight.analysis.vision.SpatialStrength;
import dev.headlight.analysis.vision.VisionInterventions;
import dev.headlight.analysis.vision.VisualSinks;
import dev.headlight.app.engine.ModelQuestion;
import dev.headlight.app.engine.ReadPrompt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What is asked of a model that reads pictures. Its answers do without the model. */
public final class VisualWork {
  /** Most attention weights that gradients are taken of: two numbers each. */
  private static final long MOST_GRADIENTS = 192L << 20;

  private VisualWork() {}

  /** Whether a model reads pictures at all. */
  public static boolean able(ModelSpec spec) {
    return Look.able(spec);
  }

  /** Whether a model has a tower beside its main transformer. */
  public static boolean twoSides(ModelSpec spec) {
    return spec.vision().isPresent();
  }

  /** The side at which a model is looked at first. */
  public static Side firstSide(ModelSpec spec) {
    return Look.side(spec);
  }

  /**
   * The answer, and where every head looked.
   *
   * @param shown which tile a tower reads, and which text
   * @param patch a cell whose row is kept in any case; -1 for none
   */
  public static ModelQuestion<Looked> look(VisualAsk ask, Side side, Shown shown, int patch) {
    return (model, progress) -> new Look(model, ask, progress).look(side, shown, patch);
  }

  /**
   * The same of a prompt whose pictures are still to be read from their files.
   *
   * @param prompt with pictures
   * @param maxNew how many tokens the model writes at most
   */
  public static ModelQuestion<Looked> look(
      ReadPrompt prompt, int maxNew, Side side, Shown shown, int patch) {
    return (model, progress) -> {
      VisualAsk ask = VisualPrompt.ask(model.spec(), prompt);
      return look(ask.withMaxNew(maxNew), side, shown, patch).ask(model, progress);
    };
  }

  /** The same words over grey pictures; attention of the same queries. */
  public static ModelQuestion<Looked> blank(Looked looked) {
    return (model, progress) -> {
      if (looked.text()) {
        throw new HeadlightException(
            Kind.INPUT,
            "the tower of text reads no picture, so there is no blank one; take raw, minus-word or rollout.");
      }
      ImageProcessor processor =
          ImageProcessor.open(model.checkpoint().config(), model.checkpoint().folder());
      VisualAsk grey = Look.blank(looked.ask(), words(looked), processor);
      return new Look(model, grey, progress).look(looked.side(), looked.at(), -1);
    };
  }

  private static int[] words(Looked looked) {
    return looked.patches() ? looked.ask().tokens() : looked.tokens();
  }

  /** The pass whose attention is shown, without what a look keeps. */
  private static RunRequest request(Model model, Looked looked) {
    int[] answer =
        looked.side() == Side.MAIN && !looked.patches()
            ? Arrays.copyOfRange(looked.tokens(), looked.promptLength(), looked.length())
            : new int[0];
    return new Look(model, looked.ask(), Progress.NONE).request(looked.at().text(), answer);
  }

  private static <T> T seen(
      Model model, Looked looked, RunRequest request, Progress progress, Function<Run, T> reads) {
    try (Run run = model.run(request, progress).get(0)) {
      boolean tower = looked.side() == Side.TOWER;
      return reads.apply(tower ? run.sight().orElseThrow().tower().get(looked.piece()) : run);
    }
  }

  /** Visual sinks by layer, with the dimensions that make them. */
  public static ModelQuestion<Sunk> sinks(Looked looked) {
    return (model, progress) -> {
      RunRequest request = request(model, looked).withSites(Site.RESID_PRE);
      return seen(
          model,
          looked,
          request,
          progress,
          run -> {
            List<Tensor> streams =
                IntStream.range(0, looked.layers())
                    .mapToObj(l -> run.get(HookName.of(Site.RESID_PRE, l)))
                    .toList();
            return new Sunk(VisualSinks.find(streams, VisualSinks.TAU));
          });
    };
  }

  /** How much of attention goes between text and picture, by head. */
  public static ModelQuestion<ImageShare> shares(Looked looked) {
    return (model, progress) ->
        seen(
            model,
            looked,
            request(model, looked).forViewing(),
            progress.part(0, 0.3),
            run ->
                ImageShare.of(
                    Maps.of(run),
                    looked.layers(),
                    looked.heads(),
                    looked.span(),
                    progress.part(0.3, 1)));
  }

  /** How far heads look in the picture. */
  public static ModelQuestion<SpatialStrength> distances(Looked looked) {
    return (model, progress) ->
        seen(
            model,
            looked,
            request(model, looked).forViewing(),
            progress.part(0, 0.3),
            run ->
                SpatialStrength.of(
                    Maps.of(run),
                    looked.layers(),
                    looked.heads(),
                    looked.parts().get(0),
                    progress.part(0.3, 1)));
  }

  /**
   * How much each head's output owes to the picture when a word is written.
   *
   * @param word as {@link Looked#reads} takes it
   */
  public static ModelQuestion<HeadDivergence> divergence(Looked looked, int word) {
    return (model, progress) -> {
      if (looked.patches()) {
        throw new HeadlightException(
            Kind.MODEL,
            "VHD compares passes with and without a picture; this model reads nothing else.");
      }
      int[] upTo = Arrays.copyOf(looked.tokens(), looked.reads(word) + 1);
      int[] text =
          IntStream.range(0, upTo.length)
              .filter(i -> !looked.span().isImage(i))
              .map(i -> upTo[i])
              .toArray();
      RunRequest with =
          RunRequest.of(upTo)
              .withPictures(List.of(looked.ask().prepared().pixels()))
              .withSites(Site.Z)
              .withInterventions(looked.ask().changes());
      RunRequest without = RunRequest.of(text).withSites(Site.Z);
      return HeadDivergence.of(
          outputs(model, looked, with, progress.part(0, 0.5)),
          outputs(model, looked, without, progress.part(0.5, 1)));
    };
  }

  private static List<Tensor> outputs(
      Model model, Looked looked, RunRequest request, Progress progress) {
    try (Run run = model.run(request, progress).get(0)) {
      return IntStream.range(0, looked.layers()).mapToObj(l -> last(run, l)).toList();
    }
  }

  /** Outputs at the last position alone, {@code [1, H, e]}. */
  private static Tensor last(Run run, int layer) {
    Tensor all = run.get(HookName.of(Site.Z, layer));
    Tensor row = all.slice(all.size(0) - 1);
    return new Tensor(row.data(), 1, row.size(0), row.size(1));
  }

  /**
   * A row of the rollout, {@code [T]}.
   *
   * @param layer up to which is rolled
   */
  public static ModelQuestion<float[]> rollout(Looked looked, int query, int layer) {
    return (model, progress) ->
        seen(
            model,
            looked,
            request(model, looked).forViewing(),
            progress,
            run -> Rollout.row(Maps.of(run), layer, looked.heads(), looked.length(), query));
  }

  /** Relevancies of all positions for the word that is written at a place, {@code [T]}. */
  public static ModelQuestion<float[]> relevancy(Looked looked, int word) {
    return (model, progress) -> {
      if (looked.side() == Side.TOWER || looked.patches()) {
        throw new HeadlightException(
            Kind.MODEL,
            "relevancy follows the gradient of a written word; look at the language model's words.");
      }
      int query = looked.reads(word);
      int[] tokens = Arrays.copyOf(looked.tokens(), query + 1);
      long size = 2L * looked.layers() * looked.heads() * tokens.length * tokens.length;
      if (size > MOST_GRADIENTS) {
        throw new HeadlightException(
            Kind.INPUT,
            "relevancy keeps %d million weights and gradients, at most %d million fit; take a smaller picture or a shorter prompt."
                .formatted(size / 1_000_000, MOST_GRADIENTS / 1_000_000));
      }
      Said said = new Said(model, looked, word, progress.part(0, 0.2));
      List<HookName> names =
          IntStream.range(0, looked.layers()).mapToObj(l -> HookName.of(Site.PATTERN, l)).toList();
      SweepRequest request =
          new SweepRequest(
                  List.of(tokens),
                  List.of(new Cell(looked.ask().changes())),
                  Metrics.logProbability(new int[] {said.id()}))
              .withPictures(List.of(looked.ask().prepared().pixels()));
      GradientRun run =
          Gradients.run(model, request, java.util.Set.copyOf(names), progress.part(0.2, 1)).get(0);
      float[] row = Relevancy.row(names.stream().map(run.values()::get).toList(), query);
      return Arrays.copyOf(row, looked.length());
    };
  }

  /**
   * What a change of a head, or of all, does.
   *
   * @param head that is changed where the change is of one
   */
  public static ModelQuestion<Effect> effect(
      Looked looked, int word, Head head, VisualChoice.Change change) {
    return (model, progress) -> {
      Said said = new Said(model, looked, word, progress.part(0, 0.2));
      List<Intervention> changes =
          changes(model, looked, word, head, change, progress.part(0.2, 0.4));
      String note =
          changes.isEmpty()
              ? change == VisualChoice.Change.VAR
                  ? "no layer has visual sinks to take from"
                  : "no head is chosen"
              : "";
      return said.effect(change.title(), changes, note, progress.part(0.4, 1));
    };
  }

  private static List<Intervention> changes(
      Model model,
      Looked looked,
      int word,
      Head head,
      VisualChoice.Change change,
      Progress progress) {
    return switch (change) {
      case ZERO ->
          within(
              looked,
              new Intervention.Ablate(Intervention.Mode.ZERO, HeadSet.of(head), Positions.ALL));
      case TWICE ->
          within(
              looked,
              new Intervention.ScaleHead(
                  HeadSet.of(head), HeadDivergence.REINFORCEMENT, Positions.ALL));
      case VAR ->
          looked.patches()
              ? List.of()
              : VisionInterventions.var(
                  looked.span(),
                  sinks(looked).ask(model, progress).sinks(),
                  Intervention.Redistribute.KEPT,
                  VisualSinks.Interest.RHO);
      case VHR ->
          looked.patches()
              ? List.of()
              : divergence(looked, word)
                  .ask(model, progress)
                  .reinforcement(HeadDivergence.REINFORCEMENT);
    };
  }

  private static List<Intervention> within(Looked looked, Intervention change) {
    return List.of(looked.side() == Side.TOWER ? new InTower(InTower.VISION, change) : change);
  }

  /** The answer when words no longer read from the picture, layer by layer. */
  public static ModelQuestion<CutCurve> cut(Looked looked, int word, VisualChoice.Cut cut) {
    return (model, progress) -> {
      Said said = new Said(model, looked, word, progress.part(0, 0.1));
      double[] after = new double[looked.layers()];
      for (int l = 0; l < after.length; l++) {
        Progress part =
            progress.part(0.1 + 0.9 * l / after.length, 0.1 + 0.9 * (l + 1) / after.length);
        part.report(0, "layer " + l);
        part.check();
        Intervention change = cutBetween(looked, cut.from(l), cut.to(l, after.length));
        after[l] = said.under(within(looked, change), part).value();
      }
      return new CutCurve(cut, said.token(), said.before(), after);
    };
  }

  /** Text from picture, or class and registers from patches. */
  static Intervention cutBetween(Looked looked, int from, int to) {
    if (!looked.patches()) {
      return VisionInterventions.knockOut(looked.span(), from, to);
    }
    int before = looked.span().image()[0];
    String layers = from == to ? "L" + from : "L" + from + "-" + to;
    List<Integer> keys = Arrays.stream(looked.span().image()).boxed().toList();
    return new Intervention.DropKeys(
        HeadSet.parse(layers + "H*"),
        before == 0 ? Positions.ALL : new Positions(0, before - 1, false),
        keys);
  }

  /** The answer when only the most attended image tokens stay. */
  public static ModelQuestion<KeepCurve> keep(Looked looked, int word) {
    return (model, progress) -> {
      Said said = new Said(model, looked, word, progress.part(0, 0.1));
      int layer = Math.min(KeepCurve.LAYER, looked.layers() - 2);
      float[] attention = attention(looked, layer, word);
      double[] after = new double[KeepCurve.RATIOS.size()];
      List<String> tops = new ArrayList<>();
      for (int i = 0; i < after.length; i++) {
        List<Integer> dropped =
            VisionInterventions.leastAttended(looked.span(), attention, KeepCurve.RATIOS.get(i));
        List<Intervention> changes =
            VisionInterventions.drop(layer, looked.layers(), dropped).stream()
                .flatMap(c -> within(looked, c).stream())
                .toList();
        progress.check();
        Said.Now now = said.under(changes, progress.part(0.1, 1).silent());
        progress.report(0.1 + 0.9 * (i + 1) / after.length, "dropping image tokens");
        after[i] = now.value();
        tops.add(now.top());
      }
      return new KeepCurve(layer, KeepCurve.RATIOS, said.token(), after, tops);
    };
  }

  /** Mean over heads of the row that reads, over positions. */
  private static float[] attention(Looked looked, int layer, int word) {
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
}
