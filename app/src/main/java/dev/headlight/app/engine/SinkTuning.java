package dev.headlight.app.engine;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Positions;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.sinks.ChangeEffect;
import dev.headlight.analysis.sinks.HeadEffects;
import dev.headlight.analysis.sinks.SequenceSinks;
import dev.headlight.analysis.sinks.SinkInterventions;
import dev.headlight.analysis.sinks.SinkSweeps;
import dev.headlight.analysis.sweep.Cell;
import dev.headlight.analysis.sweep.Metrics;
import dev.headlight.analysis.sweep.Sweep;
import dev.headlight.analysis.sweep.SweepListener;
import dev.headlight.analysis.sweep.SweepRequest;
import dev.headlight.analysis.sweep.SweepResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What changing sinks does to one prompt. */
public final class SinkTuning {
  /** γ of the curve, an eighth to eight times; 1 is the unchanged model. */
  private static final double[] GAMMAS = {0.125, 0.25, 0.5, 1, 2, 4, 8};

  private static final int CANDIDATES = 5;
  private static final int WRITTEN = 12;

  private SinkTuning() {}

  /**
   * The loss over γ.
   *
   * @param heads what was scaled together
   * @param gammas γ, rising
   * @param losses mean next-token loss of the prompt, nats, one a γ
   */
  public record Curve(String heads, double[] gammas, double[] losses) {
    /** Copies the arrays. */
    public Curve {
      gammas = gammas.clone();
      losses = losses.clone();
    }

    @Override
    public double[] gammas() {
      return gammas.clone();
    }

    @Override
    public double[] losses() {
      return losses.clone();
    }

    /** The unchanged model's loss. */
    public double baseline() {
      return losses[Arrays.binarySearch(gammas, 1)];
    }

    /** The γ with the least loss. */
    public double best() {
      int best = 0;
      for (int i = 1; i < losses.length; i++) {
        best = losses[i] < losses[best] ? i : best;
      }
      return gammas[best];
    }
  }

  /** A change of sinks. */
  public enum Change {
    /** No query sees the first token. */
    DROP,
    /** ACT: later sinks keep 0.4 of their attention. */
    CALIBRATE,
    /** A query looks with another temperature. */
    TEMPERATURE,
    /** ZeroTuning: all queries look more or less at the first token. */
    GAMMA
  }

  /**
   * How much of a change.
   *
   * @param theta ACT's θ, from which a later token is a sink
   * @param beta ACT's β, what a calibrated sink keeps, 0 to 1
   * @param temperature of the query's logits, above 0; 1 changes nothing
   * @param query whose temperature it is; the last one where it is negative
   * @param gamma ZeroTuning's γ, above 0; 1 changes nothing
   */
  public record Settings(double theta, double beta, double temperature, int query, double gamma) {
    /** Those of the papers, and twice the temperature of the last query. */
    public static final Settings STANDARD =
        new Settings(SinkInterventions.THETA, SinkInterventions.BETA, 2, -1, 2);
  }

  /**
   * What a change did, in words of the model's tokens.
   *
   * @param change what was changed
   * @param settings by how much
   * @param heads where
   * @param found numbers beside the unchanged pass; null where there was nothing to change
   * @param next the most likely next token, and the same with the change
   * @param written what is written on, and the same with the change
   */
  public record Effect(
      Change change,
      Settings settings,
      String heads,
      ChangeEffect found,
      List<String> next,
      List<String> written) {
    /** Copies the lists. */
    public Effect {
      next = List.copyOf(next);
      written = List.copyOf(written);
    }
  }

  /** ZeroTuning of heads together (Han et al. 2025), over γ. */
  public static Curve curve(
      ModelHost host, ModelFacts of, RunRequest prompt, HeadSet heads, Progress progress) {
    return host.ask(of, (model, p) -> curve(model, prompt, heads, p), progress);
  }

  private static Curve curve(Model model, RunRequest prompt, HeadSet heads, Progress progress) {
    List<Cell> cells =
        Arrays.stream(GAMMAS)
            .mapToObj(gamma -> Cell.of(SinkInterventions.zeroTuning(heads, gamma)))
            .toList();
    SweepRequest request =
        new SweepRequest(prompt.sequences(), cells, Metrics.loss()).withPictures(prompt.pictures());
    SweepResult result = Sweep.run(model, request, SweepListener.NONE, progress);
    double[] losses = Arrays.stream(result.values()).mapToDouble(v -> v[0]).toArray();
    return new Curve(heads.toString(), GAMMAS, losses);
  }

  /** ZeroTuning's first step: each head alone, with half and twice the first token's weight. */
  public static HeadEffects heads(
      ModelHost host, ModelFacts of, RunRequest prompt, Progress progress) {
    return host.ask(
        of,
        (model, p) ->
            SinkSweeps.zeroTuning(
                model,
                prompt,
                HeadSet.parse("L*H*").resolve(model.spec()),
                SinkSweeps.GAMMAS,
                Metrics.loss(),
                true,
                SweepListener.NONE,
                p),
        progress);
  }

  /**
   * What a change does to loss, next token and text.
   *
   * @param measured the prompt, unchanged
   * @param settings by how much
   */
  public static Effect effect(
      ModelHost host,
      SinkMeasured measured,
      Change change,
      HeadSet heads,
      Settings settings,
      Progress progress) {
    return host.ask(
        measured.model(),
        (model, p) -> effect(model, measured, change, heads, settings, p),
        progress);
  }

  private static Effect effect(
      Model model,
      SinkMeasured measured,
      Change change,
      HeadSet heads,
      Settings settings,
      Progress progress) {
    RunRequest prompt = measured.request();
    SequenceSinks sinks = measured.sequence().orElseThrow();
    List<Intervention> changes = changes(model, sinks, change, heads, settings);
    if (changes.isEmpty()) {
      return new Effect(change, settings, heads.toString(), null, List.of(), List.of());
    }
    int room = model.spec().maxPositions() - sinks.length();
    int written = model.tokenizer().isPresent() ? Math.max(0, Math.min(WRITTEN, room)) : 0;
    ChangeEffect found =
        ChangeEffect.measure(model, prompt, changes, CANDIDATES, written, progress);
    List<String> texts = new ArrayList<>();
    found.written().ifPresent(g -> texts.add(text(model, g.tokens())));
    found.changedWritten().ifPresent(g -> texts.add(text(model, g.tokens())));
    return new Effect(
        change,
        settings,
        heads.toString(),
        found,
        List.of(label(model, found.next()), label(model, found.changedNext())),
        texts);
  }

  /** The changes themselves. */
  private static List<Intervention> changes(
      Model model, SequenceSinks sinks, Change change, HeadSet heads, Settings settings) {
    return switch (change) {
      case DROP -> List.of(SinkInterventions.drop(heads, 0));
      case CALIBRATE -> {
        List<Head> all = List.copyOf(heads.resolve(model.spec()));
        yield SinkInterventions.act(sinks, all, settings.theta(), settings.beta());
      }
      case TEMPERATURE -> {
        int last = sinks.length() - 1;
        int query = settings.query() < 0 ? last : Math.min(last, settings.query());
        yield List.of(
            SinkInterventions.temperature(heads, Positions.at(query), settings.temperature()));
      }
      case GAMMA -> List.of(SinkInterventions.zeroTuning(heads, settings.gamma()));
    };
  }

  private static String label(Model model, List<ChangeEffect.Candidate> candidates) {
    int id = candidates.get(0).id();
    return model.tokenizer().map(t -> t.label(id)).orElse(Integer.toString(id));
  }

  private static String text(Model model, int[] ids) {
    return model.tokenizer().orElseThrow().decode(ids);
  }
}
