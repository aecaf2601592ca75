package dev.headlight.app.view;

import dev.headlight.analysis.job.Job;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.engine.ModelQuestion;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.util.Duration;

/** What a pane asks of the model; of each kind the newest question counts. */
final class Questions<K extends Enum<K>> {
  private static final Duration LOOK = Duration.millis(150);

  private final PaneContext context;
  private final Consumer<K> ended;
  private final Runnable changed;
  private final Map<K, Job<?>> running;
  private final Timeline watch = new Timeline(new KeyFrame(LOOK, e -> look()));

  /**
   * @param ended hears of a question that was cancelled elsewhere or has failed
   * @param changed hears that something runs, goes on or has ended
   */
  Questions(PaneContext context, Class<K> kinds, Consumer<K> ended, Runnable changed) {
    this.context = context;
    this.ended = ended;
    this.changed = changed;
    this.running = new EnumMap<>(kinds);
    watch.setCycleCount(Animation.INDEFINITE);
    context.onClose(watch::stop);
  }

  /**
   * Asks.
   *
   * @param of the model that is asked
   * @param answer hears the answer, also when another model is open by then
   */
  <T> void ask(K kind, String title, ModelFacts of, ModelQuestion<T> question, Consumer<T> answer) {
    Job<?> job =
        context.ask(
            kind,
            title,
            (host, progress) -> host.ask(of, question, progress),
            result -> {
              running.remove(kind);
              answer.accept(result);
              changed.run();
            });
    running.put(kind, job);
    watch.play();
    changed.run();
  }

  /** What is being asked. */
  Optional<Job<?>> job(K kind) {
    return Optional.ofNullable(running.get(kind));
  }

  /** Whether nothing is asked. */
  boolean atRest() {
    return running.isEmpty();
  }

  /** Takes a question back. */
  void cancel(K kind) {
    context.cancel(kind);
    running.remove(kind);
  }

  /** Takes all back. */
  void cancelAll() {
    List.copyOf(running.keySet()).forEach(this::cancel);
  }

  /** Ends with what was cancelled elsewhere or has failed; a notice has said why. */
  private void look() {
    for (Map.Entry<K, Job<?>> entry : List.copyOf(running.entrySet())) {
      Job.State now = entry.getValue().state();
      if (now == Job.State.CANCELLED || now == Job.State.FAILED) {
        cancel(entry.getKey());
        ended.accept(entry.getKey());
      }
    }
    if (running.isEmpty()) {
      watch.stop();
    }
    changed.run();
  }
}
