package dev.headlight.analysis.scores;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import java.util.List;
import java.util.Map;

/** Measures scores of every head on sequences of its own. Values: equal jobs measure the same. */
public interface ScoreJob {
  /** What it does, for the list of tasks. */
  String title();

  /**
   * Whether it takes some seconds only on a model that one can look at. Others wait until somebody
   * asks for them by name.
   */
  default boolean brief() {
    return false;
  }

  /** Ids of the scores it measures, all at once. */
  List<String> scores();

  /** The command that measures the same, with the result's arguments. */
  default String command() {
    return "scores";
  }

  /**
   * Does the work on the thread that uses the model.
   *
   * @throws dev.headlight.analysis.HeadlightException when the model is too small for it
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  Result measure(Model model, Progress progress);

  /**
   * What was measured.
   *
   * @param tables by id
   * @param conditions on what it was measured, for people
   * @param arguments options of the job's command that measure the same again
   * @param kinds what {@code --kinds} calls scores there, where that is not their id
   */
  record Result(
      Map<String, HeadTable> tables,
      String conditions,
      List<String> arguments,
      Map<String, String> kinds) {
    /** Copies the collections. */
    public Result {
      tables = Map.copyOf(tables);
      kinds = Map.copyOf(kinds);
      arguments = List.copyOf(arguments);
    }
  }
}
