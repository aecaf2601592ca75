package dev.headlight.app.view;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.roles.TokenRule;
import dev.headlight.app.engine.RunSnapshot;
import dev.headlight.app.workbench.RolesView;
import dev.headlight.app.workbench.Workbench;
import java.util.List;
import javafx.beans.property.StringProperty;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Where heads are looked for: by a rule from tokens to tokens, or by a drawing. */
final class RoleFinder extends FlowPane {
  private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

  private static final double VERBS = 150;
  private static final double NARROW = 240;

  private final PaneContext context;
  private final Workbench w;
  private final RolesView view;
  private final Label said = Ui.label("", "caption");
  private final Label problem = Ui.label("", "problem");
  private final TextField query;
  private final TextField key;
  private final Button byRule = Ui.tool(new Button("Find by rule"));
  private final Button byDrawing = Ui.tool(new Button("Find by drawing"));
  private List<String> texts = List.of();

  RoleFinder(PaneContext context, RolesView view, RoleMeasuring work) {
    super(24, 12);
    this.context = context;
    this.w = context.workbench();
    this.view = view;
    getStyleClass().add("find-bar");
    query = field(view.query, "Query tokens: a regular expression", "Query tokens");
    key = field(view.key, "Key tokens: a regular expression", "Key tokens");
    for (Label label : new Label[] {said, problem}) {
      label.setWrapText(true);
      label.setMinHeight(Region.USE_PREF_SIZE);
    }
    byRule.setOnAction(e -> work.rule());
    byDrawing.setOnAction(e -> work.drawing());
    query.setOnAction(e -> byRule.fire());
    key.setOnAction(e -> byRule.fire());
    PatternPad pad = new PatternPad(w, view);
    Button clear = Ui.tool(new Button("Clear"));
    clear.setOnAction(e -> view.pattern.set(""));
    VBox left = new VBox(6, Ui.section("By a rule"), query, key, byRule, said, problem);
    VBox verbs = new VBox(6, Ui.section("By a drawing"), note(), byDrawing, clear);
    verbs.setAlignment(Pos.TOP_LEFT);
    verbs.setPrefWidth(VERBS);
    FlowPane drawing = new FlowPane(12, 8, verbs, pad);
    drawing.setPrefWrapLength(VERBS + 12 + pad.prefWidth(-1));
    left.prefWidthProperty().bind(widthProperty().map(width -> rule(width.doubleValue(), drawing)));
    getChildren().addAll(left, drawing);
    w.run.addListener(o -> read());
    view.finding.addListener(o -> read());
    view.query.addListener(o -> check());
    view.key.addListener(o -> check());
    view.pattern.addListener(o -> byDrawing.setDisable(!view.pattern.get().contains("#")));
    byDrawing.setDisable(!view.pattern.get().contains("#"));
    read();
  }

  /** Width of the rule: what the drawing beside it leaves, or all of it where that is narrow. */
  private double rule(double width, FlowPane drawing) {
    double inside = width - getInsets().getLeft() - getInsets().getRight();
    double rest = inside - getHgap() - drawing.getPrefWrapLength() - 1;
    return Math.max(0, rest >= NARROW ? rest : inside);
  }

  private static Label note() {
    Label note =
        Ui.label(
            "Mark cells of the small map: rows query, columns key, stretched over the prompt. Below"
                + " lies the selected head.",
            "caption");
    note.setWrapText(true);
    note.setMinHeight(Region.USE_PREF_SIZE);
    return note;
  }

  private static TextField field(StringProperty text, String prompt, String name) {
    TextField field = new TextField();
    field.getStyleClass().add("compare-field");
    field.setPromptText(prompt);
    field.setAccessibleText(name);
    field.setMinWidth(60);
    field.setTooltip(
        new Tooltip(
            """
            A regular expression of Java, found anywhere in the token's text, its space in front included.
            Mary|John   either;   ^ [A-Z]   a capital after a space;   [.,]   a point or comma"""));
    field.textProperty().bindBidirectional(text);
    return field;
  }

  /** Asks for the texts of the tokens, so that matches can be counted while one types. */
  private void read() {
    RunSnapshot run = w.run.get();
    texts = List.of();
    if (run != null && view.finding.get()) {
      context.ask(
          this,
          "Texts of the tokens",
          (host, p) -> host.tokenTexts(run.tokens()),
          read -> {
            texts = read;
            check();
          });
    }
    check();
  }

  private void check() {
    String wrong = wrong(query, view.query.get());
    String alsoWrong = wrong(key, view.key.get());
    problem.setText(wrong.isEmpty() ? alsoWrong : wrong);
    Ui.show(problem, !problem.getText().isEmpty());
    boolean both = !view.query.get().isEmpty() && !view.key.get().isEmpty();
    boolean right = problem.getText().isEmpty();
    byRule.setDisable(!both || !right);
    said.setText(right ? counted(both) : "");
  }

  private String counted(boolean both) {
    if (!both || texts.isEmpty()) {
      return "Heads are scored by the mean attention of matching queries to matching keys that they"
          + " see, beside what uniform attention would give.";
    }
    return "On this prompt %s and %s match."
        .formatted(
            count(view.query.get(), "query", "queries"), count(view.key.get(), "key", "keys"));
  }

  private String count(String expression, String one, String many) {
    int count = TokenRule.matches(expression, texts).cardinality();
    return count + " " + (count == 1 ? one : many);
  }

  private static String wrong(TextField field, String text) {
    String problem = "";
    try {
      TokenRule.parse(text);
    } catch (HeadlightException e) {
      problem = Ui.sentence(e.getMessage());
    }
    field.pseudoClassStateChanged(WRONG, !problem.isEmpty());
    return problem;
  }
}
