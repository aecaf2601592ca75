package dev.headlight.app.view;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.app.workbench.Comparison;
import dev.headlight.app.workbench.Comparison.Kind;
import dev.headlight.app.workbench.Workbench;
import javafx.beans.InvalidationListener;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Two maps and their difference: two heads, two prompts, or a pass before and after changes. */
final class ComparePane extends VBox implements Zoomable {
  /** Narrower, the head's name gives way; the plots say it too. */
  private static final double ROOMY = 380;

  private final Workbench w;
  private final Comparison comparison;
  private final ComparePlots plots;
  private final StackPane body = new StackPane();
  private final TextField head = new TextField();
  private final Button copy = Ui.tool(new Button("Copy as command"));
  private final TextField changes = field("Changes, such as zero:L1H3; scale:L0H2=0.5");

  ComparePane(PaneContext context) {
    copy.setTooltip(new Tooltip("Copy the command line that compares the two passes"));
    copy.setOnAction(e -> context.actions().copies().changes(changes.getText()));
    this.w = context.workbench();
    this.comparison = context.comparison();
    this.plots = new ComparePlots(w, comparison, context.painter());
    getStyleClass().add("pane");
    PaneBody frame = new PaneBody(context, body);
    VBox.setVgrow(frame, Priority.ALWAYS);
    getChildren().addAll(header(), inputs(), problem(), frame);
    InvalidationListener update = o -> update();
    comparison.maps.addListener(update);
    comparison.busy.addListener(update);
    comparison.problem.addListener(update);
    comparison.kind.addListener(update);
    w.head.addListener(update);
    update();
  }

  private Node header() {
    Label title = Ui.label("Compare", "pane-title");
    title.setMinWidth(Region.USE_PREF_SIZE);
    Label of = Ui.bound(w.head.map(Head::toString).orElse(""), "chip");
    of.visibleProperty().bind(widthProperty().greaterThan(ROOMY));
    of.managedProperty().bind(of.visibleProperty());
    HBox kinds = Ui.row(6);
    for (Kind kind : Kind.values()) {
      ToggleButton button = Ui.tool(new ToggleButton(kind.title()));
      button.setSelected(comparison.kind.get() == kind);
      button.setOnAction(
          e -> {
            comparison.kind.set(kind);
            button.setSelected(true);
          });
      comparison.kind.addListener((o, old, now) -> button.setSelected(now == kind));
      kinds.getChildren().add(button);
    }
    return Ui.row(8, title, of, Ui.spacer(), kinds);
  }

  private Node inputs() {
    head.getStyleClass().add("compare-field");
    head.setPrefColumnCount(8);
    head.setAccessibleText("Head B, such as L5H3");
    head.setOnAction(e -> chooseHead());
    comparison.headB.addListener((o, old, now) -> showHead());
    showHead();
    TextField prompt = field("The other prompt");
    prompt.textProperty().bindBidirectional(comparison.promptB);
    changes.textProperty().bindBidirectional(comparison.changes);
    StackPane stack =
        new StackPane(
            row(Kind.HEADS, "B is head", head),
            row(Kind.PROMPTS, "B is the prompt", prompt),
            row(Kind.RUNS, "B is the pass with", changes, copy));
    stack.setMinHeight(Region.USE_PREF_SIZE);
    return stack;
  }

  private static TextField field(String hint) {
    TextField field = new TextField();
    field.setPromptText(hint);
    field.setAccessibleText(hint);
    field.getStyleClass().add("compare-field");
    HBox.setHgrow(field, Priority.ALWAYS);
    return field;
  }

  private Node row(Kind kind, String name, TextField field, Node... more) {
    Label label = Ui.label(name, "dim");
    label.setMinWidth(Region.USE_PREF_SIZE);
    label.setLabelFor(field);
    HBox row = Ui.row(8, label, field);
    row.getChildren().addAll(more);
    row.visibleProperty().bind(comparison.kind.isEqualTo(kind));
    return row;
  }

  private Node problem() {
    Label problem = Ui.bound(comparison.problem.map(Ui::sentence), "problem");
    problem.setWrapText(true);
    problem.setMinHeight(Region.USE_PREF_SIZE);
    problem.managedProperty().bind(Bindings.isNotEmpty(comparison.problem));
    problem.visibleProperty().bind(problem.managedProperty());
    return problem;
  }

  private void showHead() {
    Head b = comparison.headB.get();
    head.setText(b == null ? "" : b.toString());
  }

  private void chooseHead() {
    try {
      Head chosen = Head.parse(head.getText());
      if (w.model.get() != null) {
        HeadSet.of(chosen).resolve(w.model.get().spec());
        comparison.problem.set("");
        comparison.headB.set(chosen);
      }
    } catch (HeadlightException e) {
      comparison.problem.set(e.getMessage());
    }
  }

  private void update() {
    Node now = comparison.maps.get() != null ? plots : message();
    if (!body.getChildren().contains(now) || body.getChildren().size() != 1) {
      body.getChildren().setAll(now);
    }
  }

  private Node message() {
    if (!comparison.busy.get().isEmpty()) {
      return PaneMessage.busy(comparison.busy.get());
    }
    if (!comparison.problem.get().isEmpty()) {
      return PaneMessage.empty("Nothing to compare yet", "Put right what is said above.");
    }
    return switch (comparison.kind.get()) {
      case HEADS -> PaneMessage.empty("", "Choose another head above.");
      case PROMPTS ->
          PaneMessage.empty(
              "Compare with another prompt",
              "Type it above. Tokens that both have in common stand in one column, others leave"
                  + " gaps.");
      case RUNS ->
          PaneMessage.empty(
              "Compare with a changed pass",
              "Type changes above: zero, mean, uniform or scale of heads; several are separated"
                  + " by semicolons.",
              PaneMessage.verb("Zero " + w.head.get(), this::zero));
    };
  }

  private void zero() {
    comparison.changes.set("zero:" + w.head.get());
    changes.requestFocus();
  }

  /** The inputs, for tests and pictures. */
  Comparison comparison() {
    return comparison;
  }

  @Override
  public void zoom(double factor) {
    plots.zoom(factor);
  }

  @Override
  public void fit() {
    plots.fit();
  }

  @Override
  public void requestFocus() {
    plots.requestFocus();
    if (!plots.isFocused()) {
      super.requestFocus(); // It is not in sight yet.
    }
  }
}
