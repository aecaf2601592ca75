package dev.headlight.app.view;

import com.google.gson.JsonElement;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.retrieval.AssociativeRecall;
import dev.headlight.analysis.retrieval.CurveRequest;
import dev.headlight.analysis.retrieval.Episode;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.engine.ModelQuestion;
import dev.headlight.app.retrieval.ProbeChoice;
import dev.headlight.app.retrieval.ProbeRun;
import dev.headlight.app.retrieval.ReadAnswer;
import dev.headlight.app.retrieval.RetrievalExports;
import dev.headlight.app.retrieval.RetrievalState;
import dev.headlight.app.retrieval.RetrievalWork;
import dev.headlight.app.retrieval.SpanFindings;
import dev.headlight.app.retrieval.SpanPrompt;
import dev.headlight.app.retrieval.TextInfluence;
import dev.headlight.app.workbench.Notice;
import dev.headlight.app.workbench.Workbench;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** Asks what the retrieval pane shows, and tells its parts when something has changed. */
final class RetrievalDesk {

  /** What is asked; of each the newest question counts. */
  enum Ask {
    RESTORE,
    PLAN,
    PROBE,
    COST,
    CURVE,
    READING,
    PROMPT,
    FILE,
    INFLUENCE,
    RECALL,
    SPANS
  }

  private final PaneContext context;
  private final Workbench w;
  private final List<Runnable> listeners = new ArrayList<>();
  private final Questions<Ask> questions;
  private ModelFacts facts;
  private RetrievalWork work = new RetrievalWork();
  private RetrievalState state;
  private String curveCost = "";
  private CurveRequest costed;
  private Integer example;
  private ReadAnswer reading;
  private TextInfluence influence;
  private List<AssociativeRecall.Point> recall = List.of();
  private SpanFindings spans;

  /** What is chosen, as text; that of a session may come before its model. */
  private final StringProperty chosen = new SimpleStringProperty(this, "chosen", "");

  private String awaited = "";

  RetrievalDesk(PaneContext context) {
    this.context = context;
    this.w = context.workbench();
    this.questions = new Questions<>(context, Ask.class, this::ended, this::changed);
    w.model.addListener(o -> open());
    context.memory().keep("probe", chosen, this::restore);
    open();
  }

  /** Chooses as a session says. */
  private void restore(String text) {
    if (state == null) {
      awaited = text;
    } else {
      state.restore(text);
      plan();
    }
  }

  /** Shows the probe that a session holds. */
  void show(JsonElement document) {
    ask(
        Ask.RESTORE,
        "Show the probe of the session",
        work.restore(document),
        found ->
            found.ifPresent(
                probe -> {
                  state.restored(probe.choice(), probe.grid(), probe.results());
                  estimate();
                  read();
                }));
  }

  private void open() {
    ModelFacts now = w.model.get();
    if (Objects.equals(now, facts) && (state != null || now == null)) {
      return;
    }
    questions.cancelAll();
    boolean grown = facts != null && now != null && facts.source().grewWith(now.source());
    ProbeChoice choice =
        grown ? state.choice() : now == null ? null : ProbeChoice.standard(now.spec());
    facts = now;
    work = new RetrievalWork();
    state = now == null ? null : new RetrievalState(now.spec(), choice, this::changed);
    curveCost = "";
    costed = null;
    example = null;
    reading = null;
    influence = null;
    recall = List.of();
    spans = null;
    if (state != null && !awaited.isEmpty()) {
      state.restore(awaited);
      awaited = "";
    }
    changed();
    plan();
  }

  /** Whether the open model can be asked at all. */
  boolean able() {
    return facts != null && facts.hasTokenizer() && facts.spec().hasLogits();
  }

  /** Runs when something has changed. */
  void whenChanged(Runnable listener) {
    listeners.add(listener);
  }

  private void changed() {
    chosen.set(state == null ? awaited : state.text());
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

  /** What is known of the model; null for none. */
  RetrievalState state() {
    return state;
  }

  /** What is being asked. */
  Optional<Job<?>> job(Ask ask) {
    return questions.job(ask);
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

  /** Takes a question back; probe and curve go on from there when they are asked again. */
  void cancel(Ask kind) {
    questions.cancel(kind);
    ended(kind);
    changed();
  }

  private void ended(Ask kind) {
    if (kind == Ask.PROBE && state != null) {
      state.pause();
    }
  }

  /** Finds out what the choice of the form comes to. */
  void plan() {
    if (able() && state.plan() == null) {
      ProbeChoice choice = state.choice();
      ask(Ask.PLAN, "Make needles", work.plan(choice), plan -> state.planned(choice, plan));
    }
  }

  /** Runs the probe unless the model cannot be asked. */
  void runIfAble() {
    if (able() && (state.plan() == null || state.plan().ready())) {
      run();
    }
  }

  /** Measures the curve unless no head ranks before another. */
  void curveIfAble() {
    if (state != null && state.maskable()) {
      curve();
    }
  }

  /** Whether nothing is asked. */
  boolean atRest() {
    return questions.atRest();
  }

  /** Runs the probe that is planned, or as soon as it is. */
  void run() {
    if (state.plan() == null) {
      ProbeChoice choice = state.choice();
      ask(
          Ask.PLAN,
          "Make needles",
          work.plan(choice),
          plan -> {
            state.planned(choice, plan);
            begin();
          });
    } else {
      begin();
    }
  }

  private void begin() {
    if (state.plan() == null || !state.plan().ready()) {
      String problem = state.plan() == null ? "the probe was changed" : state.plan().problem();
      w.notice.set(new Notice(true, Ui.sentence(problem), ""));
      return;
    }
    example = null;
    reading = null;
    answer(state.begin());
  }

  /** Goes on with a probe that was paused. */
  void resume() {
    answer(state.resume());
  }

  private void answer(ProbeRun run) {
    RetrievalState of = state;
    ask(
        Ask.PROBE,
        "Retrieval probe",
        work.answer(
            run, (index, result) -> Platform.runLater(() -> of.answered(run, index, result))),
        result -> {
          of.finish(run);
          plan();
          estimate();
          read();
        });
  }

  /** Finds out what the curve will take. */
  void estimate() {
    if (state == null || !state.maskable()) {
      return;
    }
    try {
      CurveRequest request = state.request();
      if (!request.equals(costed)) {
        costed = request;
        curveCost = "";
        ask(Ask.COST, "Estimate the curve", work.cost(request), cost -> curveCost = cost);
      }
    } catch (HeadlightException e) {
      curveCost = e.getMessage();
    }
  }

  /** What the curve will take, for people; empty while that is not known. */
  String curveCost() {
    return curveCost;
  }

  /** Measures the masking curve as it is set, or goes on with it. */
  void curve() {
    try {
      CurveRequest request = state.request();
      double baseline = state.findings().result().success();
      ask(Ask.CURVE, "Masking curve", work.curve(request, baseline), state::curved);
    } catch (HeadlightException e) {
      w.notice.set(Notice.of(e));
    }
  }

  /** Looks into an episode. */
  void look(int index) {
    example = index;
    read();
  }

  /** Finds out where the selected head looked while the example was answered. */
  void read() {
    if (state == null || state.findings() == null || w.head.get() == null) {
      return;
    }
    Head head = w.head.get();
    Optional<Integer> index = Optional.ofNullable(example).or(() -> state.findings().example());
    if (state.phase() == RetrievalState.Phase.DONE && index.isPresent()) {
      example = index.get();
      Episode episode = state.findings().result().episodes().get(example);
      ask(Ask.READING, "Read an answer", work.reading(episode, head), now -> reading = now);
    }
  }

  /** Where the selected head looked; null while that is not known. */
  ReadAnswer reading() {
    return reading;
  }

  /** The episode that is looked into; null for none. */
  Integer example() {
    return example;
  }

  /** Puts an episode's text into the prompt. */
  void openPrompt(Episode episode) {
    ask(
        Ask.PROMPT,
        "Write the prompt",
        work.prompt(episode),
        text -> {
          w.chat.set(null);
          w.prompt.set(text);
        });
  }

  /** Measures how much texts need the top heads. */
  void influence(Path file, List<Head> heads) {
    ask(
        Ask.INFLUENCE,
        "Influence of " + file.getFileName(),
        work.influence(file, heads),
        now -> influence = now);
  }

  /** How much texts need the top heads; null while that is not known. */
  TextInfluence influence() {
    return influence;
  }

  /** Measures associative recall. */
  void recall(List<Integer> pairs) {
    ask(Ask.RECALL, "Associative recall", work.recall(pairs), now -> recall = now);
  }

  /** The recall curve; empty while it is not known. */
  List<AssociativeRecall.Point> recall() {
    return recall;
  }

  /** Measures what the answer to the prompt at hand reads of it, and that to a second one. */
  void spans(SpanPrompt.Second second, String own) {
    SpanPrompt first =
        SpanPrompt.of(
                "This prompt",
                w.prompt.get(),
                context.actions().workbench().chatShown(),
                w.bos.get())
            .seeing(w.pictures.get());
    List<SpanPrompt> prompts = new ArrayList<>(List.of(first));
    first.second(second, own).ifPresent(prompts::add);
    ask(Ask.SPANS, "Parts of the prompt", work.spans(prompts), now -> spans = now);
  }

  /** What answers read of their prompts; null while that is not known. */
  SpanFindings spans() {
    return spans;
  }

  /** Writes a file and says so. */
  void write(ModelQuestion<Path> file) {
    ask(Ask.FILE, "Export", file, path -> w.notice.set(Notice.info("Saved " + path)));
  }

  /** Takes scores of a file. */
  void read(Path file) {
    ask(
        Ask.FILE,
        "Read " + file.getFileName(),
        RetrievalExports.read(file),
        table -> {
          if (state.findings() == null) {
            w.notice.set(
                Notice.info("Run the probe first; the scores of the file rank its heads."));
          } else {
            state.imported(file.toString(), table);
            estimate();
          }
        });
  }
}
