package dev.headlight.app.ablation;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.ablation.Ablation;
import dev.headlight.analysis.ablation.AblationRequest;
import dev.headlight.analysis.ablation.AblationResult;
import dev.headlight.analysis.ablation.Curves;
import dev.headlight.analysis.ablation.Importance;
import dev.headlight.analysis.ablation.Interaction;
import dev.headlight.analysis.ablation.Offsets;
import dev.headlight.analysis.ablation.RankSensitivity;
import dev.headlight.analysis.ablation.Redundancy;
import dev.headlight.analysis.cost.CostEstimate;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.GenerateRequest;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.sweep.SweepListener;
import dev.headlight.analysis.text.TextTokenizer;
import dev.headlight.app.engine.ModelQuestion;
import dev.headlight.app.engine.TextStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * The questions of an ablation pane to one model. It remembers how far a sweep is, so that asking
 * again goes on. Questions are made on any thread and answered on the model's.
 */
public final class AblationWork {
  private static final long TELL_NANOS = 100_000_000;
  private static final int MOST_CURVE = 40;

  private Question swept;
  private Ablation sweep;

  /** Answers any question, and tells nothing while it does. */
  public ModelQuestion<Object> answer(Question question) {
    return (model, progress) -> {
      Asked asked = question.asked();
      return switch (question.part()) {
        case SWEEP, SINGLES, PERTURBED -> sweep(question, m -> {}).ask(model, progress);
        case EFFECT -> EffectWork.effect(model, asked, question.heads(), progress);
        case TEXTS -> write(question, p -> {}).ask(model, progress);
        case CURVES -> curves(model, question, progress);
        case PAIRS -> pairs(model, question, progress);
        case GRADIENT ->
            Importance.measure(model, AblationSetup.of(model, asked, progress), progress);
        case LIKENESS -> {
          RunRequest prompts = AblationSetup.of(model, asked, false, progress).prompts();
          yield Redundancy.measure(model, prompts, Redundancy.LENGTH, progress);
        }
        case RANKS ->
            RankSensitivity.run(
                model,
                AblationSetup.of(model, asked, progress),
                ranks(model.spec().headDim()),
                SweepListener.NONE,
                progress);
        case OFFSETS -> offsets(model, question, progress);
      };
    };
  }

  /** Powers of two below the width of a head. */
  static List<Integer> ranks(int width) {
    List<Integer> ranks = new ArrayList<>();
    for (int rank = 1; rank < width; rank *= 2) {
      ranks.add(rank);
    }
    return ranks.isEmpty() ? List.of(1) : ranks;
  }

  /**
   * What a sweep will take, for people; empty for a quick one, and for one that will be refused,
   * which says why when it is asked. Nothing of a sweep that goes on is lost.
   */
  public static ModelQuestion<String> cost(Question question) {
    return (model, progress) -> {
      try {
        return ablation(model, question, progress)
            .cost(progress)
            .map(CostEstimate::text)
            .orElse("");
      } catch (HeadlightException refused) {
        return "";
      }
    };
  }

  private void prepare(Model model, Question question, Progress progress) {
    if (!question.equals(swept)) {
      sweep = ablation(model, question, progress);
      swept = question;
    }
    sweep.requireMemory();
  }

  private static Ablation ablation(Model model, Question question, Progress progress) {
    Asked asked = question.asked();
    AblationRequest request = AblationSetup.of(model, asked, progress);
    return new Ablation(model, request.with(asked.choice().over().targets(model.spec())));
  }

  /**
   * Takes each target away alone; a sweep that was cancelled goes on where it ended.
   *
   * @param listener hears the map as it fills, on the model's thread
   */
  public ModelQuestion<SweepMap> sweep(Question question, Consumer<SweepMap> listener) {
    return (model, progress) -> {
      prepare(model, question, progress);
      Ablation running = sweep;
      Over over = question.asked().choice().over();
      SweepListener told =
          new SweepListener() {
            private long last;

            @Override
            public void cell(int cell, int sequence, double value) {
              long now = System.nanoTime();
              if (last == 0 || now - last > TELL_NANOS) {
                last = now;
                listener.accept(map(model, over, running.result(), false));
              }
            }
          };
      return map(model, over, running.run(told, progress), true);
    };
  }

  private static SweepMap map(Model model, Over over, AblationResult result, boolean done) {
    int columns = over.columns(model.spec());
    double[][] deltas = new double[model.spec().layers()][columns];
    for (int t = 0; t < result.runs().size(); t++) {
      deltas[t / columns][t % columns] = result.runs().get(t).delta();
    }
    return new SweepMap(
        over,
        result.request().metric(),
        result.mean(),
        deltas,
        result.request().answers().map(AnswerIds::of).orElse(AnswerIds.NONE),
        result.request().sequences().size(),
        done,
        result.semantics(),
        result.withoutEffect());
  }

  /** Every run of a sweep, or of heads alone and together; asks what is not there yet. */
  ModelQuestion<AblationResult> runs(Question question) {
    return (model, progress) -> {
      if (question.part() == Part.EFFECT) {
        AblationRequest request = AblationSetup.of(model, question.asked(), progress);
        return Ablation.run(model, request.with(EffectWork.targets(question.heads())), progress);
      }
      prepare(model, question, progress);
      return sweep.run(SweepListener.NONE, progress);
    };
  }

  /**
   * Writes after the prompt with all heads and without some.
   *
   * @param listener hears tokens as they are written, on the model's thread
   */
  public ModelQuestion<Texts> write(Question question, Consumer<Piece> listener) {
    Asked asked = question.asked();
    HeadSet taken = HeadSet.of(question.heads());
    return (model, progress) -> {
      AblationRequest request = AblationSetup.of(model, asked, false, progress);
      Set<Integer> stops =
          model.tokenizer().map(TextTokenizer::eosIds).map(Set::copyOf).orElse(Set.of());
      GenerateRequest writing =
          GenerateRequest.greedy(request.prompts(), question.count())
              .withStops(stops)
              .withInterventions(List.of(request.treatment().on(taken)))
              .withSubstitutes(
                  request.treatment().forWriting(request.sequences(), request.pictures(), 0));
      TextStream[] streams = {
        new TextStream(model.tokenizer(), asked.ids()),
        new TextStream(model.tokenizer(), asked.ids())
      };
      Texts[] texts = {Texts.NONE};
      TwoTexts.write(
          model,
          writing,
          (ablated, id, logprob) -> {
            String text = streams[ablated ? 1 : 0].add(id);
            Piece piece = new Piece(ablated, id, text, Math.exp(logprob));
            texts[0] = texts[0].with(piece);
            listener.accept(piece);
          },
          progress);
      return texts[0];
    };
  }

  /**
   * Cumulative curves by what each head alone takes, which is asked first where it is not known.
   */
  private Curves curves(Model model, Question question, Progress progress) {
    Question heads = new Question(Part.SWEEP, question.asked(), List.of(), 0);
    prepare(model, heads, progress);
    AblationResult singles = sweep.run(SweepListener.NONE, progress.part(0, 0.5));
    int most = Math.min(MOST_CURVE, singles.runs().size());
    List<Long> seeds = LongStream.range(0, question.count()).boxed().toList();
    return Curves.run(
        model, singles, Curves.counts(most), seeds, SweepListener.NONE, progress.part(0.5, 1));
  }

  private static Interaction pairs(Model model, Question question, Progress progress) {
    AblationRequest request = AblationSetup.of(model, question.asked(), progress);
    HeadSet heads = HeadSet.of(question.heads());
    return Interaction.run(model, request, heads, SweepListener.NONE, progress);
  }

  private static Offsets offsets(Model model, Question question, Progress progress) {
    Asked asked = question.asked();
    if (!asked.choice().on().pairs()) {
      throw new HeadlightException(
          Kind.INPUT, "an offset is the difference of a pair's two prompts; read on pairs");
    }
    return Offsets.run(
        model,
        AblationSetup.of(model, asked, progress),
        asked.pairs().stream().map(p -> Given.ids(p.other())).toList(),
        HeadSet.of(question.heads()),
        Offsets.SCALES,
        progress);
  }

  /** Ids of a prompt as a list. */
  public static List<Integer> list(int[] ids) {
    return Arrays.stream(ids).boxed().toList();
  }
}
