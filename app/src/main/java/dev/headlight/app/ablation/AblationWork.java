package dev.headlight.app.ablation;

import dev.headlight.analysis.ablation.Ablation;
import dev.headlight.analysis.ablation.AblationMetric;
import dev.headlight.analysis.ablation.AblationRequest;
import dev.headlight.analysis.ablation.AblationResult;
import dev.headlight.analysis.ablation.AblationRun;
import dev.headlight.analysis.ablation.Curves;
import dev.headlight.analysis.ablation.Target;
import dev.headlight.analysis.cost.CostEstimate;
import dev.headlight.analysis.io.AblationTables;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.GenerateRequest;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.sweep.SweepListener;
import dev.headlight.analysis.text.TextTokenizer;
import dev.headlight.app.engine.ModelQuestion;
import dev.headlight.app.engine.TextStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * The questions of an ablation pane to one model. It remembers how far a sweep is, so that asking
 * again goes on. Questions are made on any thread and answered on the model's.
 */
public final class AblationWork {
  private static final long TELL_NANOS = 100_000_000;
  private static final int SEEDS = 5;
  private static final int MOST_CURVE = 40;

  private Asked swept;
  private Ablation sweep;

  /** What a sweep will take, for people; empty for a quick one. */
  public ModelQuestion<String> cost(Asked asked) {
    return (model, progress) -> {
      prepare(model, asked, progress);
      return sweep.cost(progress).map(CostEstimate::text).orElse("");
    };
  }

  private void prepare(Model model, Asked asked, Progress progress) {
    if (!asked.equals(swept)) {
      AblationRequest request = AblationSetup.of(model, asked, progress).request();
      sweep = new Ablation(model, request.with(Target.heads(model.spec())));
      swept = asked;
    }
  }

  /**
   * Takes each head away alone; a sweep that was cancelled goes on where it ended.
   *
   * @param listener hears the map as it fills, on the model's thread
   */
  public ModelQuestion<SweepMap> sweep(Asked asked, Consumer<SweepMap> listener) {
    return (model, progress) -> {
      prepare(model, asked, progress);
      Ablation running = sweep;
      SweepListener told =
          new SweepListener() {
            private long last;

            @Override
            public void cell(int cell, int sequence, double value) {
              long now = System.nanoTime();
              if (now - last > TELL_NANOS) {
                last = now;
                listener.accept(map(model, asked, running.result(), false));
              }
            }
          };
      return map(model, asked, running.run(told, progress), true);
    };
  }

  private static SweepMap map(Model model, Asked asked, AblationResult result, boolean done) {
    double[][] deltas = new double[model.spec().layers()][model.spec().heads()];
    for (AblationRun run : result.runs()) {
      Head head = run.heads().get(0);
      deltas[head.layer()][head.head()] = run.delta();
    }
    String semantics = result.semantics();
    int[] answers = {
      result.request().answers().orElseThrow().right()[0],
      result.request().answers().orElseThrow().wrong().orElseThrow()[0]
    };
    return new SweepMap(
        asked, result.mean(), deltas, answers, done, semantics, result.withoutEffect());
  }

  /** What all these heads together take, by every metric, and each alone. */
  public ModelQuestion<Effect> effect(Asked asked, SortedSet<Head> heads) {
    List<Head> taken = List.copyOf(heads);
    return (model, progress) -> {
      AblationSetup setup = AblationSetup.of(model, asked, progress);
      HeadSet set = HeadSet.of(taken);
      List<Target> targets = new ArrayList<>(taken.stream().map(Target::of).toList());
      targets.add(Target.of(set));
      AblationResult chosen =
          Ablation.run(model, setup.request().with(targets), progress.part(0, 0.5));
      AblationRun together = chosen.runs().get(taken.size());
      return new Effect(
          taken,
          chosen.semantics(),
          chosen.request().treatment().on(set).text(),
          label(model, setup.answer()),
          label(model, setup.wrong()),
          new int[] {setup.answer(), setup.wrong()},
          rows(model, setup.request().with(List.of(Target.of(set))), progress.part(0.5, 1)),
          chosen.runs().stream().limit(taken.size()).mapToDouble(AblationRun::delta).toArray(),
          together.delta(),
          together.noEffect());
    };
  }

  private static List<Effect.Row> rows(Model model, AblationRequest request, Progress progress) {
    List<Effect.Row> rows = new ArrayList<>();
    List<AblationMetric> metrics =
        List.of(
            AblationMetric.LOGIT_DIFF,
            AblationMetric.LOGPROB,
            AblationMetric.KL,
            AblationMetric.LOSS);
    for (AblationMetric metric : metrics) {
      if (metric == AblationMetric.LOSS && request.sequences().get(0).length < 2) {
        continue;
      }
      AblationResult result = Ablation.run(model, request.with(metric), progress.silent());
      double without = result.mean() + result.runs().get(0).delta();
      rows.add(new Effect.Row(metric, result.mean(), without));
    }
    return rows;
  }

  private static String label(Model model, int id) {
    return model.tokenizer().map(t -> t.label(id)).orElseGet(() -> Integer.toString(id));
  }

  /**
   * Writes after the prompt with all heads and without some.
   *
   * @param heads that are away in the second text
   * @param count tokens of each at most
   * @param listener hears tokens as they are written, on the model's thread
   */
  public ModelQuestion<TwoTexts> write(
      Asked asked, SortedSet<Head> heads, int count, Consumer<Piece> listener) {
    HeadSet taken = HeadSet.of(heads);
    return (model, progress) -> {
      AblationRequest request = AblationSetup.of(model, asked, progress).request();
      Set<Integer> stops =
          model.tokenizer().map(TextTokenizer::eosIds).map(Set::copyOf).orElse(Set.of());
      GenerateRequest writing =
          GenerateRequest.greedy(asked.ids(), count)
              .withStops(stops)
              .withInterventions(List.of(request.treatment().on(taken)))
              .withSubstitutes(request.treatment().forWriting(request.sequences(), 0));
      TextStream[] streams = {
        new TextStream(model.tokenizer(), asked.ids()),
        new TextStream(model.tokenizer(), asked.ids())
      };
      return TwoTexts.write(
          model,
          writing,
          (ablated, id, logprob) ->
              listener.accept(
                  new Piece(ablated, id, streams[ablated ? 1 : 0].add(id), Math.exp(logprob))),
          progress);
    };
  }

  /** Cumulative curves by what the newest sweep found; it must be done. */
  public ModelQuestion<Curves> curves(Asked asked) {
    return (model, progress) -> {
      prepare(model, asked, progress);
      AblationResult singles = sweep.run(SweepListener.NONE, progress.part(0, 0.2));
      int most = Math.min(MOST_CURVE, singles.runs().size());
      List<Long> seeds = LongStream.range(0, SEEDS).boxed().toList();
      return Curves.run(
          model, singles, Curves.counts(most), seeds, SweepListener.NONE, progress.part(0.2, 1));
    };
  }

  /** Writes the newest sweep as a table. */
  public ModelQuestion<Path> table(Asked asked, Path file) {
    return (model, progress) -> {
      prepare(model, asked, progress);
      AblationTables.runs(file, model.spec(), sweep.run(SweepListener.NONE, progress));
      return file;
    };
  }

  /** Ids of a prompt as a list. */
  public static List<Integer> list(int[] ids) {
    return Arrays.stream(ids).boxed().toList();
  }
}
