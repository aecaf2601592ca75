package dev.headlight.app.view;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.model.Device;
import dev.headlight.analysis.model.OpenOptions;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.dock.Docking;
import dev.headlight.app.dock.WindowLayout;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.engine.RunEffect;
import dev.headlight.app.engine.SinkTuning;
import dev.headlight.app.job.Delay;
import dev.headlight.app.job.FxDelay;
import dev.headlight.app.job.FxJobRunner;
import dev.headlight.app.job.LatestOnly;
import dev.headlight.app.workbench.Chosen;
import dev.headlight.app.workbench.Comparison;
import dev.headlight.app.workbench.HeadView;
import dev.headlight.app.workbench.Notice;
import dev.headlight.app.workbench.RolesView;
import dev.headlight.app.workbench.Undo;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.app.workbench.WorkbenchController;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.InvalidationListener;
import javafx.beans.value.ObservableValue;
import javafx.scene.Scene;
import javafx.stage.Window;

/** One workbench with its threads, state and window, put together. */
public final class WorkbenchParts implements AutoCloseable {
  private final Workbench workbench = new Workbench();
  private final ModelHost host = new ModelHost();
  private final FxJobRunner models;
  private final FxJobRunner painters = new FxJobRunner("headlight-paint");
  private final WorkbenchController controller;
  private final Actions actions;
  private final ModelChoices choices;
  private final Chosen chosen = new Chosen(workbench);
  private final SessionActions sessions;
  private WorkbenchWindow window;

  /**
   * @param models the model thread
   * @param choices models to offer
   * @param opened hears the reference of each model that was opened
   */
  public WorkbenchParts(FxJobRunner models, ModelChoices choices, Consumer<String> opened) {
    this(models, choices, opened, Optional.empty());
  }

  /**
   * @param models the model thread
   * @param choices models to offer
   * @param opened hears the reference of each model that was opened
   * @param unsaved folder where sessions are kept that are not saved; empty to keep none
   */
  public WorkbenchParts(
      FxJobRunner models, ModelChoices choices, Consumer<String> opened, Optional<Path> unsaved) {
    this.models = models;
    Delay delay = new FxDelay();
    this.controller = new WorkbenchController(workbench, host, models, delay);
    this.actions = new Actions(workbench, controller, opened);
    this.choices = choices;
    this.sessions =
        new SessionActions(
            workbench,
            controller,
            new Undo(workbench, delay, InstantSource.system()),
            choices,
            unsaved);
    actions.setSessions(sessions);
    InvalidationListener how = o -> host.openWith(openOptions());
    chosen.device.addListener(how);
    chosen.residency.addListener(how);
    chosen.memoryShare.addListener(how);
    actions.setTextSize(chosen.textSize);
    sessions.setTextSize(chosen.textSize);
  }

  /** How models are opened; a device that is no name at all counts as not chosen. */
  private OpenOptions openOptions() {
    Device device = Device.AUTO;
    try {
      device = Device.parse(chosen.device.get());
    } catch (HeadlightException e) {
      workbench.notice.set(Notice.of(e));
    }
    return new OpenOptions(device, chosen.residency.get(), chosen.memoryShare.get());
  }

  /** What the user prefers. */
  public Chosen chosen() {
    return chosen;
  }

  /** Names what shows a page in the system's browser. */
  public void setBrowser(Consumer<String> show) {
    actions.setBrowser(show);
  }

  /** Opens the command palette with something typed. */
  public void find(String typed) {
    window.sheets().find(typed);
  }

  /** What can be laid over the window. */
  Sheets sheets() {
    return window.sheets();
  }

  /** The state. */
  public Workbench workbench() {
    return workbench;
  }

  /** Builds the content of a window; a model may be on its way already. */
  public Scene scene(double width, double height) {
    return scene(width, height, "", text -> {});
  }

  /**
   * Builds the content of a window that is arranged as before.
   *
   * @param layout what was remembered; anything else means that of a new window
   * @param changed hears the text of each new arrangement
   */
  public Scene scene(double width, double height, String layout, Consumer<String> changed) {
    WindowLayout arranged = WindowLayout.read(layout, Panes::known, Panes.first());
    Services services = new Services(host, models, new LatestOnly(painters), actions);
    window = new WorkbenchWindow(workbench, services, choices, chosen, arranged, changed);
    sessions.controller().setEffect(this::effect);
    undo().begin();
    return window.scene(width, height);
  }

  /** Names the window that owns dialogs. */
  public void ownedBy(Window owner) {
    actions.setWindow(owner);
    sessions.setWindow(owner);
  }

  /** What the window's title says: session, model, and whether something is not saved. */
  public ObservableValue<String> title() {
    return sessions.title();
  }

  /** Opens a session. */
  public void openSession(Path file) {
    sessions.open(file);
  }

  /** Saves the session to a file. */
  public void saveSession(Path file) {
    sessions.save(file);
  }

  /** Opens what a window left unsaved that ended without saying so. */
  public void recoverSession() {
    sessions.recover();
  }

  /** What was done in the window. */
  public Undo undo() {
    return sessions.controller().undo();
  }

  /** Opens a model. */
  public void open(ModelSource source) {
    actions.open(source);
  }

  /** Opens a model; when that fails a notice says why and another one opens in its place. */
  public void openOr(ModelSource source, ModelSource other) {
    actions.open(source, () -> actions.openInstead(other));
  }

  /** Asks how a figure of the selected head looks; returns once that is decided. */
  public void showFigureDialog() {
    actions.exportFigure();
  }

  /** The open panes. */
  public Docking docking() {
    return window.docking();
  }

  /** Opens a pane, or brings it to the front. */
  public void openPane(String kind) {
    actions.openPane(kind);
  }

  /** What the pane of comparisons compares, while it is open. */
  public Optional<Comparison> comparison() {
    return window.comparison();
  }

  /** How the pane of one head looks at it, while it is open. */
  public Optional<HeadView> headView() {
    return window.headView();
  }

  /** Measures sinks, while their pane is open. */
  public void measureSinks() {
    window.sinks().ifPresent(SinksPane::measure);
  }

  /** Turns sinks down and up, once they are measured. */
  public void tuneSinks() {
    window.sinks().ifPresent(pane -> pane.work().sweep());
  }

  /** Shows the model without its first token as a sink, once sinks are measured. */
  public void dropSinks() {
    window.sinks().ifPresent(pane -> pane.work().change(SinkTuning.Change.DROP));
  }

  /** Whether nothing is asked about sinks. */
  public boolean sinksAtRest() {
    return window.sinks().map(pane -> pane.work().running().isEmpty()).orElse(true);
  }

  /** How the pane of roles looks at the heads, while it is open. */
  public Optional<RolesView> rolesView() {
    return window.roles().map(RolesPane::view);
  }

  /** Finds heads by the rule that is typed in the pane of roles, else by its drawing. */
  public void findHeads() {
    window.roles().ifPresent(RolesPane::find);
  }

  /** Measures the chosen role over the training of the open sample. */
  public void growRoles() {
    window.roles().ifPresent(pane -> pane.measuring().grow());
  }

  /** Whether the pane of roles measures nothing any more. */
  public boolean rolesMeasured() {
    return window.roles().map(pane -> pane.measuring().job().isEmpty()).orElse(true);
  }

  /** Runs the probe of the retrieval pane, where it is open and its model can be asked. */
  public void runRetrieval() {
    window.retrieval().ifPresent(pane -> pane.desk().runIfAble());
  }

  /** Measures the masking curve of the retrieval pane, where its probe found a needle. */
  public void runMaskingCurve() {
    window.retrieval().ifPresent(pane -> pane.desk().curveIfAble());
  }

  /** Whether the retrieval pane waits for nothing. */
  public boolean retrievalAtRest() {
    return window.retrieval().map(pane -> pane.desk().atRest()).orElse(true);
  }

  /** Takes every head away alone, then these together, in the ablation pane where it is open. */
  public void ablate(Collection<Head> heads) {
    window.ablation().ifPresent(pane -> pane.desk().sweepAndTake(heads));
  }

  /** Takes heads away together. */
  public void takeAway(Collection<Head> heads) {
    window.ablation().ifPresent(pane -> pane.desk().take(heads));
  }

  /** Writes with and without these heads, and draws the curves. */
  public void writeAblated() {
    window.ablation().ifPresent(pane -> pane.desk().writeAndDraw());
  }

  /** Reads the metrics of the ablation pane on drawn pairs of the indirect-object task. */
  public void ablateOnPairs() {
    window.ablation().ifPresent(AblationPane::readOnPairs);
  }

  /**
   * Shows a section of the ablation pane and asks all its parts.
   *
   * @param name such as IMPORTANCE
   */
  public void showAblation(String name) {
    window.ablation().ifPresent(pane -> pane.ask(name));
  }

  /** Whether the ablation pane waits for nothing. */
  public boolean ablationAtRest() {
    return window.ablation().map(pane -> pane.desk().atRest()).orElse(true);
  }

  /** Draws pairs of the indirect-object task in the circuits pane, where it is open. */
  public void drawCircuitPairs() {
    window.circuits().ifPresent(pane -> pane.desk().drawPairs());
  }

  /** Fills both maps of the circuits pane, scores edges and reads direct logits. */
  public void runCircuits() {
    window.circuits().ifPresent(CircuitPane::runAll);
  }

  /** Verifies the strongest estimates of the circuits pane. */
  public void verifyCircuits() {
    window
        .circuits()
        .ifPresent(
            pane -> {
              pane.maps().verify();
              pane.edges().verify();
            });
  }

  /** Shows a part of the circuits pane, with the circuit held against itself. */
  public void showCircuitPart(String name) {
    window
        .circuits()
        .ifPresent(
            pane -> {
              pane.parts().choose(name);
              pane.readings().keepCircuit();
              pane.readings().tryRepair();
            });
  }

  /** Whether the visual pane shows what was looked at. */
  public boolean visualLooked() {
    return window.visual().map(pane -> pane.desk().state().looked() != null).orElse(false);
  }

  /** Takes a mask of the picture in the visual pane from a file. */
  public void loadMask(Path file) {
    window.visual().ifPresent(pane -> pane.desk().files().loadMask(file));
  }

  /** Does what a command of the visual pane does, such as {@code side} or {@code next}. */
  public void commandPicture(String id) {
    window.commands().find("picture." + id).ifPresent(Command::tryRun);
  }

  /** Whether the visual pane waits for nothing. */
  public boolean visualAtRest() {
    return window.visual().map(pane -> pane.desk().atRest()).orElse(true);
  }

  /** Whether the circuits pane waits for nothing. */
  public boolean circuitsAtRest() {
    return window.circuits().map(pane -> pane.desk().atRest()).orElse(true);
  }

  /** Everything the user can do in the window. */
  Commands commands() {
    return window.commands();
  }

  /** What menus and buttons do. */
  Actions actions() {
    return actions;
  }

  private Optional<RunEffect> effect() {
    return comparison()
        .filter(c -> c.busy.get().isEmpty() && c.kind.get() != Comparison.Kind.HEADS)
        .map(c -> c.effect.get());
  }

  /** Stops the threads and frees the model. */
  @Override
  public void close() {
    sessions.close();
    if (window != null) {
      window.close();
    }
    painters.close();
    models.closeAfter(host::close);
  }
}
