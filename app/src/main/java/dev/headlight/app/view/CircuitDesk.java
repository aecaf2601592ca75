package dev.headlight.app.view;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.circuit.CircuitGraph;
import dev.headlight.analysis.circuit.EdgeScores;
import dev.headlight.analysis.circuit.Faithfulness;
import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.patching.PatchCell;
import dev.headlight.analysis.patching.PatchMap;
import dev.headlight.analysis.patching.PatchRequest;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.sweep.SweepListener;
import dev.headlight.app.circuits.CircuitAnswer;
import dev.headlight.app.circuits.CircuitState;
import dev.headlight.app.circuits.CircuitWork;
import dev.headlight.app.circuits.PatchChoice;
import dev.headlight.app.circuits.PatchView;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.engine.ModelQuestion;
import dev.headlight.app.engine.RunSnapshot;
import dev.headlight.app.pairs.PairDesk;
import dev.headlight.app.pairs.PairReading;
import dev.headlight.app.workbench.Notice;
import dev.headlight.app.workbench.Workbench;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.application.Platform;

/** Asks what the circuits pane shows, and tells its parts when something has changed. */
final class CircuitDesk {
  /** How many estimates are verified. */
  static final int VERIFIED = 10;

  private static final int CURVE_POINTS = 10;

  /** What is asked; of each the newest question counts. */
  enum Ask {
    STREAM,
    STREAM_COST,
    HEADS,
    HEADS_COST,
    VERIFY,
    EDGES,
    CURVE,
    POINT,
    DIRECT,
    FILE
  }

  private final PaneContext context;
  private final Workbench w;
  private final PairDesk pairs;
  private final List<Runnable> listeners = new ArrayList<>();
  private final Questions<Ask> questions;
  private final Map<Ask, String> problems = new EnumMap<>(Ask.class);
  private final Map<Ask, String> costs = new EnumMap<>(Ask.class);
  private final CircuitState state = new CircuitState(this::changed);
  private ModelFacts facts;
  private CircuitWork streamWork = new CircuitWork();
  private CircuitWork headsWork = new CircuitWork();
  private List<TokenPair> scored = List.of();
  private Faithfulness.Point here;
  private boolean told;

  CircuitDesk(PaneContext context, PairDesk pairs) {
    this.context = context;
    this.w = context.workbench();
    this.pairs = pairs;
    this.questions = new Questions<>(context, Ask.class, kind -> {}, this::changed);
    w.model.addListener(o -> open());
    pairs.whenChanged(this::follow);
    open();
  }

  private void open() {
    ModelFacts now = w.model.get();
    if (Objects.equals(now, facts)) {
      return;
    }
    facts = now;
    streamWork = new CircuitWork();
    headsWork = new CircuitWork();
    take(null);
    follow();
  }

  /** Takes the pair that is shown; while others are drawn or read, nothing changes. */
  private void follow() {
    if (!pairs.busy()) {
      TokenPair now =
          pairs.shown().filter(PairReading::ready).flatMap(PairReading::ids).orElse(null);
      if (!Objects.equals(now, state.pair().orElse(null))) {
        take(now);
        cost(state.stream());
        cost(state.heads());
        return;
      }
    }
    changed();
  }

  private void take(TokenPair pair) {
    questions.cancelAll();
    problems.clear();
    costs.clear();
    scored = List.of();
    here = null;
    state.pair(pair);
  }

  /** Runs when something has changed, once for many changes. */
  void whenChanged(Runnable listener) {
    listeners.add(listener);
  }

  private void changed() {
    if (!told) {
      told = true;
      Platform.runLater(
          () -> {
            told = false;
            listeners.forEach(Runnable::run);
          });
    }
  }

  PaneContext context() {
    return context;
  }

  Workbench workbench() {
    return w;
  }

  PairDesk pairs() {
    return pairs;
  }

  CircuitState state() {
    return state;
  }

  /** The model that is asked; null for none. */
  ModelFacts facts() {
    return facts;
  }

  /** What is being asked. */
  Optional<Job<?>> job(Ask ask) {
    return questions.job(ask);
  }

  /** Why there is no answer; empty for nothing. */
  String problem(Ask ask) {
    return problems.getOrDefault(ask, "");
  }

  /** What an exact map will take; empty while unknown. */
  String cost(Ask ask) {
    return costs.getOrDefault(ask, "");
  }

  /** Whether nothing is asked. */
  boolean atRest() {
    return questions.atRest() && !pairs.busy();
  }

  private <T> void ask(Ask kind, String title, ModelQuestion<T> question, Consumer<T> answer) {
    ModelFacts of = facts;
    TokenPair pair = state.pair().orElse(null);
    problems.remove(kind);
    questions.ask(
        kind,
        title,
        of,
        CircuitAnswer.of(question),
        outcome -> {
          if (of.equals(facts) && Objects.equals(pair, state.pair().orElse(null))) {
            if (outcome.problem().isEmpty()) {
              answer.accept(outcome.value());
            } else {
              problems.put(kind, outcome.problem());
            }
          }
        });
  }

  /** Takes a question back; an exact map goes on from there when it is asked again. */
  void cancel(Ask kind) {
    questions.cancel(kind);
    changed();
  }

  private Ask kind(PatchView view) {
    return view == state.stream() ? Ask.STREAM : Ask.HEADS;
  }

  private Ask costKind(PatchView view) {
    return view == state.stream() ? Ask.STREAM_COST : Ask.HEADS_COST;
  }

  private CircuitWork work(PatchView view) {
    return view == state.stream() ? streamWork : headsWork;
  }

  /** Shows something else in a map. */
  void choose(PatchView view, PatchChoice choice) {
    if (choice.equals(view.choice())) {
      return;
    }
    cancel(kind(view));
    problems.remove(kind(view));
    if (view == state.heads()) {
      cancel(Ask.VERIFY);
    }
    state.choose(view, choice);
    cost(view);
  }

  /** What is asked of a map; empty without a pair, and where something does not fit. */
  private Optional<PatchRequest> request(PatchView view) {
    try {
      return state.pair().map(view.choice()::request);
    } catch (HeadlightException e) {
      problems.put(kind(view), e.getMessage());
      changed();
      return Optional.empty();
    }
  }

  private void cost(PatchView view) {
    Ask kind = costKind(view);
    costs.remove(kind);
    cancel(kind);
    if (view.choice().method() == PatchMap.Method.EXACT) {
      request(view)
          .ifPresent(
              r -> ask(kind, "Cost of a map", streamWork.cost(r), text -> costs.put(kind, text)));
    }
  }

  /** Fills a map, or goes on with that. */
  void run(PatchView view) {
    problems.remove(kind(view));
    Optional<PatchRequest> request = request(view);
    if (request.isEmpty()) {
      return;
    }
    cancel(costKind(view));
    boolean exact = view.choice().method() == PatchMap.Method.EXACT;
    ask(
        kind(view),
        exact ? "Activation patching" : "Attribution patching",
        exact ? exact(view, request.get()) : work(view).estimated(request.get()),
        map -> state.found(view, map));
  }

  /** Cells are shown as they come, unless something else is asked for by then. */
  private ModelQuestion<PatchMap> exact(PatchView view, PatchRequest request) {
    CircuitWork.Beginning beginning =
        empty ->
            Platform.runLater(
                () -> {
                  if (request.equals(request(view).orElse(null))) {
                    state.found(view, empty);
                  }
                });
    SweepListener listener =
        (cell, sequence, value) ->
            Platform.runLater(
                () -> {
                  if (view.map().filter(m -> m.request().equals(request)).isPresent()) {
                    state.cell(view, cell, value);
                  }
                });
    return work(view).exact(request, beginning, listener);
  }

  /** Computes the strongest estimates by passes. */
  void verify() {
    state
        .heads()
        .map()
        .filter(m -> m.method() == PatchMap.Method.ATTRIBUTION)
        .ifPresent(
            map ->
                ask(
                    Ask.VERIFY,
                    "Verify the strongest estimates",
                    headsWork.verified(map, VERIFIED, SweepListener.NONE),
                    found -> {
                      if (state.heads().map().filter(map::equals).isPresent()) {
                        state.verified(found);
                      }
                    }));
  }

  /** Scores every edge, of the pair that is shown or of all that are as long; then the curve. */
  void edges(EdgeScores.Method method, int steps, boolean all) {
    TokenPair shown = state.pair().orElse(null);
    if (shown == null) {
      return;
    }
    cancel(Ask.CURVE);
    cancel(Ask.POINT);
    List<TokenPair> over = all ? pairs.ready() : List.of(shown);
    ask(
        Ask.EDGES,
        "Score edges over " + Ui.count(over.size(), "pair"),
        streamWork.edges(over, method, method == EdgeScores.Method.EAP ? 1 : steps),
        scores -> {
          scored = over;
          here = null;
          state.scored(scores);
          curve();
          point();
        });
  }

  private void curve() {
    EdgeScores scores = state.scores().orElseThrow();
    List<Integer> sizes = Faithfulness.sizes(scores.wiring(), CURVE_POINTS);
    CircuitGraph.Selection selection = state.selection();
    ask(
        Ask.CURVE,
        "Faithfulness by number of edges",
        streamWork.curve(
            scored,
            scores,
            selection,
            sizes,
            p -> Platform.runLater(() -> point(scores, selection, p))),
        done -> {});
  }

  private void point(EdgeScores of, CircuitGraph.Selection by, Faithfulness.Point point) {
    if (state.scores().filter(of::equals).isPresent() && by == state.selection()) {
      state.point(point);
    }
  }

  /** Chooses edges; how faithful they are is asked by {@link #point()}. */
  void select(CircuitGraph.Selection how, int edges) {
    boolean other = how != state.selection();
    if (other || edges != state.edges()) {
      here = null;
      cancel(Ask.POINT);
      state.select(how, edges);
      if (other && state.scores().isPresent()) {
        curve();
        point();
      }
    }
  }

  /** Measures how faithful the circuit is that is shown. */
  void point() {
    state
        .circuit()
        .filter(c -> !c.edges().isEmpty())
        .ifPresent(
            circuit ->
                ask(
                    Ask.POINT,
                    "Faithfulness of the circuit",
                    streamWork.faithfulness(scored, circuit),
                    found -> {
                      if (state.circuit().filter(circuit::equals).isPresent()) {
                        here = found;
                      }
                    }));
  }

  /** How faithful the shown circuit is, once known. */
  Optional<Faithfulness.Point> here() {
    return Optional.ofNullable(here);
  }

  /** Reads what each part adds, and what each layer says. */
  void direct() {
    state
        .pair()
        .ifPresent(
            pair ->
                ask(
                    Ask.DIRECT,
                    "Direct logit attribution",
                    streamWork.read(pair),
                    found -> state.read(found.parts(), found.lens())));
  }

  /** Draws pairs of the indirect-object task. */
  void drawPairs() {
    if (facts != null && facts.hasTokenizer() && facts.spec().hasLogits()) {
      pairs.draw();
    }
  }

  /** Selects in the window what a cell is about, where the window reads the same prompt. */
  void go(PatchRequest request, PatchCell cell) {
    if (cell.head() >= 0) {
      select(new Head(cell.layer(), queryHead(request.site(), cell.head())));
    }
    RunSnapshot run = w.run.get();
    if (cell.position() >= 0
        && run != null
        && (Arrays.equals(run.tokens().ids(), request.pair().clean())
            || Arrays.equals(run.tokens().ids(), request.pair().corrupt()))) {
      w.query.set(cell.position());
    }
  }

  /** The first query head of a group, where cells are groups. */
  private int queryHead(Site site, int slice) {
    ModelSpec spec = facts.spec();
    return site.scope() == Site.Scope.GROUP ? slice * (spec.heads() / spec.kvHeads()) : slice;
  }

  /** Selects a head. */
  void select(Head head) {
    w.head.set(head);
  }

  /** Writes a map as a table and says so. */
  void exportMap(Path file, PatchMap map) {
    ask(Ask.FILE, "Export", CircuitWork.table(file, map), this::saved);
  }

  /** Writes the circuit in the form of the file's ending and says so. */
  void exportGraph(Path file) {
    CircuitGraph circuit = state.circuit().orElseThrow();
    EdgeScores scores = state.scores().orElseThrow();
    ask(Ask.FILE, "Export", CircuitWork.graph(file, circuit, scores, scored), this::saved);
  }

  private void saved(Path file) {
    w.notice.set(Notice.info("Saved " + file));
  }
}
