package dev.headlight.app.ablation;

import dev.headlight.analysis.ablation.Ablation;
import dev.headlight.analysis.ablation.AblationMetric;
import dev.headlight.analysis.ablation.AblationRequest;
import dev.headlight.analysis.ablation.AblationResult;
import dev.headlight.analysis.ablation.AblationRun;
import dev.headlight.analysis.ablation.Target;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import java.util.ArrayList;
import java.util.List;

/** What heads take together, by every metric, and each alone. On the model's thread. */
final class EffectWork {
  private EffectWork() {}

  static Effect effect(Model model, Asked asked, List<Head> taken, Progress progress) {
    AblationRequest request = AblationSetup.of(model, asked, true, progress);
    HeadSet set = HeadSet.of(taken);
    AblationResult chosen =
        Ablation.run(model, request.with(targets(taken)), progress.part(0, 0.5));
    AblationRun together = chosen.runs().get(taken.size());
    AnswerIds answers = AnswerIds.of(request.answers().orElseThrow());
    return new Effect(
        taken,
        chosen.semantics(),
        request.treatment().on(set).text(),
        label(model, answers.right(), "answer"),
        label(model, answers.wrong(), "wrong"),
        answers,
        request.sequences().size(),
        rows(model, request.with(List.of(Target.of(set))), progress.part(0.5, 1)),
        chosen.runs().stream().limit(taken.size()).mapToDouble(AblationRun::delta).toArray(),
        together.delta(),
        together.noEffect());
  }

  /** Each head alone, then all together. */
  static List<Target> targets(List<Head> taken) {
    List<Target> targets = new ArrayList<>(taken.stream().map(Target::of).toList());
    targets.add(Target.of(HeadSet.of(taken)));
    return targets;
  }

  private static List<Effect.Row> rows(Model model, AblationRequest request, Progress progress) {
    List<AblationMetric> metrics =
        new ArrayList<>(
            List.of(
                AblationMetric.LOGIT_DIFF,
                AblationMetric.LOGPROB,
                AblationMetric.KL,
                AblationMetric.LOSS));
    if (request.sequences().size() > 1) {
      metrics.add(1, AblationMetric.ACCURACY);
    }
    boolean tower = model.spec().patches().isPresent();
    if (tower || request.sequences().stream().anyMatch(s -> s.length < 2)) {
      metrics.remove(AblationMetric.LOSS);
    }
    List<Effect.Row> rows = new ArrayList<>();
    for (AblationMetric metric : metrics) {
      AblationResult result = Ablation.run(model, request.with(metric), progress.silent());
      double without = result.mean() + result.runs().get(0).delta();
      rows.add(new Effect.Row(metric, result.mean(), without));
    }
    return rows;
  }

  /** The token's label where all sequences have the same, else what it is. */
  private static String label(Model model, List<Integer> ids, String otherwise) {
    if (ids.stream().distinct().count() > 1) {
      return otherwise;
    }
    int id = ids.get(0);
    return model.tokenizer().map(t -> t.label(id)).orElseGet(() -> Integer.toString(id));
  }
}
