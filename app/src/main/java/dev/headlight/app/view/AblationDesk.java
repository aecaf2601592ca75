package dev.headlight.app.view;

import com.google.gson.JsonElement;
import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.ablation.AblationChoice;
import dev.headlight.app.ablation.AblationExports;
import dev.headlight.app.ablation.AblationSettings;
import dev.headlight.app.ablation.AblationState;
import dev.headlight.app.ablation.AblationWork;
import dev.headlight.app.ablation.Given;
import dev.headlight.app.ablation.Part;
import dev.headlight.app.ablation.Question;
import dev.headlight.app.ablation.Seen;
import dev.headlight.app.ablation.SweepMap;
import dev.headlight.app.ablation.Texts;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.engine.ModelQuestion;
import dev.headlight.app.engine.RunSnapshot;
import dev.headlight.app.export.CopyCommand;
import dev.headlight.app.pairs.PairDesk;
import dev.headlight.app.session.Measurements;
import dev.headlight.app.workbench.Notice;
import dev.headlight.app.workbench.Workbench;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.application.Platform;

/** Asks what the ablation pane shows, and tells its parts when something has changed. */
final class AblationDesk {
  private final PaneContext context;
  private final Workbench w;
  private final PairDesk pairs;
  private final List<Runnable> listeners = new ArrayList<>();
  private final Questions<Ask> questions;
  private final Map<Part, Question> asked = new EnumMap<>(Part.class);
  private ModelFacts facts;
  private AblationWork work = new AblationWork();
  private AblationState state;

  /** The sweep whose cost is known or asked; null for none. */
  private Question estimated;

  private String cost = "";

  /** What a session holds of a model that has not been opened yet; null for nothing. */
  private JsonElement awaited;

  /** What is asked; of each the newest question counts. */
  private enum Ask {
    SWEEP,
    COST,
    EFFECT,
    TEXTS,
    CURVES,
    PAIRS,
    GRADIENT,
    SINGLES,
    PERTURBED,
    LIKENESS,
    RANKS,
    OFFSETS,
    FILE
  }

  AblationDesk(PaneContext context, PairDesk pairs) {
    this.context = context;
    this.w = context.workbench();
    this.pairs = pairs;
    this.questions = new Questions<>(context, Ask.class, kind -> {}, this::changed);
    w.model.addListener(o -> open());
    w.run.addListener(o -> prompt());
    pairs.whenChanged(this::pairs);
    open();
    context.memory().findings(Measurements.ABLATION, this::document, this::restore);
  }

  private void open() {
    ModelFacts now = w.model.get();
    if (Objects.equals(now, facts) && (state != null || now == null)) {
      return;
    }
    questions.cancelAll();
    asked.clear();
    AblationState former = state;
    boolean grown = facts != null && now != null && facts.source().grewWith(now.source());
    facts = now;
    work = new AblationWork();
    estimated = null;
    state = now == null ? null : new AblationState(now.spec(), this::changed);
    if (state != null) {
      if (former != null) {
        state.choose(former.choice());
        state.set(former.settings());
        state.take(grown ? former.taken() : List.of());
      }
      if (awaited != null) {
        state.restore(awaited);
        awaited = null;
      }
      pairs();
    }
    prompt();
    changed();
  }

  private void prompt() {
    if (state != null) {
      RunSnapshot run = w.run.get();
      if (run == null) {
        state.prompt(List.of());
      } else {
        state.prompt(AblationWork.list(run.tokens().ids()), Seen.of(run.prompt()));
      }
      follow();
    }
  }

  private void pairs() {
    if (state != null && !pairs.busy()) {
      state.pairs(pairs.ready().stream().map(Given::of).toList());
      follow();
    }
  }

  /** Questions that the controls do not make any more are taken back; the effect is asked. */
  private void follow() {
    for (Part part : List.copyOf(asked.keySet())) {
      if (!asked.get(part).equals(state.question(part))) {
        cancel(part);
      }
    }
    effect();
    estimate();
  }

  /** Finds out what the sweep will take that the controls ask for. */
  private void estimate() {
    Question question = state.question(Part.SWEEP);
    if (question.equals(estimated)) {
      return;
    }
    questions.cancel(Ask.COST);
    cost = "";
    estimated = able() && state.sweep() == null ? question : null;
    if (estimated != null) {
      questions.ask(
          Ask.COST,
          "Cost of a sweep",
          facts,
          AblationWork.cost(question),
          text -> cost = question.equals(estimated) ? text : cost);
    }
  }

  /** What the sweep will take that the controls ask for; empty while unknown, and if quick. */
  String cost() {
    return cost;
  }

  private Optional<JsonElement> document() {
    return state == null ? Optional.empty() : state.document();
  }

  private void restore(JsonElement document) {
    if (state == null) {
      awaited = document;
    } else {
      state.restore(document);
    }
  }

  /** Whether the open model can be asked at all. */
  boolean able() {
    return facts != null && facts.spec().hasLogits() && state.asked().ready();
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

  /** The pairs that can be read. */
  PairDesk pairDesk() {
    return pairs;
  }

  /** The model that is asked; null for none. */
  ModelFacts facts() {
    return facts;
  }

  /** What is known; null while no model is open. */
  AblationState state() {
    return state;
  }

  /** What a part is being asked, where it is still what the controls ask. */
  Optional<Job<?>> job(Part part) {
    return questions.job(Ask.valueOf(part.name()));
  }

  /** Whether nothing is asked. */
  boolean atRest() {
    return questions.atRest();
  }

  private <T> void ask(Part part, ModelQuestion<T> question, Consumer<T> answer) {
    ModelFacts of = facts;
    Question which = state.question(part);
    asked.put(part, which);
    questions.ask(
        Ask.valueOf(part.name()),
        part.title(),
        of,
        question,
        result -> {
          asked.remove(part);
          if (of.equals(facts)) {
            answer.accept(result);
            context.memory().foundMore();
          }
        });
  }

  /** Takes a question back; a sweep goes on from there when it is asked again. */
  void cancel(Part part) {
    asked.remove(part);
    questions.cancel(Ask.valueOf(part.name()));
    changed();
  }

  /** Asks what a part shows, as the controls stand. */
  void run(Part part) {
    if (part == Part.TEXTS ? !canWrite() : !able()) {
      return;
    }
    switch (part) {
      case SWEEP -> sweep();
      case TEXTS -> write();
      default -> {
        Question question = state.question(part);
        AblationState of = state;
        ask(part, work.answer(question), found -> of.found(question, found));
      }
    }
  }

  /** Asks a part, or takes its question back. */
  void press(Part part) {
    if (job(part).isPresent()) {
      cancel(part);
    } else {
      run(part);
    }
  }

  /** Changes what is taken away and finds out what that does. */
  void take(Iterable<Head> heads) {
    TreeSet<Head> all = new TreeSet<>();
    heads.forEach(all::add);
    state.take(all);
    follow();
  }

  /** Takes a head away, or gives it back. */
  void toggle(Head head) {
    state.toggle(head);
    follow();
  }

  /** Finds out what the heads that are away take; their effect follows the choice by itself. */
  private void effect() {
    if (!able() || state.taken().isEmpty()) {
      if (job(Part.EFFECT).isPresent()) {
        cancel(Part.EFFECT);
      }
    } else if (state.effect() == null
        && !state.question(Part.EFFECT).equals(asked.get(Part.EFFECT))) {
      run(Part.EFFECT);
    }
  }

  /** Chooses otherwise and measures the effect anew. */
  void choose(AblationChoice choice) {
    if (!choice.equals(state.choice())) {
      state.choose(choice);
      follow();
    }
  }

  /** Sets what parts are asked with. */
  void set(AblationSettings settings) {
    state.set(settings);
    follow();
  }

  /** Takes every target away alone, or goes on with that. */
  void sweep() {
    questions.cancel(Ask.COST);
    Question question = state.question(Part.SWEEP);
    AblationState of = state;
    if (state.sweep() == null) {
      AblationChoice choice = state.choice();
      int columns = choice.over().columns(facts.spec());
      int layers = facts.spec().layers();
      of.found(question, SweepMap.empty(choice.over(), choice.metric(), layers, columns));
    }
    ask(
        Part.SWEEP,
        work.sweep(question, map -> Platform.runLater(() -> filling(of, question, map))),
        map -> of.found(question, map));
  }

  /** What comes after the whole map counts for nothing. */
  private static void filling(AblationState of, Question question, SweepMap map) {
    if (!(of.found(question) instanceof SweepMap before && before.done())) {
      of.found(question, map);
    }
  }

  /** Whether there is a prompt, and heads to write without. */
  boolean canWrite() {
    return facts != null
        && facts.spec().hasLogits()
        && state.hasPrompt()
        && !state.taken().isEmpty();
  }

  private void write() {
    Question question = state.question(Part.TEXTS);
    AblationState of = state;
    of.found(question, Texts.NONE);
    ask(
        Part.TEXTS,
        work.write(question, piece -> Platform.runLater(() -> of.wrote(question, piece))),
        texts -> of.found(question, texts));
  }

  /** Takes every head away alone, then some together. */
  void sweepAndTake(Collection<Head> heads) {
    take(heads);
    run(Part.SWEEP);
  }

  /** Writes with and without the heads that are away, and draws the curves where it can. */
  void writeAndDraw() {
    run(Part.TEXTS);
    run(Part.CURVES);
  }

  /** The command line that finds what a part found. */
  String command(Part part) {
    List<String> given =
        w.run.get() == null
            ? List.of()
            : new CopyCommand(w.run.get(), w.bos.get(), w.chatShown()).promptArguments();
    return CopyCommand.of("ablate", facts, state.arguments(part, given));
  }

  /** Copies that line. */
  void copy(Part part) {
    NoticeBar.copy(command(part));
    w.notice.set(Notice.info("Copied the command that finds the same."));
  }

  /** Writes a file of what a part found and says so. */
  void write(Function<AblationExports, ModelQuestion<Path>> file) {
    questions.ask(
        Ask.FILE,
        "Export",
        facts,
        file.apply(new AblationExports(work)),
        path -> w.notice.set(Notice.info("Saved " + path)));
  }
}
