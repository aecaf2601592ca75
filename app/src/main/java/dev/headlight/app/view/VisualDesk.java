package dev.headlight.app.view;

import dev.headlight.analysis.image.Picture;
import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.engine.ModelQuestion;
import dev.headlight.app.engine.ReadPrompt;
import dev.headlight.app.export.CopyCommand;
import dev.headlight.app.pictures.PromptPicture;
import dev.headlight.app.visual.ChangeWork;
import dev.headlight.app.visual.LayerCurve;
import dev.headlight.app.visual.Looked;
import dev.headlight.app.visual.MapMode;
import dev.headlight.app.visual.MaskFile;
import dev.headlight.app.visual.Side;
import dev.headlight.app.visual.VisualArguments;
import dev.headlight.app.visual.VisualAsk;
import dev.headlight.app.visual.VisualChange;
import dev.headlight.app.visual.VisualChoice;
import dev.headlight.app.visual.VisualExports;
import dev.headlight.app.visual.VisualState;
import dev.headlight.app.visual.VisualWork;
import dev.headlight.app.workbench.Notice;
import dev.headlight.app.workbench.Workbench;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/** Asks what the visual pane shows, and tells its parts when something has changed. */
final class VisualDesk {
  /** Most attention weights that are read without being asked for. */
  private static final long BY_ITSELF = 130_000_000;

  /** Models up to this size are asked what changes do, too. */
  private static final long LIGHT = 30_000_000;

  private final PaneContext context;
  private final Workbench w;
  private final List<Runnable> listeners = new ArrayList<>();
  private final Questions<Ask> questions;
  private final VisualState state = new VisualState(this::changed);
  private Set<Ask> running = EnumSet.noneOf(Ask.class);
  private ReadPrompt prompt;
  private ModelFacts facts;
  private String looking = "";

  /** A patch of a large tower whose row is read; -1 for none. */
  private int keptPatch = -1;

  /** A mask to load behind the next look. */
  private Optional<Path> awaited = Optional.empty();

  private boolean telling;
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
    FILE
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
    ReadPrompt now = w.run.get() == null ? null : w.run.get().prompt();
    boolean sees = now != null && now.prepared().isPresent();
    if (!sees) {
      if (prompt != null) {
        leave();
      }
      return;
    }
    if (prompt == null
        || !w.run.get().model().equals(facts)
        || !now.tokens().equals(prompt.tokens())
        || !now.pictures().equals(prompt.pictures())) {
      leave();
      prompt = now;
      facts = w.run.get().model();
      state.choose(state.choice().with(VisualWork.firstSide(facts.spec())));
      head();
      look();
    }
  }

  private void leave() {
    questions.cancelAll();
    prompt = null;
    looking = "";
    keptPatch = -1;
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

  private String lookKey() {
    VisualChoice c = state.choice();
    return c.side()
        + (c.side() == Side.TOWER ? " " + Math.max(0, c.tile()) : "")
        + (keptPatch < 0 ? "" : " patch " + keptPatch);
  }

  /** Lets a patch of a tower look; of large towers its row is read for that. */
  void lookFrom(int token, int cell) {
    if (!state.looked().rows().has(token)) {
      keptPatch = cell;
    }
    state.choose(state.choice().withWord(token == state.choice().word() ? -1 : token));
  }

  /** Asks for the answer and where every head looked. */
  private void look() {
    looking = lookKey();
    refused.clear();
    VisualChoice choice = state.choice();
    int patch = keptPatch;
    ReadPrompt of = prompt;
    Looked before = state.looked();
    // Of large models one word is there much sooner than the whole answer.
    boolean first = before == null && facts.parameters() > LIGHT;
    int words = first ? 1 : VisualAsk.ANSWER;
    ModelQuestion<Looked> question =
        before == null
            ? VisualWork.look(of, words, choice.side(), choice.tile(), patch)
            : VisualWork.look(before.ask().withMaxNew(words), choice.side(), choice.tile(), patch);
    ask(
        Ask.LOOK,
        "Look at " + of.pictures().get(0).name(),
        question,
        looked -> {
          if (of.equals(prompt)) {
            state.looked(looked);
            loadAwaited();
            if (first && looked.answered()) {
              look();
            }
          }
        });
  }

  /** Loads a mask as soon as its picture was looked at. */
  void awaitMask(Optional<Path> file) {
    awaited = file;
  }

  private void loadAwaited() {
    awaited.ifPresent(this::loadMask);
    awaited = Optional.empty();
  }

  /** Reads a mask of the picture that is shown. */
  void loadMask(Path file) {
    if (state.looked() == null) {
      return;
    }
    Picture of = state.looked().ask().picture();
    context
        .painter()
        .submit(
            "mask file",
            Job.of("Read " + file.getFileName(), p -> MaskFile.read(file, of)),
            state::mask,
            failure -> w.notice.set(Notice.of(failure)));
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
      if (prompt != null && !looking.isEmpty() && !looking.equals(lookKey())) {
        look();
      }
      if (state.looked() != null) {
        asNeeded();
      }
      listeners.forEach(Runnable::run);
    } finally {
      telling = false;
    }
  }

  /** Whether a question is neither asked nor was given up. */
  private boolean open(Ask kind, String key) {
    return questions.job(kind).isEmpty() && !key.equals(refused.get(kind));
  }

  /** Asks what the choice needs, and what costs little. */
  private void asNeeded() {
    Looked looked = state.looked();
    if (!looking.equals(lookKey()) || questions.job(Ask.LOOK).isPresent()) {
      return;
    }
    MapMode mode = state.choice().mode();
    if (mode == MapMode.MINUS_BLANK && state.blank().isEmpty() && open(Ask.BLANK, "")) {
      ask(
          Ask.BLANK,
          "Look at a blank picture",
          VisualWork.blank(looked),
          a -> put(looked, () -> state.blank(a)));
    }
    if (!mode.ofHeads() && state.followed().isEmpty() && open(Ask.FOLLOW, state.followedKey())) {
      follow(mode);
    }
    boolean small =
        (long) looked.layers() * looked.heads() * looked.length() * looked.length() <= BY_ITSELF;
    if ((small || mode == MapMode.WITHOUT_SINKS) && state.sunk().isEmpty() && open(Ask.SINKS, "")) {
      ask(
          Ask.SINKS,
          "Find visual sinks",
          VisualWork.sinks(looked),
          a -> put(looked, () -> state.sunk(a)));
    }
    if (small && state.shares().isEmpty() && open(Ask.SHARES, "")) {
      ask(
          Ask.SHARES,
          "Shares of attention",
          VisualWork.shares(looked),
          a -> put(looked, () -> state.shares(a)));
    }
    boolean vhd = state.choice().order() == VisualChoice.Order.VHD;
    if ((small || vhd)
        && !looked.patches()
        && state.divergence().isEmpty()
        && open(Ask.VHD, "" + state.word())) {
      divergence(looked);
    }
    if (small && looked.patches() && state.distances().isEmpty() && open(Ask.DISTANCES, "")) {
      ask(
          Ask.DISTANCES,
          "Distances in the picture",
          VisualWork.distances(looked),
          a -> put(looked, () -> state.distances(a)));
    }
    if (facts.parameters() <= LIGHT && speaks()) {
      if (state.effect().isEmpty() && open(Ask.EFFECT, state.effectKey())) {
        effect();
      }
      if (state.curve().isEmpty() && open(Ask.BY_LAYER, state.curveKey())) {
        byLayer();
      }
    }
  }

  /** Whether there is an answer, class or score that a change can change. */
  boolean speaks() {
    return facts != null
        && (facts.spec().hasLogits()
            || facts.spec().vision().filter(v -> !v.inPrompt()).isPresent());
  }

  private void put(Looked of, Runnable answer) {
    if (state.current(of)) {
      answer.run();
    }
  }

  private void follow(MapMode mode) {
    Looked looked = state.looked();
    String key = state.followedKey();
    ModelQuestion<float[]> question =
        mode == MapMode.ROLLOUT
            ? VisualWork.rollout(looked, state.maps().query(), state.head().layer())
            : VisualWork.relevancy(looked, state.word());
    ask(Ask.FOLLOW, mode.title(), question, a -> put(looked, () -> state.followed(key, a)));
  }

  private void divergence(Looked looked) {
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
    ask(
        Ask.EFFECT,
        "Answer with " + change,
        ChangeWork.effect(looked, state.word(), state.changed(), change),
        a -> put(looked, () -> state.effect(key, a)));
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
        ChangeWork.byLayer(looked, state.word(), change, state.choice().cut(), filling),
        a -> filling.end(() -> put(looked, () -> state.curve(key, a))));
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
    return facts;
  }

  /** Pictures of the prompt that is shown. */
  List<PromptPicture> pictures() {
    return prompt == null ? List.of() : prompt.pictures();
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
    if (prompt != null) {
      look();
    }
  }

  /** Chooses heads whose mean is shown. */
  void choose(Iterable<Head> heads) {
    TreeSet<Head> all = new TreeSet<>();
    heads.forEach(all::add);
    state.chooseHeads(all);
  }

  /** The command line that finds the same. */
  String command() {
    return CopyCommand.of(
        "visual",
        facts,
        VisualArguments.of(state, pictures().stream().map(p -> p.file().toString()).toList()));
  }

  /** Copies that line. */
  void copy() {
    if (state.looked() != null) {
      NoticeBar.copy(command());
      w.notice.set(Notice.info("Copied the command that finds the same."));
    }
  }

  /** Writes a file of what is shown and says so. */
  void write(Function<VisualExports, ModelQuestion<Path>> file) {
    if (state.looked() == null || state.view().isEmpty()) {
      w.notice.set(Notice.info("There is no map to export yet."));
      return;
    }
    questions.ask(
        Ask.FILE,
        "Export",
        facts,
        file.apply(new VisualExports(state)),
        path -> w.notice.set(Notice.info("Saved " + path)));
  }
}
