package dev.headlight.app.view;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.circuit.CircuitGraph;
import dev.headlight.analysis.circuit.HeadTokens;
import dev.headlight.analysis.circuit.PathPatching;
import dev.headlight.analysis.circuit.PathRequest;
import dev.headlight.analysis.io.CircuitFiles;
import dev.headlight.analysis.pairs.ReadPair;
import dev.headlight.analysis.pairs.RoleText;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.app.circuits.CircuitState;
import dev.headlight.app.circuits.PathChoice;
import dev.headlight.app.circuits.ReuseState;
import dev.headlight.app.circuits.WeightWork;
import dev.headlight.app.pairs.PairReading;
import dev.headlight.app.session.Changes;
import dev.headlight.app.view.CircuitDesk.Ask;
import dev.headlight.app.workbench.Notice;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.application.Platform;

/**
 * Asks for the rest of a circuits pane: paths, direct logits, weights, another circuit, repairs.
 */
final class CircuitReadings {
  /** How many pairs of the vocabulary are told. */
  static final int TOP = 12;

  private final CircuitDesk desk;
  private final CircuitState state;

  CircuitReadings(CircuitDesk desk) {
    this.desk = desk;
    this.state = desk.state();
    desk.keep(
        "paths",
        PathChoice.FIRST,
        state.paths()::choice,
        this::choose,
        PathChoice::text,
        PathChoice::parse);
    desk.keep(
        "weights",
        HeadTokens.Circuit.OV,
        state.weights()::circuit,
        this::choose,
        HeadTokens.Circuit::name,
        HeadTokens.Circuit::valueOf);
    desk.keep(
        "repair", "", state.reuse()::changes, state.reuse()::changes, text -> text, text -> text);
  }

  /** Patches other paths. */
  void choose(PathChoice choice) {
    if (!choice.equals(state.paths().choice())) {
      desk.cancel(Ask.PATHS);
      desk.problem(Ask.PATHS, "");
      state.paths().choose(choice);
    }
  }

  /** Patches the paths that are chosen. */
  void paths() {
    PathRequest request = request().orElse(null);
    if (request == null) {
      return;
    }
    desk.ask(
        Ask.PATHS,
        "Path patching from " + Ui.count(request.senders().size(), "sender"),
        desk.work()
            .paths(
                request,
                empty -> Platform.runLater(() -> begin(request, empty)),
                (sender, sequence, value) ->
                    Platform.runLater(() -> state.paths().sender(request, sender, value))),
        result -> state.paths().found(result));
  }

  private void begin(PathRequest request, PathPatching.Result empty) {
    if (request().filter(request::equals).isPresent()) {
      state.paths().found(empty);
    }
  }

  private Optional<PathRequest> request() {
    try {
      return state.pair().map(p -> state.paths().choice().request(p, desk.facts().spec()));
    } catch (HeadlightException e) {
      desk.problem(Ask.PATHS, e.getMessage());
      return Optional.empty();
    }
  }

  /** Reads what each part adds, and what each layer says. */
  void direct() {
    state
        .pair()
        .ifPresent(
            pair ->
                desk.ask(
                    Ask.DIRECT,
                    "Direct logit attribution",
                    desk.work().read(pair),
                    found -> state.read(found.parts(), found.lens(), found.labels())));
  }

  /** Shows the other circuit of a head. */
  void choose(HeadTokens.Circuit circuit) {
    if (circuit != state.weights().circuit()) {
      boolean there = state.weights().map().isPresent();
      desk.cancel(Ask.WEIGHTS);
      desk.cancel(Ask.VOCABULARY);
      state.weights().choose(circuit);
      if (there) {
        weights();
      }
    }
  }

  /** Reads the selected head's weights between the tokens of the clean prompt. */
  void weights() {
    Head head = desk.workbench().head.get();
    TokenPair pair = state.pair().orElse(null);
    if (head != null && pair != null) {
      desk.ask(
          Ask.WEIGHTS,
          "Weights of " + head,
          WeightWork.map(head, state.weights().circuit(), pair.clean()),
          state.weights()::found);
    }
  }

  /** Searches the whole vocabulary for the largest values of the head that is shown. */
  void vocabulary() {
    state
        .weights()
        .map()
        .ifPresent(
            map ->
                desk.ask(
                    Ask.VOCABULARY,
                    "Strongest pairs of " + map.head(),
                    WeightWork.pairs(map.head(), map.circuit(), TOP),
                    state.weights()::found));
  }

  /** Holds circuits against the one of a file. */
  void against(Path file) {
    try {
      CircuitGraph read = CircuitFiles.read(file);
      state.reuse().against(read, String.valueOf(file.getFileName()));
    } catch (HeadlightException e) {
      desk.workbench().notice.set(Notice.of(e));
    }
  }

  /** Holds later circuits against the one that is shown. */
  void keepCircuit() {
    String name =
        desk.pairs().shown().map(p -> "“" + shortened(p.text().clean()) + "”").orElse("kept");
    state.edges().circuit().ifPresent(c -> state.reuse().against(c, name));
  }

  private static String shortened(String text) {
    return text.length() <= 36 ? text : text.substring(0, 35).strip() + "…";
  }

  /** Tries what is suggested for the selected head. */
  void tryRepair() {
    Head head = desk.workbench().head.get();
    state
        .pair()
        .filter(p -> head != null)
        .ifPresent(
            pair -> {
              state.reuse().changes(ReuseState.suggestion(head, pair));
              repair();
            });
  }

  /** Tries changes on the clean prompts. */
  void repair() {
    List<ReadPair> over =
        state.edges().choice().all()
            ? desk.pairs().readyRead()
            : desk.pairs().shown().flatMap(PairReading::read).map(List::of).orElse(List.of());
    List<List<Intervention>> changes;
    try {
      changes = over.stream().map(p -> changes(state.reuse().changes(), p)).toList();
    } catch (HeadlightException e) {
      desk.problem(Ask.REPAIR, e.getMessage());
      return;
    }
    if (changes.isEmpty() || changes.get(0).isEmpty()) {
      return;
    }
    List<TokenPair> pairs = over.stream().map(ReadPair::ids).toList();
    desk.ask(
        Ask.REPAIR,
        "Answers with " + Ui.count(changes.get(0).size(), "change"),
        desk.work().repair(pairs, changes),
        found -> state.reuse().repaired(found, pairs));
  }

  private static List<Intervention> changes(String typed, ReadPair pair) {
    return Changes.parse(RoleText.at(typed, pair));
  }
}
