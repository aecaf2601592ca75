package dev.headlight.app.view;

import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.job.JobRunner;
import dev.headlight.app.job.LatestOnly;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.Theme;
import java.io.File;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.DragEvent;
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
  private static final double DIVIDER = 0.37;

  private final Workbench w;
  private final Actions actions;
  private final StatusBar status;

  /**
   * @param models runs questions to the model
   * @param painters paints pictures
   */
  WorkbenchWindow(
      Workbench workbench,
      Actions actions,
      JobRunner models,
      JobRunner painters,
      ModelChoices choices) {
    this.w = workbench;
    this.actions = actions;
    FxFonts.load();
    LatestOnly painter = new LatestOnly(painters);
    HeadPane head = new HeadPane(w, painter, actions);
    PromptEditor prompt = new PromptEditor(w);
    this.status = new StatusBar(w, models);
    BorderPane panes = new BorderPane(centre(new HeadsPane(w, painter), head));
    panes.setTop(new VBox(new MainMenu(w, actions, head, prompt, choices), new NoticeBar(w)));
    panes.setLeft(left(prompt));
    panes.setRight(side(new InspectorPane(w, actions), RIGHT, "right"));
    panes.setBottom(status);
    getStyleClass().add("workbench");
    getChildren().add(panes);
    addEventFilter(KeyEvent.KEY_PRESSED, this::letter);
    setOnDragOver(this::dragOver);
    setOnDragDropped(this::dropped);
  }

  /** A scene of this window that follows the theme. */
  Scene scene(double width, double height) {
    Scene scene = new Scene(this, width, height);
    w.theme.addListener((o, old, now) -> Themes.apply(scene, now));
    Themes.apply(scene, w.theme.get());
    return scene;
  }

  private Node left(PromptEditor prompt) {
    VBox box = new VBox(16, new ModelCard(w), prompt, new NextTokensView(w));
    box.getStyleClass().add("side");
    return side(box, LEFT, "left");
  }

  private static Node side(Region content, double width, String style) {
    ScrollPane scroll = new ScrollPane(content);
    scroll.setFitToWidth(true);
    scroll.setFitToHeight(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.setMinWidth(width);
    scroll.setPrefWidth(width);
    scroll.setMaxWidth(width);
    scroll.getStyleClass().addAll("edge-free", style);
    return scroll;
  }

  private static Parent centre(HeadsPane heads, HeadPane head) {
    SplitPane split = new SplitPane(heads, head);
    split.setDividerPositions(DIVIDER);
    SplitPane.setResizableWithParent(heads, false);
    Tab tab = new Tab("Heads", split);
    tab.setClosable(false);
    return new TabPane(tab);
  }

  /** Single letters switch what is drawn, but only while nobody writes text. */
  private void letter(KeyEvent e) {
    boolean writing = getScene().getFocusOwner() instanceof TextInputControl;
    if (writing || e.isShortcutDown() || e.isAltDown()) {
      return;
    }
    switch (e.getCode()) {
      case S -> flip(w.hideSink);
      case L -> flip(w.lines);
      case M -> flip(w.fitLimits);
      case T -> w.theme.set(w.theme.get() == Theme.DARK ? Theme.LIGHT : Theme.DARK);
      default -> {
        return;
      }
    }
    e.consume();
  }

  private static void flip(BooleanProperty property) {
    property.set(!property.get());
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
      actions.open(ModelSource.of(files.get(0).toPath()));
    }
    e.setDropCompleted(!files.isEmpty());
    e.consume();
  }

  /** Ends what runs by itself. */
  void close() {
    status.close();
  }
}
