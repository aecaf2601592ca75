package dev.headlight.app.view;

import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.roles.DrawnPattern;
import dev.headlight.analysis.roles.PatternJob;
import dev.headlight.analysis.roles.Prompts;
import dev.headlight.analysis.roles.PromptsJob;
import dev.headlight.analysis.roles.RuleJob;
import dev.headlight.analysis.roles.TokenRule;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.ScoreJob;
import dev.headlight.analysis.text.Bos;
import dev.headlight.app.engine.Growth;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.engine.PromptSource;
import dev.headlight.app.engine.RunSnapshot;
import dev.headlight.app.export.CopyCommand;
import dev.headlight.app.workbench.GridOrder;
import dev.headlight.app.workbench.KnownScores;
import dev.headlight.app.workbench.RolesView;
import dev.headlight.app.workbench.Workbench;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.InvalidationListener;
import javafx.util.Duration;

/**
 * Measures what the table of roles lacks: brief scores one after the other as soon as a pass is
 * there, others when they are asked for; prompts when they are chosen; answers to questions.
 */
final class RoleMeasuring {
  private static final Duration LOOK = Duration.millis(120);
  private static final String PROMPTS = "prompts";
  private static final String QUESTION = "question";
  private static final String GROWTH = "growth";

  private final PaneContext context;
  private final Workbench w;
  private final RolesView view;
  private final Map<Object, Job<?>> running = new LinkedHashMap<>();
  private final Set<Object> refused = new HashSet<>();
  private final Timeline watch = new Timeline();
  private final PicturePrompt picture;
  private Runnable changed = () -> {};

  RoleMeasuring(PaneContext context, RolesView view) {
    this.context = context;
    this.w = context.workbench();
    this.picture = new PicturePrompt(w);
    this.view = view;
    watch.getKeyFrames().add(new KeyFrame(LOOK, e -> look()));
    watch.setCycleCount(Animation.INDEFINITE);
    InvalidationListener update = o -> update();
    w.run.addListener(update);
    w.measured.addListener(update);
    view.averaged.addListener(update);
    view.source.addListener(
        o -> {
          stop(PROMPTS);
          refused.remove(PROMPTS);
          update();
        });
    w.model.addListener(o -> forget());
    context.onClose(this::forget);
  }

  /** Hears when something begins, goes on or ends; at once where something is to be done. */
  void whenChanged(Runnable hears) {
    changed = hears;
    update();
  }

  private void forget() {
    List.copyOf(running.keySet()).forEach(this::stop);
    refused.clear();
    watch.stop();
    changed.run();
  }

  private void stop(Object kind) {
    if (running.remove(kind) != null) {
      context.cancel(kind);
    }
  }

  /** Jobs whose scores nobody has measured. */
  private List<ScoreJob> missing() {
    return KnownScores.all().all().stream()
        .filter(score -> w.measured.get().table(score).isEmpty())
        .map(HeadScore::origin)
        .flatMap(origin -> job(origin).stream())
        .distinct()
        .toList();
  }

  private Optional<ScoreJob> job(HeadScore.Origin origin) {
    if (origin instanceof HeadScore.OfPrompt) {
      return picture.job();
    }
    // A tower by itself reads no ids, so jobs on ids of their own have nothing to read.
    boolean text = w.model.get() == null || w.model.get().spec().patches().isEmpty();
    return text && origin instanceof HeadScore.OfJob of ? Optional.of(of.job()) : Optional.empty();
  }

  private void update() {
    if (w.model.get() != null && w.run.get() != null) {
      if (view.many() && view.averaged.get() == null && free(PROMPTS)) {
        average();
      }
      if (running.isEmpty()) {
        missing().stream()
            .filter(job -> job.brief() && free(job))
            .findFirst()
            .ifPresent(this::measure);
      }
    }
    changed.run();
  }

  private boolean free(Object kind) {
    return !refused.contains(kind) && !running.containsKey(kind);
  }

  private void average() {
    ModelFacts model = w.model.get();
    PromptSource source = view.source.get();
    ask(
        PROMPTS,
        "Scores on " + source.title(),
        host -> new PromptsJob(host.prompts(source, w.bos.get()), RolesView.ofPass()),
        model,
        answer -> view.averaged.set(answer.result()));
  }

  private void measure(ScoreJob job) {
    ask(job, job.title(), host -> job, w.model.get(), this::keep);
  }

  private void keep(Answer answer) {
    w.measured.set(w.measured.get().plus(answer.job(), answer.result()));
  }

  /** Looks for heads by the rule that is typed. */
  void rule() {
    TokenRule rule = new TokenRule(view.query.get(), view.key.get());
    question("Heads that look " + rule, "rule", prompts -> new RuleJob(rule, prompts));
  }

  /** Looks for heads by the drawing. */
  void drawing() {
    DrawnPattern drawn = DrawnPattern.parse(view.pattern.get());
    boolean hideFirst = w.hideSink.get();
    question(
        "Heads that look like the drawing",
        "pattern",
        prompts -> new PatternJob(drawn, hideFirst, prompts));
  }

  /** Measures the chosen score of every checkpoint of the training, on the same prompts. */
  void grow() {
    RunSnapshot run = w.run.get();
    Optional<HeadScore> score = KnownScores.all().find(view.role.get());
    if (run == null || score.isEmpty()) {
      return;
    }
    PromptSource source = view.source.get();
    Bos bos = w.bos.get();
    boolean many = view.many();
    Prompts here = here(run);
    Optional<ScoreJob> known = w.measured.get().job(score.get());
    stop(GROWTH);
    Job<?> asked =
        context.ask(
            GROWTH,
            score.get().title() + " over the training",
            (host, progress) -> {
              Prompts prompts = many ? host.prompts(source, bos) : here;
              ScoreJob job = known.orElseGet(() -> new PromptsJob(prompts, List.of(score.get())));
              return Growth.measure(
                  host, run.model().source().training(), job, score.get(), progress);
            },
            growth -> {
              running.remove(GROWTH);
              view.growth.set(growth);
              update();
            });
    running.put(GROWTH, asked);
    watch.play();
    changed.run();
  }

  private Prompts here(RunSnapshot run) {
    return new Prompts(
        List.of(run.tokens().ids()),
        "this prompt, %d tokens".formatted(run.length()),
        new CopyCommand(run, w.bos.get(), w.chatShown()).promptArguments(),
        run.prompt().request(run.model().spec()).pictures());
  }

  private void question(String title, String score, Function<Prompts, ScoreJob> job) {
    RunSnapshot run = w.run.get();
    if (run == null) {
      return;
    }
    PromptSource source = view.source.get();
    Prompts here = here(run);
    stop(QUESTION);
    ask(
        QUESTION,
        title,
        host -> job.apply(view.many() ? host.prompts(source, w.bos.get()) : here),
        w.model.get(),
        answer -> {
          keep(answer);
          view.role.set(score);
          view.order.set(new GridOrder(score, true));
        });
  }

  /** What a job measured. */
  private record Answer(ScoreJob job, ScoreJob.Result result) {}

  private void ask(
      Object kind,
      String title,
      Function<ModelHost, ScoreJob> job,
      ModelFacts model,
      Consumer<Answer> then) {
    Job<?> asked =
        context.ask(
            kind,
            title,
            (host, progress) -> {
              ScoreJob made = job.apply(host);
              return new Answer(made, host.measure(model, made, progress));
            },
            answer -> {
              running.remove(kind);
              then.accept(answer);
              update();
            });
    running.put(kind, asked);
    watch.play();
    changed.run();
  }

  /** Ends with those that were cancelled or have failed; a notice has said why. */
  private void look() {
    List<Object> over =
        running.entrySet().stream()
            .filter(e -> over(e.getValue().state()))
            .map(Map.Entry::getKey)
            .toList();
    refused.addAll(over);
    over.forEach(this::stop);
    if (running.isEmpty()) {
      watch.stop();
    }
    if (over.isEmpty()) {
      changed.run();
    } else {
      update();
    }
  }

  private static boolean over(Job.State state) {
    return state == Job.State.CANCELLED || state == Job.State.FAILED;
  }

  /** What is being measured, the oldest first. */
  Optional<Job<?>> job() {
    return running.values().stream().findFirst().map(job -> job);
  }

  /** How many scores are neither there nor on their way. */
  int waiting() {
    boolean prompts = view.many() && view.averaged.get() == null;
    int jobs = missing().stream().mapToInt(job -> job.scores().size()).sum();
    return w.run.get() == null || !running.isEmpty()
        ? 0
        : jobs + (prompts ? RolesView.ofPass().size() : 0);
  }

  /** Measures everything that is not there. */
  void all() {
    refused.clear();
    if (view.many() && view.averaged.get() == null) {
      average();
    }
    missing().forEach(this::measure);
  }

  /** Stops what is on its way, and begins nothing else before somebody asks. */
  void cancel() {
    refused.addAll(missing());
    running.values().forEach(Job::cancel);
    look();
  }
}
