package dev.headlight.app.view;

import com.google.gson.JsonElement;
import dev.headlight.analysis.sinks.SinkRequest;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.engine.SinkTexts;
import dev.headlight.app.session.Measurements;
import dev.headlight.app.workbench.Notice;
import dev.headlight.app.workbench.SinkNumbers;
import dev.headlight.app.workbench.SinkState;
import dev.headlight.app.workbench.Workbench;
import java.util.List;
import java.util.Optional;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** Where attention rests: rates, the first token inside, later sinks, and the model without. */
final class SinksPane extends VBox {
  private static final double LOWEST = 210;
  private static final double HIGHEST = 460;

  /** Height of a plot by the width of the pane, at most. */
  private static final double SLENDER = 0.55;

  /** What stands above and below two rows of plots. */
  private static final double AROUND = 300;

  private final PaneContext context;
  private final Workbench w;
  private final SinkState state = new SinkState();
  private final SinkWork work;
  private final StackPane body = new StackPane();
  private final ReadOnlyDoubleWrapper plotHeight = new ReadOnlyDoubleWrapper(LOWEST);
  private final Label stale = Ui.label("", "dim");
  private final SinkProgress progress;
  private final SinkFigures figures;
  private final SinkShares shares;
  private final Node found;

  /** Whether to measure as soon as the next pass is there. */
  private boolean again;

  /** What a session holds of a prompt that may not have come yet. */
  private JsonElement awaited;

  SinksPane(PaneContext context) {
    this.context = context;
    this.w = context.workbench();
    context.memory().keep(state);
    this.work = new SinkWork(context, state);
    this.progress = new SinkProgress(context.running(), work::cancel);
    this.figures = new SinkFigures(state);
    this.shares = new SinkShares(w, state, plotHeight.getReadOnlyProperty());
    getStyleClass().addAll("pane", "sinks-pane");
    SinkSizes sizes = new SinkSizes(w, state, context.painter(), plotHeight.getReadOnlyProperty());
    SinkTuningPart tuning =
        new SinkTuningPart(w, state, work, context.painter(), plotHeight.getReadOnlyProperty());
    List<SinkSection> parts =
        List.of(
            shares,
            sizes,
            new SinkLater(w, state),
            tuning,
            new SinkHeadPart(w, state, work),
            new SinkMassive(state));
    this.found = scrolled(new VBox(16, figures, new SinkColumns(parts)));
    PaneBody frame = new PaneBody(context, body, new SimpleBooleanProperty(false));
    VBox.setVgrow(frame, Priority.ALWAYS);
    getChildren().addAll(header(new SinkMenu(context, state).button(sizes, tuning)), frame);
    listen();
    update();
    context.memory().findings(Measurements.SINKS, this::document, this::restore);
  }

  private Node header(MenuButton export) {
    Label title = Ui.label("Sinks", "pane-title");
    title.setMinWidth(USE_PREF_SIZE);
    Button measure = Ui.tool(new Button("Measure"));
    measure.setOnAction(e -> measure());
    measure.setTooltip(
        new Tooltip("One pass over the texts, and over random and repeated ids, without BOS"));
    Button copy = Ui.tool(new Button("Copy as command"));
    copy.setTooltip(new Tooltip("Copy the command line that gives these numbers"));
    copy.setOnAction(e -> context.actions().copies().sinks(state));
    FlowPane tools = new FlowPane(6, 6, title, texts(), measure, copy, export, progress, stale);
    tools.setRowValignment(javafx.geometry.VPos.CENTER);
    return tools;
  }

  private MenuButton texts() {
    MenuButton button = Ui.tool(new MenuButton());
    button.textProperty().bind(state.texts.map(t -> Ui.sentence(t.title())));
    button.setTooltip(new Tooltip("The texts that the rate is of"));
    button.setAccessibleText("Texts");
    button
        .getItems()
        .addAll(
            Menus.item("This prompt", "", () -> choose(SinkTexts.PROMPT)),
            Menus.item("The library of prompts", "", () -> choose(SinkTexts.LIBRARY)),
            Menus.item("A file, one text a line …", "", this::chooseFile));
    return button;
  }

  private void choose(SinkTexts texts) {
    state.texts.set(texts);
    if (state.measured.get() != null) {
      measure();
    }
  }

  private void chooseFile() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle("Texts, one a line");
    context.actions().openFile(chooser).ifPresent(file -> choose(SinkTexts.of(file)));
  }

  private ScrollPane scrolled(VBox content) {
    ScrollPane scroll = new ScrollPane(content);
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.getStyleClass().add("edge-free");
    content.getStyleClass().add("sinks-content");
    InvalidationListener size = o -> plotHeight.set(plotHeight(scroll));
    scroll.heightProperty().addListener(size);
    scroll.widthProperty().addListener(size);
    return scroll;
  }

  /** Two rows of plots fill the pane, unless they would be slender or low. */
  private static double plotHeight(ScrollPane scroll) {
    double most = Math.max(LOWEST, Math.min(HIGHEST, SLENDER * scroll.getWidth()));
    return Math.rint(Math.max(LOWEST, Math.min(most, (scroll.getHeight() - AROUND) / 1.7)));
  }

  private void listen() {
    InvalidationListener update = o -> update();
    w.tokens.addListener(update);
    w.run.addListener(update);
    state.texts.addListener(update);
    state.measured.addListener(update);
    context.running().addListener(update);
    w.model.addListener((o, old, now) -> modelChanged(old, now));
  }

  /** What was measured of a checkpoint is measured again of the next one. */
  private void modelChanged(ModelFacts old, ModelFacts now) {
    boolean grown = old != null && now != null && old.source().grewWith(now.source());
    again = grown && (again || state.measured.get() != null);
    state.measured.set(null);
  }

  /** Every ε and T needs the passes themselves, so what a session holds is measured anew. */
  private void restore(JsonElement document) {
    awaited = document;
    update();
  }

  private boolean awaited() {
    boolean here = awaited != null && Measurements.sinksOf(awaited, w.run.get().tokens().ids());
    awaited = here ? null : awaited;
    return here && (state.measured.get() == null || state.stale(w));
  }

  private void update() {
    boolean ready = w.run.get() != null && !w.stale.get();
    again |= ready && awaited();
    if (again && ready) {
      again = false;
      measure();
    }
    boolean changed = state.stale(w);
    stale.setText(changed ? "Of the former texts: measure again" : "");
    Ui.show(stale, changed);
    Node now = state.measured.get() != null ? found : message();
    Ui.show(progress, now == found && work.running().isPresent());
    if (body.getChildren().size() != 1 || body.getChildren().get(0) != now) {
      body.getChildren().setAll(now);
    }
  }

  private boolean tooShort() {
    return state.texts.get().kind() == SinkTexts.Kind.PROMPT
        && w.tokens.get() != null
        && w.tokens.get().size() < SinkRequest.LEAST_LENGTH;
  }

  private Node message() {
    if (work.running().isPresent()) {
      return PaneMessage.busy(work.running().orElseThrow(), work::cancel);
    }
    if (tooShort()) {
      return PaneMessage.empty(
          "The prompt is too short",
          "It has %s; below %d even uniform attention rests on the first one. Write more, or choose other texts above."
              .formatted(Ui.count(w.tokens.get().size(), "token"), SinkRequest.LEAST_LENGTH));
    }
    return PaneMessage.empty(
        "Where does attention rest?",
        "One pass over the texts, and over random and repeated ids beside them. Every ε and T is answered from it.",
        PaneMessage.verb("Measure", this::measure));
  }

  /** Measures the chosen texts. */
  void measure() {
    if (tooShort()) {
      w.notice.set(
          Notice.info(
              "Sinks need %d tokens or more; the prompt has %d."
                  .formatted(SinkRequest.LEAST_LENGTH, w.tokens.get().size())));
    } else {
      work.measure();
    }
  }

  /** What is measured, for sessions; empty where it is of another prompt or other texts. */
  private Optional<JsonElement> document() {
    SinkNumbers now = state.numbers().get();
    return now == null || state.stale(w)
        ? Optional.empty()
        : Optional.of(Measurements.sinks(now.measured(), now.rates()));
  }

  /** What the pane shows, for tests and pictures. */
  SinkState state() {
    return state;
  }

  /** What it asks of the model, for tests and pictures. */
  SinkWork work() {
    return work;
  }

  /** The row of rates. */
  SinkFigures figures() {
    return figures;
  }

  /** The grid of heads. */
  SinkShares shares() {
    return shares;
  }
}
