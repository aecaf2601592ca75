package dev.headlight.app.view;

import dev.headlight.app.dock.Docking;
import dev.headlight.app.dock.WindowLayout;
import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.pictures.PictureShelf;
import dev.headlight.app.session.SessionFile;
import dev.headlight.app.workbench.Chosen;
import dev.headlight.app.workbench.Comparison;
import dev.headlight.app.workbench.HeadView;
import dev.headlight.app.workbench.PictureTaker;
import dev.headlight.app.workbench.WindowMemory;
import dev.headlight.app.workbench.Workbench;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.InvalidationListener;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.DragEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The layout of the window: left the model and prompt, centre the panes, right the inspector. */
final class WorkbenchWindow extends StackPane {
  private static final double LEFT = 272;
  private static final double RIGHT = 268;

  /** In a narrower window the columns leave more to the panes. */
  private static final double NARROW = 1150;

  private static final KeyCombination UNDO_KEYS =
      new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_ANY);

  private static final double NARROW_LEFT = 258;
  private static final double NARROW_RIGHT = 220;

  private final Workbench w;
  private final Actions actions;
  private final StatusBar status;
  private final PictureTaker pictures;
  private final Docking docking;
  private final DockView panes;
  private final Commands commands = new Commands();
  private final StackPane content = new StackPane();
  private final Overlay overlay = new Overlay();
  private final Chosen chosen;
  private final Sheets sheets;
  private final BooleanProperty leftShown = new SimpleBooleanProperty(this, "leftShown");
  private final BooleanProperty rightShown = new SimpleBooleanProperty(this, "rightShown");

  /**
   * @param arranged where the panes stand at first
   * @param changed hears the text of each new arrangement
   */
  WorkbenchWindow(
      Workbench workbench,
      Services services,
      ModelChoices choices,
      Chosen chosen,
      WindowLayout arranged,
      Consumer<String> changed) {
    this.w = workbench;
    this.actions = services.actions();
    FxFonts.load();
    WindowMemory.restore(w, arranged.kept());
    this.status = new StatusBar(w, services.models());
    this.docking = new Docking(Panes.first().panes(), id -> Panes.kind(id).several());
    arrange(arranged);
    this.panes = new DockView(w, docking, services);
    this.pictures = new PictureTaker(w, services.painter(), PictureShelf.ofUser());
    PromptEditor prompt =
        new PromptEditor(w, new PictureBox(w, actions, pictures, services.painter()));
    actions.setEditPrompt(prompt::edit);
    actions.setOpenPane(panes::open);
    actions.setShown(panes::shownHead);
    getStyleClass().add("workbench");
    this.chosen = chosen;
    this.sheets = new Sheets(overlay, commands, actions, chosen);
    content.getChildren().addAll(rows(prompt, choices), overlay);
    getChildren().add(new Zoomed(content, chosen.textSize));
    LocalKeys.add(commands, w);
    sheets.setEntries(new PaletteEntries(commands, choices, actions, prompt));
    addEventFilter(KeyEvent.KEY_PRESSED, this::furtherKey);
    setOnDragOver(this::dragOver);
    setOnDragDropped(this::dropped);
    docking.activate("head");
    panes.focusActive();
    InvalidationListener remember =
        o -> {
          w.layout.set(arrangement().text());
          changed.accept(arrangement().with(WindowMemory.of(w)).text());
        };
    w.layout.set(arrangement().text());
    w.panes.addListener(remember);
    w.compared.addListener(remember);
    w.layout.addListener((o, old, now) -> arrangeAs(now));
    docking.layout().addListener(remember);
    leftShown.addListener(remember);
    rightShown.addListener(remember);
  }

  private BorderPane rows(PromptEditor prompt, ModelChoices choices) {
    PaneMenu menu = new PaneMenu(commands, docking, panes, this::reset);
    menu.columns(leftShown, rightShown);
    BorderPane rows = new BorderPane(panes);
    MainMenu bar = new MainMenu(w, actions, commands, choices, menu, sheets);
    rows.setTop(new VBox(bar, new NoticeBar(w), new HintBar(chosen.hints)));
    Node left = left(prompt);
    rows.leftProperty().bind(Bindings.when(leftShown).then(left).otherwise((Node) null));
    Node right = side(new InspectorPane(w, actions), RIGHT, NARROW_RIGHT, "right");
    rows.rightProperty().bind(Bindings.when(rightShown).then(right).otherwise((Node) null));
    rows.setBottom(status);
    return rows;
  }

  private void arrange(WindowLayout layout) {
    docking.layout().set(layout.panes());
    leftShown.set(layout.left());
    rightShown.set(layout.right());
  }

  private WindowLayout arrangement() {
    return new WindowLayout(docking.layout().get(), leftShown.get(), rightShown.get());
  }

  /** As a session says; a layout that cannot be read changes nothing. */
  private void arrangeAs(String layout) {
    if (!layout.equals(arrangement().text())) {
      arrange(WindowLayout.read(layout, Panes::known, arrangement()));
    }
  }

  private void reset() {
    arrange(Panes.first());
  }

  /** The open panes. */
  Docking docking() {
    return docking;
  }

  /** What the pane of comparisons compares, while it is open. */
  Optional<Comparison> comparison() {
    return panes
        .content("compare")
        .filter(ComparePane.class::isInstance)
        .map(c -> ((ComparePane) c).comparison());
  }

  /** The pane of sinks, while it is open. */
  Optional<SinksPane> sinks() {
    return panes.content("sinks").filter(SinksPane.class::isInstance).map(SinksPane.class::cast);
  }

  /** How the pane of one head looks at it, while it is open. */
  Optional<HeadView> headView() {
    return panes.content("head").filter(HeadPane.class::isInstance).map(c -> ((HeadPane) c).view());
  }

  /** The pane of roles, while it is open. */
  Optional<RolesPane> roles() {
    return panes.content("roles").filter(RolesPane.class::isInstance).map(c -> (RolesPane) c);
  }

  /** The pane of retrieval, while it is open. */
  Optional<RetrievalPane> retrieval() {
    return panes
        .content("retrieval")
        .filter(RetrievalPane.class::isInstance)
        .map(RetrievalPane.class::cast);
  }

  /** The pane of ablation, while it is open. */
  Optional<AblationPane> ablation() {
    return panes
        .content("ablation")
        .filter(AblationPane.class::isInstance)
        .map(AblationPane.class::cast);
  }

  /** The pane of pictures, while it is open. */
  Optional<VisualPane> visual() {
    return panes.content("visual").filter(VisualPane.class::isInstance).map(VisualPane.class::cast);
  }

  /** The pane of circuits, while it is open. */
  Optional<CircuitPane> circuits() {
    return panes
        .content("circuits")
        .filter(CircuitPane.class::isInstance)
        .map(CircuitPane.class::cast);
  }

  /** What can be laid over the window. */
  Sheets sheets() {
    return sheets;
  }

  /** Everything the user can do. */
  Commands commands() {
    return commands;
  }

  /** A scene of this window that follows the theme. */
  Scene scene(double width, double height) {
    Scene scene = new Scene(this, width, height);
    InvalidationListener look = o -> Themes.apply(scene, w.theme.get(), chosen.textSize.get());
    w.theme.addListener(look);
    chosen.textSize.addListener(look);
    look.invalidated(w.theme);
    return scene;
  }

  private Node left(PromptEditor prompt) {
    VBox box = new VBox(16, new ModelCard(w, actions), prompt, new NextTokensView(w, actions));
    box.getStyleClass().add("side");
    return side(box, LEFT, NARROW_LEFT, "left");
  }

  private Node side(Region column, double width, double narrow, String style) {
    ScrollPane scroll = new ScrollPane(column);
    scroll.setFitToWidth(true);
    scroll.setFitToHeight(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll
        .prefWidthProperty()
        .bind(
            Bindings.when(content.widthProperty().lessThan(NARROW)).then(narrow).otherwise(width));
    scroll.minWidthProperty().bind(scroll.prefWidthProperty());
    scroll.maxWidthProperty().bind(scroll.prefWidthProperty());
    scroll.getStyleClass().addAll("edge-free", style);
    return scroll;
  }

  /** Keys that no menu item has; single letters only while nobody writes text. */
  private void furtherKey(KeyEvent e) {
    if (getScene().getFocusOwner() instanceof PromptArea && UNDO_KEYS.match(e)) {
      // The field's own undo would know nothing of the history.
      if (e.isShiftDown()) {
        actions.sessions().redo();
      } else {
        actions.sessions().undo();
      }
      e.consume();
      return;
    }
    boolean writing = getScene().getFocusOwner() instanceof TextInputControl;
    boolean plain = !e.isShortcutDown() && !e.isAltDown();
    if (!(plain && (writing || overlay.isVisible()))) {
      commands
          .byFurtherKey(e)
          .ifPresent(
              command -> {
                command.tryRun();
                e.consume();
              });
    }
  }

  private void dragOver(DragEvent e) {
    if (e.getDragboard().hasFiles()) {
      e.acceptTransferModes(TransferMode.COPY);
    }
    e.consume();
  }

  private void dropped(DragEvent e) {
    List<File> files = e.getDragboard().getFiles();
    if (!files.isEmpty()) {
      Path file = files.get(0).toPath();
      if (SessionFile.named(file)) {
        actions.sessions().open(file);
      } else if (PictureShelf.named(file)) {
        files.stream().map(File::toPath).filter(PictureShelf::named).forEach(pictures::take);
      } else {
        actions.open(ModelSource.of(file));
      }
    }
    e.setDropCompleted(!files.isEmpty());
    e.consume();
  }

  /** Ends what runs by itself. */
  void close() {
    status.close();
  }
}
