package dev.headlight.app.view;

import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.ScoreJob;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.workbench.ArrangedHeads;
import dev.headlight.app.workbench.Workbench;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.InvalidationListener;
import javafx.util.Duration;

/**
 * Measures the scores that colour, order or filter ask for and that take passes of their own. What
 * the user cancels is measured again only on request.
 */
final class ScoreMeasuring {
  private static final Duration LOOK = Duration.millis(120);

  private final PaneContext context;
  private final Workbench w;
  private final ArrangedHeads arranged;
  private final Runnable changed;
  private final Map<ScoreJob, Job<?>> running = new LinkedHashMap<>();
  private final Set<ScoreJob> refused = new HashSet<>();
  private final Timeline watch = new Timeline();
  private final PicturePrompt picture;

  /**
   * @param changed hears when something begins, goes on or ends
   */
  ScoreMeasuring(PaneContext context, ArrangedHeads arranged, Runnable changed) {
    this.context = context;
    this.w = context.workbench();
    this.picture = new PicturePrompt(w);
    this.arranged = arranged;
    this.changed = changed;
    watch.getKeyFrames().add(new KeyFrame(LOOK, e -> look()));
    watch.setCycleCount(Animation.INDEFINITE);
    InvalidationListener update = o -> update();
    arranged.heads().addListener(update);
    w.gridColour.addListener(update);
    w.gridOrder.addListener(update);
    w.headFilter.addListener(update);
    w.run.addListener(update);
    w.model.addListener(o -> forget());
    context.onClose(this::forget);
  }

  private void forget() {
    running.keySet().forEach(context::cancel);
    running.clear();
    refused.clear();
    watch.stop();
    changed.run();
  }

  /** What is asked for and not there. */
  private Optional<ScoreJob> missing() {
    return arranged.wanted().stream()
        .filter(score -> w.measured.get().table(score).isEmpty())
        .map(HeadScore::origin)
        .flatMap(origin -> job(origin).stream())
        .findFirst();
  }

  private Optional<ScoreJob> job(HeadScore.Origin origin) {
    if (origin instanceof HeadScore.OfPrompt) {
      return picture.job();
    }
    return origin instanceof HeadScore.OfJob of ? Optional.of(of.job()) : Optional.empty();
  }

  private void update() {
    Optional<ScoreJob> missing = missing();
    boolean ready = w.model.get() != null && w.run.get() != null;
    if (ready && missing.isPresent() && !refused.contains(missing.get())) {
      start(missing.get());
    }
    changed.run();
  }

  private void start(ScoreJob job) {
    if (running.containsKey(job)) {
      return;
    }
    ModelFacts model = w.model.get();
    Job<?> asked =
        context.ask(
            job,
            job.title(),
            (host, progress) -> host.measure(model, job, progress),
            result -> {
              running.remove(job);
              w.measured.set(w.measured.get().plus(job, result));
              changed.run();
            });
    running.put(job, asked);
    watch.play();
  }

  /** Ends with those that were cancelled or have failed; a notice has said why. */
  private void look() {
    running
        .entrySet()
        .removeIf(
            entry -> {
              Job.State state = entry.getValue().state();
              boolean over = state == Job.State.CANCELLED || state == Job.State.FAILED;
              if (over) {
                refused.add(entry.getKey());
                context.cancel(entry.getKey());
              }
              return over;
            });
    if (running.isEmpty()) {
      watch.stop();
    }
    changed.run();
  }

  /** What is being measured, the oldest first. */
  Optional<Job<?>> job() {
    return running.values().stream().findFirst().map(job -> job);
  }

  /** Whether something that is asked for is neither there nor on its way. */
  boolean waits() {
    return w.run.get() != null && running.isEmpty() && missing().isPresent();
  }

  /** Measures what was cancelled. */
  void again() {
    refused.clear();
    update();
  }

  /** Stops what is on its way. */
  void cancel() {
    running.values().forEach(Job::cancel);
    look();
  }
}
