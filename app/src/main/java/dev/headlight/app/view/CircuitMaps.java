package dev.headlight.app.view;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.patching.PatchCell;
import dev.headlight.analysis.patching.PatchMap;
import dev.headlight.analysis.patching.PatchRequest;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.sweep.SweepListener;
import dev.headlight.app.circuits.CircuitState;
import dev.headlight.app.circuits.CircuitWork;
import dev.headlight.app.circuits.PatchChoice;
import dev.headlight.app.circuits.PatchView;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.engine.ModelQuestion;
import dev.headlight.app.engine.RunSnapshot;
import dev.headlight.app.view.CircuitDesk.Ask;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javafx.application.Platform;

/** Asks for the patching maps of a circuits pane. */
final class CircuitMaps {
  /** How many estimates are verified. */
  static final int VERIFIED = 10;

  private final CircuitDesk desk;
  private final CircuitState state;
  private final Map<Ask, String> costs = new EnumMap<>(Ask.class);

  /** Of each map the work that goes on where it was cancelled, with the model that it asks. */
  private final Map<Ask, CircuitWork> works = new EnumMap<>(Ask.class);

  private ModelFacts worked;

  CircuitMaps(CircuitDesk desk) {
    this.desk = desk;
    this.state = desk.state();
    desk.whenOtherPair(
        () -> {
          costs.clear();
          cost(state.stream());
          cost(state.heads());
        });
    keep("patching", state.stream(), PatchChoice.STREAM);
    keep("heads", state.heads(), PatchChoice.HEADS);
  }

  private void keep(String name, PatchView view, PatchChoice first) {
    desk.keep(
        name,
        first,
        view::choice,
        choice -> choose(view, choice),
        PatchChoice::text,
        PatchChoice::parse);
  }

  /** What is asked for a map. */
  Ask kind(PatchView view) {
    return view == state.stream() ? Ask.STREAM : Ask.HEADS;
  }

  private Ask costKind(PatchView view) {
    return view == state.stream() ? Ask.STREAM_COST : Ask.HEADS_COST;
  }

  private CircuitWork work(PatchView view) {
    if (!Objects.equals(worked, desk.facts())) {
      worked = desk.facts();
      works.clear();
    }
    return works.computeIfAbsent(kind(view), k -> new CircuitWork(desk.work()));
  }

  /** What an exact map will take; empty while unknown. */
  String cost(PatchView view, boolean wanted) {
    return wanted ? costs.getOrDefault(costKind(view), "") : "";
  }

  /** Shows something else in a map. */
  void choose(PatchView view, PatchChoice choice) {
    if (choice.equals(view.choice())) {
      return;
    }
    desk.cancel(kind(view));
    desk.problem(kind(view), "");
    if (view == state.heads()) {
      desk.cancel(Ask.VERIFY);
    }
    state.choose(view, choice);
    cost(view);
  }

  /** What is asked of a map; empty without a pair, and where something does not fit. */
  private Optional<PatchRequest> request(PatchView view) {
    try {
      return state.pair().map(view.choice()::request);
    } catch (HeadlightException e) {
      desk.problem(kind(view), e.getMessage());
      return Optional.empty();
    }
  }

  private void cost(PatchView view) {
    Ask kind = costKind(view);
    costs.remove(kind);
    desk.cancel(kind);
    if (view.choice().method() == PatchMap.Method.EXACT) {
      request(view)
          .ifPresent(
              r ->
                  desk.ask(
                      kind, "Cost of a map", desk.work().cost(r), text -> costs.put(kind, text)));
    }
  }

  /** Fills a map, or goes on with that. */
  void run(PatchView view) {
    desk.problem(kind(view), "");
    Optional<PatchRequest> request = request(view);
    if (request.isEmpty()) {
      return;
    }
    desk.cancel(costKind(view));
    boolean exact = view.choice().method() == PatchMap.Method.EXACT;
    desk.ask(
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
                desk.ask(
                    Ask.VERIFY,
                    "Verify the strongest estimates",
                    desk.work().verified(map, VERIFIED, SweepListener.NONE),
                    found -> {
                      if (state.heads().map().filter(map::equals).isPresent()) {
                        state.verified(found);
                      }
                    }));
  }

  /** Selects in the window what a cell is about, where the window reads the same prompt. */
  void go(PatchRequest request, PatchCell cell) {
    if (cell.head() >= 0) {
      desk.select(new Head(cell.layer(), queryHead(request.site(), cell.head())));
    }
    RunSnapshot run = desk.workbench().run.get();
    if (cell.position() >= 0
        && run != null
        && (Arrays.equals(run.tokens().ids(), request.pair().clean())
            || Arrays.equals(run.tokens().ids(), request.pair().corrupt()))) {
      desk.workbench().query.set(cell.position());
    }
  }

  /** The first query head of a group, where cells are groups. */
  private int queryHead(Site site, int slice) {
    ModelSpec spec = desk.facts().spec();
    return site.scope() == Site.Scope.GROUP ? slice * (spec.heads() / spec.kvHeads()) : slice;
  }
}
