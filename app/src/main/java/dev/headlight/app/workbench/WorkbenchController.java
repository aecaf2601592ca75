package dev.headlight.app.workbench;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.parity.ParityReport;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.Chat;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.engine.HeadMap;
import dev.headlight.app.engine.MapOf;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.engine.ReadPrompt;
import dev.headlight.app.engine.RunSnapshot;
import dev.headlight.app.export.ExportRequest;
import dev.headlight.app.export.FigureRequest;
import dev.headlight.app.job.Delay;
import dev.headlight.app.job.JobRunner;
import dev.headlight.app.job.LatestOnly;
import dev.headlight.app.pictures.PromptPicture;
import dev.headlight.app.session.ExportNote;
import dev.headlight.app.session.ExportedFigure;
import dev.headlight.app.session.PromptState;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the answers of a {@link Workbench} in step with what the user decides: each change asks the
 * model thread, and only the newest answer counts.
 */
public final class WorkbenchController {
  private static final Logger LOG = LoggerFactory.getLogger(WorkbenchController.class);
  private static final int TYPING_MS = 150;
  private static final int RESTING_MS = 120;

  /** Kinds of questions; of each only the newest counts. */
  private enum Ask {
    OPEN,
    EXPORT,
    PICTURE,
    TABLE,
    TOKENS,
    RUN,
    NEXT,
    WITHOUT,
    PARITY
  }

  private final Workbench w;
  private final ModelHost host;
  private final JobRunner runner;
  private final LatestOnly latest;
  private final Delay delay;
  private final PromptChoice promptChoice = new PromptChoice();
  private Consumer<ExportedFigure> exported = e -> {};

  /** What the last question for tokens was about, and what the pass at hand was made of. */
  private PromptState asked = PromptState.of("");

  private PromptState ran = PromptState.of("");

  /**
   * @param workbench the state to keep
   * @param host answers on the runner's thread
   * @param runner runs the questions
   * @param delay waits for the user to pause
   */
  public WorkbenchController(Workbench workbench, ModelHost host, JobRunner runner, Delay delay) {
    this.w = workbench;
    this.host = host;
    this.runner = runner;
    this.latest = new LatestOnly(runner);
    this.delay = delay;
    listen();
    new HeadAnswers(workbench, host, runner).on(true);
    new TileAnswers(workbench, host, runner);
  }

  private void listen() {
    w.prompt.addListener((o, old, now) -> delay.after(Ask.TOKENS, TYPING_MS, this::askTokens));
    w.chat.addListener((o, old, now) -> delay.after(Ask.TOKENS, TYPING_MS, this::askTokens));
    w.bos.addListener((o, old, now) -> askTokens());
    w.pictures.addListener((o, old, now) -> askTokens());
    w.head.addListener((o, old, now) -> headChanged());
    w.map.addListener((o, old, now) -> mapChanged(now));
    w.query.addListener((o, old, now) -> queryChanged());
    w.withoutMode.addListener((o, old, now) -> askWithout());
  }

  /**
   * Opens a model; when that fails the former one stays and a notice says why.
   *
   * @param opened runs when the model is there
   * @param refused runs when it cannot be opened
   */
  public void open(ModelSource source, Runnable opened, Runnable refused) {
    w.opening.set(source.reference());
    latest.submit(
        Ask.OPEN,
        Job.of("Open " + source.reference(), progress -> host.open(source, progress)),
        facts -> {
          modelOpened(facts);
          opened.run();
        },
        failure -> {
          w.opening.set("");
          failed(failure);
          refused.run();
        });
  }

  /** Writes a map to a file and says so. */
  public void export(ExportRequest request) {
    ExportNote note = new ExportNote(request, ran);
    ask(
        Ask.EXPORT,
        "Export " + request.file().getFileName(),
        progress -> host.export(note.request(), progress),
        file -> {
          w.notice.set(Notice.info("Saved " + file));
          exported.accept(note.exported());
        });
  }

  /** Names what hears of each figure or table that was written. */
  public void onExport(Consumer<ExportedFigure> hears) {
    exported = hears;
  }

  /**
   * Draws a figure as a PNG; a newer request takes the place of an older one.
   *
   * @param drawn hears the bytes of the file
   * @param refused hears why it cannot be drawn
   */
  public void picture(FigureRequest request, Consumer<byte[]> drawn, Consumer<Throwable> refused) {
    ask(Ask.PICTURE, "Figure", progress -> host.picture(request, progress), drawn, refused);
  }

  /** Reads the exact weights of a part of a map. */
  public void weights(long run, MapOf of, CellRange part, Consumer<HeadMap> read) {
    ask(
        Ask.TABLE,
        "Table of " + of,
        progress -> host.tile(run, of, part.row0(), part.row1(), part.column0(), part.column1()),
        read);
  }

  private void modelOpened(ModelFacts facts) {
    LOG.info("opened {}", facts.source().reference());
    ModelFacts before = w.model.get();
    boolean grown = before != null && before.source().grewWith(facts.source());
    Cell cell = grown ? cell() : null;
    clearRun();
    w.read.set(null);
    w.tokens.set(null);
    latest.cancel(Ask.PARITY);
    w.parity.set(null);
    w.measured.set(MeasuredScores.NONE);
    if (!grown) {
      w.other.set(null);
    }
    w.model.set(facts);
    w.choose(w.chosen.get());
    w.opening.set("");
    w.nextCell.set(cell);
    begin(facts, grown);
    delay.after(Ask.TOKENS, 0, this::askTokens);
  }

  /** The cell that is selected, or is to be once its pass is there. */
  private Cell cell() {
    boolean none = w.nextCell.get() != null || w.query.get() == Workbench.NONE;
    return none ? w.nextCell.get() : new Cell(w.query.get(), w.key.get());
  }

  /**
   * What is looked at first.
   *
   * @param grown whether the model before was a checkpoint of the same training: all stays as it is
   */
  private void begin(ModelFacts facts, boolean grown) {
    if (grown) {
      return;
    }
    w.prompt.set(promptChoice.forModel(facts, w.prompt.get()));
    Head head = facts.source().head().orElse(w.head.get());
    w.head.set(head != null && inside(head, facts.spec()) ? head : new Head(0, 0));
  }

  private static boolean inside(Head head, ModelSpec spec) {
    return head.layer() < spec.layers() && head.head() < spec.heads();
  }

  private void askTokens() {
    if (w.model.get() == null) {
      return;
    }
    String prompt = w.prompt.get();
    Bos bos = w.bos.get();
    Optional<Chat> chat = Optional.ofNullable(w.chat.get());
    List<PromptPicture> pictures = w.model.get().readsPictures() ? w.pictures.get() : List.of();
    if (pictures.isEmpty() && waits(w.model.get(), prompt)) {
      return;
    }
    asked = new PromptState(prompt, chat, bos, pictures);
    latest.cancel(Ask.RUN);
    w.expected.set("");
    latest.cancel(Ask.PARITY);
    latest.cancel(Ask.WITHOUT); // Else the tokens wait until its pass is over.
    ask(
        Ask.TOKENS,
        "Tokens",
        p -> host.read(prompt, chat, bos, pictures),
        this::askRun,
        this::promptFailed);
  }

  /** Whether the picture of a sample's own prompt is still on its way. */
  private static boolean waits(ModelFacts model, String prompt) {
    return model.source().prompt().filter(prompt::equals).isPresent()
        && model.placeholder().filter(prompt::contains).isPresent();
  }

  private void askRun(ReadPrompt prompt) {
    Tokens tokens = prompt.tokens();
    w.written.set(prompt.written().orElse(null));
    w.read.set(prompt);
    w.tokens.set(tokens);
    w.promptProblem.set("");
    w.promptNotice.set(String.join(" ", prompt.notices()));
    if (tokens.size() == 0) {
      clearRun();
      askParity();
      return;
    }
    String title = "Forward pass, " + tokens.size() + " tokens";
    ask(Ask.RUN, title, p -> run(prompt, p), this::runDone, this::promptFailed);
  }

  /** On the model's thread: says what a slow pass will cost, then makes it. */
  private RunSnapshot run(ReadPrompt prompt, Progress progress) {
    PartialRun partial = new PartialRun(progress, runner, w, prompt.tokens());
    host.cost(prompt, progress).ifPresent(partial::expected);
    return host.view(prompt, partial, progress);
  }

  private void runDone(RunSnapshot run) {
    w.expected.set("");
    w.hover.set(null);
    w.key.set(Workbench.NONE);
    w.partial.set(null);
    ran = asked;
    w.measured.set(w.measured.get().ofOtherPrompt());
    w.run.set(run);
    select(run);
    askWithout();
  }

  /** The cell that was to be selected, else the last query. */
  private void select(RunSnapshot run) {
    int last = run.length() - 1;
    Cell cell = w.nextCell.get() == null ? new Cell(last, Workbench.NONE) : w.nextCell.get();
    w.nextCell.set(null);
    int query = Math.min(last, cell.query());
    if (w.query.get() == query) {
      queryChanged();
    }
    w.query.set(query);
    w.key.set(Math.min(last, cell.key()));
  }

  private void promptFailed(Throwable failure) {
    clearRun();
    w.written.set(null);
    w.promptNotice.set("");
    if (failure instanceof HeadlightException e) {
      w.promptProblem.set(e.getMessage());
      askParity();
    } else {
      failed(failure);
    }
  }

  private void clearRun() {
    latest.cancel(Ask.RUN);
    w.expected.set("");
    w.partial.set(null);
    w.run.set(null);
    w.hover.set(null);
    w.nextCell.set(null);
    w.next.set(null);
    w.without.set(null);
    w.query.set(Workbench.NONE);
    w.key.set(Workbench.NONE);
  }

  private void headChanged() {
    latest.cancel(Ask.PARITY);
    askWithout();
  }

  private void mapChanged(HeadMap map) {
    if (map != null) {
      askParity();
    }
  }

  /**
   * Once a model, when its first map is there or there will be none; whatever the user wants goes
   * before it.
   */
  private void askParity() {
    if (w.parity.get() == null) {
      ask(
          Ask.PARITY,
          "Compare with the reference values",
          host::parity,
          w.parity::set,
          failure -> {
            w.parity.set(ParityReport.unreadable(Optional.empty(), failure.toString()));
            failed(failure);
          });
    }
  }

  private void queryChanged() {
    RunSnapshot run = w.run.get();
    if (run == null || w.query.get() < 0) {
      return;
    }
    if (!run.model().spec().hasLogits()) {
      return;
    }
    int position = run.everyPosition() ? w.query.get() : run.length() - 1;
    ask(Ask.NEXT, "Next token", p -> host.next(run.id(), position), w.next::set);
  }

  /** The answer costs a pass, so it is asked for once the selection rests. */
  private void askWithout() {
    w.without.set(null);
    latest.cancel(Ask.WITHOUT);
    RunSnapshot run = w.run.get();
    Head head = w.head.get();
    Intervention.Mode mode = w.withoutMode.get();
    if (run == null || head == null || !run.model().spec().hasLogits()) {
      return;
    }
    delay.after(
        Ask.WITHOUT,
        RESTING_MS,
        () -> {
          if (run.equals(w.run.get()) && head.equals(w.head.get())) {
            ask(
                Ask.WITHOUT,
                "Without " + head,
                p -> host.without(run.id(), head, mode, p),
                w.without::set);
          }
        });
  }

  private <T> void ask(Ask kind, String title, Function<Progress, T> work, Consumer<T> done) {
    ask(kind, title, work, done, this::failed);
  }

  private <T> void ask(
      Ask kind,
      String title,
      Function<Progress, T> work,
      Consumer<T> done,
      Consumer<Throwable> failed) {
    latest.submit(kind, Job.of(title, work), done, failed);
  }

  private void failed(Throwable failure) {
    if (failure instanceof HeadlightException) {
      LOG.info("{}", failure.getMessage());
    } else {
      LOG.warn("a job failed", failure);
    }
    w.notice.set(Notice.of(failure));
  }
}
