package dev.headlight.app.view;

import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.engine.ModelQuestion;
import dev.headlight.app.engine.RunSnapshot;
import dev.headlight.app.pictures.PromptPicture;
import dev.headlight.app.visual.ChangeWork;
import dev.headlight.app.visual.Effect;
import dev.headlight.app.visual.LayerCurve;
import dev.headlight.app.visual.Looked;
import dev.headlight.app.visual.MapMode;
import dev.headlight.app.visual.Side;
import dev.headlight.app.visual.VisualChange;
import dev.headlight.app.visual.VisualState;
import dev.headlight.app.visual.VisualWork;
import dev.headlight.app.workbench.Workbench;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Asks what the visual pane shows, and tells its parts when something has changed. */
final class VisualDesk {
  /** Models up to this size are asked what changes do, too. */
  static final long LIGHT = 30_000_000;

  private final PaneContext context;
  private final Workbench w;
  private final List<Runnable> listeners = new ArrayList<>();
  private final Questions<Ask> questions;
  private final VisualState state = new VisualState(this::changed);
  private Set<Ask> running = EnumSet.noneOf(Ask.class);
  private final VisualLooking looking = new VisualLooking(this);
  private final VisualNeeds needs = new VisualNeeds(this);
  private final VisualDeskFiles files = new VisualDeskFiles(this);
  private final List<Runnable> begun = new ArrayList<>();
  private boolean telling;

  /** While questions are asked by themselves; what is asked for belongs into the session. */
  private boolean byItself;

  private final Map<Ask, String> refused = new EnumMap<>(Ask.class);

  /** What is asked; of each the newest question counts. */
  enum Ask {
    LOOK,
    BLANK,
    SINKS,
    SHARES,
    VHD,
    FOLLOW,
    EFFECT,
    BY_LAYER,
    DISTANCES,
    FILE;

    /** Whether the answer belongs into a session. */
    private boolean finds() {
      return this != LOOK && this != BLANK && this != FILE;
    }
  }

  VisualDesk(PaneContext context) {
    this.context = context;
    this.w = context.workbench();
    this.questions = new Questions<>(context, Ask.class, this::ended, this::told);
    w.run.addListener(o -> run());
    w.model.addListener(o -> run());
    w.head.addListener(o -> head());
    w.chosen.addListener(o -> state.chooseHeads(w.chosen.get()));
    run();
  }

  /** The pass at hand has a picture, or not. */
  private void run() {
    RunSnapshot run = w.run.get();
    if (run == null || run.prompt().prepared().isEmpty()) {
      if (looking.there()) {
        leave();
      }
      return;
    }
    if (looking.differs(run)) {
      telling = true; // What is begun with is told once it is all there.
      try {
        leave();
        looking.begin(run);
        state.choose(state.choice().with(VisualWork.firstSide(facts().spec())));
        begun.forEach(Runnable::run);
        head();
      } finally {
        telling = false;
      }
      look();
    }
  }

  private void leave() {
    questions.cancelAll();
    looking.leave();
    state.forget();
  }

  private void head() {
    if (w.head.get() != null && state.choice().side() == Side.MAIN) {
      state.select(w.head.get());
    }
  }

  /** Selects a head: of the model in the whole window, of a tower here alone. */
  void select(Head head) {
    if (state.choice().side() == Side.MAIN) {
      w.head.set(head);
    } else {
      state.select(head);
    }
  }

  /** Selects a head beside the present one, if the model has it. */
  void moveHead(int layers, int heads) {
    Looked looked = state.looked();
    if (looked != null) {
      int layer = state.head().layer() + layers;
      int head = state.head().head() + heads;
      if (layer >= 0 && layer < looked.layers() && head >= 0 && head < looked.heads()) {
        select(new Head(layer, head));
      }
    }
  }

  /** Lets a patch of a tower look; of large towers its row is read for that. */
  void lookFrom(int token, int cell) {
    if (!state.looked().rows().has(token)) {
      looking.keep(cell);
    }
    state.choose(state.choice().withWord(token == state.choice().word() ? -1 : token));
  }

  private void look() {
    refused.clear();
    looking.look();
  }

  /** Asks the model; of each kind the newest question counts. */
  <T> void ask(Ask kind, String title, ModelQuestion<T> question, Consumer<T> answer) {
    ModelFacts of = facts();
    boolean more = !byItself && kind.finds();
    questions.ask(
        kind,
        title,
        of,
        question,
        result -> {
          if (of.equals(facts())) {
            answer.accept(result);
            if (more) {
              context.memory().foundMore();
            }
          }
        });
  }

  /** What was cancelled or has failed is not asked again by itself. */
  private void ended(Ask kind) {
    if (kind == Ask.LOOK || state.looked() == null) {
      return;
    }
    refused.put(
        kind,
        switch (kind) {
          case FOLLOW -> state.choice().mode().ofHeads() ? "" : state.followedKey();
          case VHD -> "" + state.word();
          case EFFECT -> state.effectKey();
          case BY_LAYER -> state.curveKey();
          default -> "";
        });
  }

  /** Something runs, goes on or has ended; what goes on tells of itself. */
  private void told() {
    Set<Ask> now = EnumSet.noneOf(Ask.class);
    for (Ask kind : Ask.values()) {
      if (questions.job(kind).isPresent()) {
        now.add(kind);
      }
    }
    if (!now.equals(running)) {
      running = now;
      changed();
    }
  }

  private void changed() {
    if (telling) {
      return;
    }
    telling = true;
    try {
      if (looking.stale()) {
        look();
      }
      if (state.looked() != null) {
        needed();
      }
      listeners.forEach(Runnable::run);
    } finally {
      telling = false;
    }
  }

  private void needed() {
    if (!looking.stale() && questions.job(Ask.LOOK).isEmpty()) {
      byItself = true;
      needs.ask();
      byItself = false;
    }
  }

  /** Whether a question is neither asked nor was given up. */
  boolean open(Ask kind, String key) {
    return questions.job(kind).isEmpty() && !key.equals(refused.get(kind));
  }

  /** Whether there is an answer, class or score that a change can change. */
  boolean speaks() {
    return facts() != null
        && (facts().spec().hasLogits()
            || facts().spec().vision().filter(v -> !v.inPrompt()).isPresent());
  }

  /** Takes an answer where its look is still the one at hand. */
  void put(Looked of, Runnable answer) {
    if (state.current(of)) {
      answer.run();
    }
  }

  /** Asks for a map that is followed through the layers. */
  void follow(MapMode mode) {
    Looked looked = state.looked();
    String key = state.followedKey();
    ModelQuestion<float[]> question =
        mode == MapMode.ROLLOUT
            ? VisualWork.rollout(looked, state.maps().query(), state.head().layer())
            : VisualWork.relevancy(looked, state.word());
    ask(Ask.FOLLOW, mode.title(), question, a -> put(looked, () -> state.followed(key, a)));
  }

  /** Asks how much heads owe to the picture. */
  void divergence(Looked looked) {
    int word = state.word();
    ask(
        Ask.VHD,
        "Heads without the picture",
        VisualWork.divergence(looked, word),
        a -> put(looked, () -> state.divergence(looked.reads(word), a)));
  }

  /** Asks what the chosen change does. */
  void effect() {
    Looked looked = state.looked();
    String key = state.effectKey();
    VisualChange change = state.choice().change();
    Latest<Effect> numbers = new Latest<>(now -> put(looked, () -> state.effect(key, now)));
    ask(
        Ask.EFFECT,
        "Answer with " + change,
        ChangeWork.effect(looked, state.word(), state.changed(), change, numbers),
        a -> numbers.end(() -> put(looked, () -> state.effect(key, a))));
  }

  /** Asks what it does layer by layer. */
  void byLayer() {
    Looked looked = state.looked();
    String key = state.curveKey();
    VisualChange change = state.choice().change();
    Latest<LayerCurve> filling = new Latest<>(now -> put(looked, () -> state.curve(key, now)));
    ask(
        Ask.BY_LAYER,
        change.kind().title(looked.patches()) + " by layer",
        ChangeWork.byLayer(looked, state.word(), change, state.choice().spread(), filling),
        a -> filling.end(() -> put(looked, () -> state.curve(key, a))));
  }

  /** Runs when another prompt is begun with, before anything is asked of it. */
  void whenBegun(Runnable listener) {
    begun.add(listener);
  }

  /** What tells prompts with their pictures apart; empty without one. */
  String fingerprint() {
    return looking.fingerprint();
  }

  /** Runs when something has changed. */
  void whenChanged(Runnable listener) {
    listeners.add(listener);
  }

  PaneContext context() {
    return context;
  }

  Workbench workbench() {
    return w;
  }

  VisualState state() {
    return state;
  }

  /** The model that was asked; null for none. */
  ModelFacts facts() {
    return looking.facts();
  }

  /** Pictures of the prompt that is shown. */
  List<PromptPicture> pictures() {
    return looking.pictures();
  }

  Optional<Job<?>> job(Ask kind) {
    return questions.job(kind);
  }

  void cancel(Ask kind) {
    questions.cancel(kind);
    changed();
  }

  /** Whether nothing is asked. */
  boolean atRest() {
    return questions.atRest();
  }

  /** Looks again after a cancelled look. */
  void again() {
    if (looking.there()) {
      look();
    }
  }

  /** Chooses heads whose mean is shown. */
  void choose(Iterable<Head> heads) {
    TreeSet<Head> all = new TreeSet<>();
    heads.forEach(all::add);
    state.chooseHeads(all);
  }

  /** Files that the pane reads and writes. */
  VisualDeskFiles files() {
    return files;
  }
}
