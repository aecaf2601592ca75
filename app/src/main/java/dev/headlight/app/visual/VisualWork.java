package dev.headlight.app.visual;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.image.ImageProcessor;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.analysis.vision.HeadDivergence;
import dev.headlight.analysis.vision.ImageShare;
import dev.headlight.analysis.vision.Maps;
import dev.headlight.analysis.vision.Rollout;
import dev.headlight.analysis.vision.SpatialStrength;
import dev.headlight.analysis.vision.VisualProbe;
import dev.headlight.analysis.vision.VisualSinks;
import dev.headlight.app.engine.ModelQuestion;
import dev.headlight.app.engine.ReadPrompt;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What is asked of a model that reads pictures. Its answers do without the model. */
public final class VisualWork {
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
      int[] tokens = Arrays.copyOf(looked.tokens(), looked.reads(word) + 1);
      Said said = new Said(model, looked, word, progress.part(0, 0.2));
      RunRequest prompt =
          RunRequest.of(tokens)
              .withPictures(List.of(looked.ask().prepared().pixels()))
              .withInterventions(looked.ask().changes());
      float[] row = VisualProbe.relevancy(model, prompt, said.id(), progress.part(0.2, 1));
      return Arrays.copyOf(row, looked.length());
    };
  }
}
