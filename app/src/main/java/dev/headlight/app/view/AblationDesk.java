package dev.headlight.app.view;

import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.ablation.AblationChoice;
import dev.headlight.app.ablation.AblationState;
import dev.headlight.app.ablation.AblationWork;
import dev.headlight.app.ablation.Asked;
import dev.headlight.app.ablation.SweepMap;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.engine.ModelQuestion;
import dev.headlight.app.workbench.Notice;
import dev.headlight.app.workbench.Workbench;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import javafx.application.Platform;

/** Asks what the ablation pane shows, and tells its parts when something has changed. */
final class AblationDesk {

  /** What is asked; of each the newest question counts. */
  enum Ask {
    SWEEP,
    EFFECT,
    TEXTS,
    CURVES,
    FILE
  }

  private final PaneContext context;
  private final Workbench w;
  private final List<Runnable> listeners = new ArrayList<>();
  private final Questions<Ask> questions;
  private ModelFacts facts;
  private AblationWork work = new AblationWork();
  private AblationState state;

  AblationDesk(PaneContext context) {
    this.context = context;
    this.w = context.workbench();
    this.questions = new Questions<>(context, Ask.class, kind -> {}, this::changed);
    w.model.addListener(o -> open());
    w.run.addListener(o -> prompt());
    open();
  }

  private void open() {
    ModelFacts now = w.model.get();
    if (Objects.equals(now, facts) && (state != null || now == null)) {
      return;
    }
    questions.cancelAll();
    facts = now;
    work = new AblationWork();
    state = now == null ? null : new AblationState(now.spec(), this::changed);
    prompt();
    changed();
  }

  private void prompt() {
    if (state == null) {
      return;
    }
    List<Integer> now =
        w.run.get() == null ? List.of() : AblationWork.list(w.run.get().tokens().ids());
    if (!now.equals(state.asked().tokens())) {
      questions.cancelAll();
      state.prompt(now);
      effect();
    }
  }

  /** Whether the open model can be asked at all. */
  boolean able() {
    return facts != null && facts.spec().hasLogits() && state.ready();
  }

  /** Runs when something has changed. */
  void whenChanged(Runnable listener) {
    listeners.add(listener);
  }

  private void changed() {
    listeners.forEach(Runnable::run);
  }

  Workbench workbench() {
    return w;
  }

  PaneContext context() {
    return context;
  }

  /** The model that is asked; null for none. */
  ModelFacts facts() {
    return facts;
  }

  /** What is known; null while no model is open. */
  AblationState state() {
    return state;
  }

  /** What is being asked. */
  Optional<Job<?>> job(Ask ask) {
    return questions.job(ask);
  }

  /** Whether nothing is asked. */
  boolean atRest() {
    return questions.atRest();
  }

  private <T> void ask(Ask kind, String title, ModelQuestion<T> question, Consumer<T> answer) {
    ModelFacts of = facts;
    questions.ask(
        kind,
        title,
        of,
        question,
        result -> {
          if (of.equals(facts)) {
            answer.accept(result);
          }
        });
  }

  /** Takes a question back; a sweep goes on from there when it is asked again. */
  void cancel(Ask kind) {
    questions.cancel(kind);
    changed();
  }

  /** Changes what is taken away and finds out what that does. */
  void take(Iterable<Head> heads) {
    TreeSet<Head> all = new TreeSet<>();
    heads.forEach(all::add);
    state.take(all);
    effect();
  }

  /** Takes a head away, or gives it back. */
  void toggle(Head head) {
    state.toggle(head);
    effect();
  }

  /** Finds out what the heads that are away take; their effect follows the choice by itself. */
  void effect() {
    if (!able() || state.taken().isEmpty()) {
      cancel(Ask.EFFECT);
      return;
    }
    Asked asked = state.asked();
    AblationState of = state;
    ask(
        Ask.EFFECT,
        "Effect of " + Ui.count(state.taken().size(), "head"),
        work.effect(asked, new TreeSet<>(state.taken())),
        found -> of.found(asked, found));
  }

  /** Chooses otherwise and measures the effect anew. */
  void choose(AblationChoice choice) {
    if (choice.equals(state.choice())) {
      return;
    }
    cancel(Ask.SWEEP);
    cancel(Ask.CURVES);
    state.choose(choice);
    effect();
  }

  /** Takes every head away alone, or goes on with that. */
  void sweep() {
    if (!able()) {
      return;
    }
    Asked asked = state.asked();
    AblationState of = state;
    if (state.sweep() == null) {
      of.swept(SweepMap.empty(asked, facts.spec().layers(), facts.spec().heads()));
    }
    ask(
        Ask.SWEEP,
        "One head at a time",
        work.sweep(asked, map -> Platform.runLater(() -> of.swept(map))),
        of::swept);
  }

  /** Writes after the prompt with all heads and without those that are away. */
  void write() {
    if (!able() || state.taken().isEmpty()) {
      return;
    }
    Asked asked = state.asked();
    AblationState of = state;
    of.writing();
    ask(
        Ask.TEXTS,
        "Write with and without " + Ui.count(state.taken().size(), "head"),
        work.write(
            asked,
            new TreeSet<>(state.taken()),
            state.length(),
            piece -> Platform.runLater(() -> of.wrote(asked, piece))),
        texts -> {});
  }

  /** Draws the curves by what the sweep found. */
  void curves() {
    Asked asked = state.asked();
    AblationState of = state;
    ask(
        Ask.CURVES,
        "Heads taken away one after the other",
        work.curves(asked),
        found -> of.curved(asked, found));
  }

  /** Takes every head away alone, then some together. */
  void sweepAndTake(Collection<Head> heads) {
    if (able()) {
      take(heads);
      sweep();
    }
  }

  /** Writes with and without the heads that are away, and draws the curves where it can. */
  void writeAndDraw() {
    write();
    if (state != null && state.sweep() != null && state.sweep().done()) {
      curves();
    }
  }

  /** Writes the sweep as a table and says so. */
  void export(Path file) {
    ask(
        Ask.FILE,
        "Export",
        work.table(state.asked(), file),
        path -> w.notice.set(Notice.info("Saved " + path)));
  }
}
