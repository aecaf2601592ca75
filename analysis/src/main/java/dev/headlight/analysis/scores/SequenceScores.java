package dev.headlight.analysis.scores;

import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.PassInput;
import dev.headlight.analysis.model.PromptFrame;
import dev.headlight.analysis.run.RunRequest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Scores of every head over given sequences: each is computed for each sequence and then averaged.
 * Attention is read in blocks of rows while the pass runs, so that sequences may be of any length.
 */
public final class SequenceScores {
  private static final List<HeadScore> PLAIN =
      List.of(
          StandardScores.ENTROPY,
          StandardScores.DISTANCE,
          StandardScores.FIRST,
          StandardScores.PREVIOUS);

  private static final List<HeadScore> STRIPES =
      List.of(StandardScores.INDUCTION, StandardScores.DUPLICATE);

  private SequenceScores() {}

  /** The scores that any sequence gives. */
  public static List<HeadScore> plain() {
    return PLAIN;
  }

  /** The scores that only sequences which repeat give. */
  public static List<HeadScore> ofRepetition() {
    return STRIPES;
  }

  /**
   * Measures scores.
   *
   * @param sequences token ids, taken as they are
   * @param period after how many ids, a first beginning-of-sequence id apart, each repeats; empty
   *     when no score of a repetition is asked for
   * @param kinds scores of a pass, such as {@link #plain}, and {@link #ofRepetition}
   * @return a table a kind, in their order
   * @throws HeadlightException when the model cannot read a sequence, or one does not repeat
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static Map<HeadScore, HeadTable> measure(
      Model model,
      List<int[]> sequences,
      OptionalInt period,
      Collection<HeadScore> kinds,
      Progress progress) {
    return measure(model, RunRequest.ofSequences(sequences), period, kinds, progress);
  }

  /**
   * The same of prompts with pictures, or of pictures that a tower reads by itself.
   *
   * @param prompts with their pictures; sites and changes are not looked at
   */
  public static Map<HeadScore, HeadTable> measure(
      Model model,
      RunRequest prompts,
      OptionalInt period,
      Collection<HeadScore> kinds,
      Progress progress) {
    model.runner().check(prompts);
    Map<HeadScore, HeadTableBuilder> tables = new LinkedHashMap<>();
    for (HeadScore kind : kinds) {
      tables.put(kind, new HeadTableBuilder(model.spec().layers(), model.spec().heads()));
    }
    double count = prompts.sequences().size();
    for (int s = 0; s < count; s++) {
      pass(model, prompts, s, period, tables, progress.part(s / count, (s + 1) / count));
    }
    Map<HeadScore, HeadTable> built = new LinkedHashMap<>();
    tables.forEach((kind, table) -> built.put(kind, table.build()));
    return built;
  }

  private static ScoreHooks hooks(
      PromptFrame frame,
      ModelSpec spec,
      int[] ids,
      int index,
      OptionalInt period,
      Collection<HeadScore> kinds) {
    ScoreHooks hooks = new ScoreHooks(spec, frame, ids);
    for (HeadScore kind : kinds) {
      if (!STRIPES.contains(kind)) {
        hooks.gather(kind);
        continue;
      }
      int known =
          period.orElseThrow(
              () ->
                  new HeadlightException(
                      Kind.INPUT,
                      kind.id()
                          + " needs to know after how many ids the sequences repeat; give the"
                          + " period"));
      Repetition r = Repetition.of(ids, known, index);
      hooks.stripe(kind, r.secondCopy(), kind.equals(StandardScores.INDUCTION) ? known - 1 : known);
    }
    return hooks;
  }

  private static void pass(
      Model model,
      RunRequest prompts,
      int index,
      OptionalInt period,
      Map<HeadScore, HeadTableBuilder> tables,
      Progress progress) {
    int[] ids = prompts.sequences().get(index);
    model.guarded(
        () -> {
          try (NDManager scope = model.newScope()) {
            PassInput input =
                model.runner().read(prompts, index, Integer.MAX_VALUE, scope, progress.silent());
            PromptFrame frame = PromptFrame.of(model.spec(), input);
            ScoreHooks hooks = hooks(frame, model.spec(), ids, index, period, tables.keySet());
            model.transformer().stream(input, hooks, progress, scope).close();
            tables.forEach((kind, table) -> table.add(hooks.values(kind)));
            return tables;
          }
        });
  }
}
