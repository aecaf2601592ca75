package dev.headlight.app.view;

import com.google.gson.JsonElement;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.circuits.CircuitAnswer;
import dev.headlight.app.circuits.CircuitArguments;
import dev.headlight.app.circuits.CircuitJson;
import dev.headlight.app.circuits.CircuitState;
import dev.headlight.app.circuits.CircuitWork;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.engine.ModelQuestion;
import dev.headlight.app.export.CopyCommand;
import dev.headlight.app.pairs.PairDesk;
import dev.headlight.app.pairs.PairReading;
import dev.headlight.app.pictures.PromptPicture;
import dev.headlight.app.session.Measurements;
import dev.headlight.app.workbench.Notice;
import dev.headlight.app.workbench.Workbench;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.beans.property.LongProperty;
import javafx.beans.property.SimpleLongProperty;
import javafx.stage.FileChooser;

/**
 * Asks what the circuits pane shows, keeps it for sessions, and tells its parts when something has
 * changed. What is asked is the business of {@link CircuitMaps} and its like.
 */
final class CircuitDesk {
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
    VERIFY_EDGES,
    ACDC,
    PATHS,
    DIRECT,
    WEIGHTS,
    VOCABULARY,
    REPAIR,
    FILE;

    /** Whether the answer belongs into a session. */
    private boolean finds() {
      return this != STREAM_COST && this != HEADS_COST && this != FILE;
    }
  }

  private final PaneContext context;
  private final Workbench w;
  private final PairDesk pairs;
  private final List<Runnable> listeners = new ArrayList<>();
  private final List<Runnable> forgetting = new ArrayList<>();
  private final LongProperty revision = new SimpleLongProperty(this, "revision");
  private final Questions<Ask> questions;
  private final Map<Ask, String> problems = new EnumMap<>(Ask.class);
  private final CircuitState state = new CircuitState(this::changed);
  private ModelFacts facts;
  private CircuitWork work = new CircuitWork();

  /** What a session holds of a pair that may not have come yet; null for nothing. */
  private JsonElement awaited;

  private boolean told;

  CircuitDesk(PaneContext context, PairDesk pairs) {
    this.context = context;
    this.w = context.workbench();
    this.pairs = pairs;
    this.questions = new Questions<>(context, Ask.class, kind -> {}, this::changed);
    w.model.addListener(o -> open());
    pairs.whenChanged(this::follow);
    open();
    context
        .memory()
        .findings(
            Measurements.CIRCUITS,
            () -> CircuitJson.write(state).map(JsonElement.class::cast),
            document -> {
              awaited = document;
              restore();
            });
  }

  private void open() {
    ModelFacts now = w.model.get();
    if (Objects.equals(now, facts)) {
      return;
    }
    facts = now;
    work = new CircuitWork();
    questions.cancelAll();
    problems.clear();
    state.modelChanged();
    follow();
  }

  /** Takes the pair that is shown; while others are drawn or read, nothing changes. */
  private void follow() {
    if (!pairs.busy()) {
      TokenPair now =
          pairs.shown().filter(PairReading::ready).flatMap(PairReading::ids).orElse(null);
      if (!Objects.equals(now, state.pair().orElse(null))) {
        questions.cancelAll();
        problems.clear();
        state.pair(now);
        forgetting.forEach(Runnable::run);
      }
      restore();
    }
    changed();
  }

  /** Shows what a session holds, once its pair is the one that is shown. */
  private void restore() {
    if (awaited != null
        && facts != null
        && state.pair().isPresent()
        && CircuitJson.restore(awaited, facts.spec(), state)) {
      awaited = null;
    }
  }

  /** Runs when another pair is shown, after what was known of the former is dropped. */
  void whenOtherPair(Runnable listener) {
    forgetting.add(listener);
  }

  /** Runs when something has changed, once for many changes. */
  void whenChanged(Runnable listener) {
    listeners.add(listener);
  }

  /** Tells the parts, later, that something has changed. */
  void changed() {
    if (!told) {
      told = true;
      Platform.runLater(
          () -> {
            told = false;
            revision.set(revision.get() + 1);
            listeners.forEach(Runnable::run);
          });
    }
  }

  /**
   * Keeps a choice of the pane's own for sessions and undo.
   *
   * @param first what a new pane has
   * @param read throws {@link IllegalArgumentException} or {@link HeadlightException}
   */
  <T> void keep(
      String name,
      T first,
      Supplier<T> get,
      Consumer<T> set,
      Function<T, String> text,
      Function<String, T> read) {
    context
        .memory()
        .keep(
            name,
            () -> get.get().equals(first) ? "" : text.apply(get.get()),
            kept -> set.accept(kept.isEmpty() ? first : read(kept, first, read)),
            revision);
  }

  private static <T> T read(String text, T otherwise, Function<String, T> read) {
    try {
      return read.apply(text);
    } catch (IllegalArgumentException | HeadlightException e) {
      return otherwise; // Of another version; a new pane's choice is as good.
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

  /** The questions to the open model. */
  CircuitWork work() {
    return work;
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

  /** Says why there is no answer; empty for nothing. */
  void problem(Ask ask, String why) {
    if (why.isEmpty()) {
      problems.remove(ask);
    } else {
      problems.put(ask, why);
    }
    changed();
  }

  /** Whether nothing is asked. */
  boolean atRest() {
    return questions.atRest() && !pairs.busy();
  }

  /** Asks about the pair that is shown; of another pair an answer counts for nothing. */
  <T> void ask(Ask kind, String title, ModelQuestion<T> question, Consumer<T> answer) {
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
              if (kind.finds()) {
                context.memory().foundMore();
              }
            } else {
              problems.put(kind, outcome.problem());
            }
          }
        });
  }

  /** Takes a question back; what fills goes on from there when it is asked again. */
  void cancel(Ask kind) {
    questions.cancel(kind);
    changed();
  }

  /** Draws pairs of the indirect-object task. */
  void drawPairs() {
    if (facts != null && facts.hasTokenizer() && facts.spec().hasLogits()) {
      pairs.draw();
    }
  }

  /** Selects a head. */
  void select(Head head) {
    w.head.set(head);
  }

  /** The label of the token at a position of the clean prompt. */
  String token(int position) {
    return pairs
        .shown()
        .filter(p -> position < p.clean().size())
        .map(p -> p.clean().label(position))
        .orElse("");
  }

  /** Copies the command line that finds the same. */
  void copy(String line) {
    NoticeBar.copy(line);
    w.notice.set(Notice.info("Copied the command that finds the same."));
  }

  /** A command line about the open model; empty while none is open. */
  String command(String command, List<String> arguments) {
    return facts == null ? "" : CopyCommand.of(command, facts, arguments);
  }

  /** The same about pairs, with the pictures that they are about. */
  String pairCommand(String command, List<String> arguments) {
    boolean seeing = state.pair().filter(p -> !p.pictures().isEmpty()).isPresent();
    return command(command, seeing ? CircuitArguments.seeing(arguments, pictures()) : arguments);
  }

  private List<Path> pictures() {
    return w.pictures.get().stream().map(PromptPicture::file).toList();
  }

  /**
   * Asks for a place, writes there and says so.
   *
   * @param name what it is, as part of the file's name
   * @param endings of which the first is offered
   */
  void save(String name, List<String> endings, Function<Path, ModelQuestion<Path>> writer) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle("Export");
    chooser.setInitialFileName(facts.name() + "-" + name + "." + endings.get(0));
    for (String ending : endings) {
      chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter(ending, "*." + ending));
    }
    context.actions().saveFile(chooser).ifPresent(file -> write(writer.apply(file)));
  }

  /** Writes a file and says so. */
  void write(ModelQuestion<Path> writing) {
    ask(Ask.FILE, "Export", writing, file -> w.notice.set(Notice.info("Saved " + file)));
  }
}
