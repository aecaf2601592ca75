package dev.headlight.app.view;

import dev.headlight.app.retrieval.ReadAnswer;
import dev.headlight.app.retrieval.RetrievalState;
import dev.headlight.renderer.Palette;
import dev.headlight.renderer.Ticks;
import java.util.Locale;
import javafx.geometry.Insets;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Background;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.CornerRadii;
import javafx.scene.layout.FlowPane;
import javafx.scene.paint.Color;

/** Where the answer was read from: the text around the needle, shaded by a head's attention. */
final class RetrievalReading extends RetrievalPart {
  private static final int AROUND = 40;
  private static final CornerRadii ROUND = new CornerRadii(3);

  private final RetrievalDesk desk;
  private final Label of = Ui.label("", "chip");
  private final FlowPane answer = new FlowPane(3, 3);
  private final FlowPane text = new FlowPane(2, 3);
  private final ScrollPane scroll = new ScrollPane(text);
  private ReadAnswer shown;
  private int step = ReadAnswer.MEAN;
  private String said = "";

  RetrievalReading(RetrievalDesk desk) {
    this(desk, Ui.label("", "chip"));
  }

  private RetrievalReading(RetrievalDesk desk, Label head) {
    super("Where the answer was read", head);
    this.desk = desk;
    getStyleClass().add("retrieval-reading");
    scroll.getStyleClass().add("edge-free");
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    head.textProperty().bind(of.textProperty());
    tools(answer);
    desk.workbench().head.addListener(o -> desk.read());
    desk.workbench().theme.addListener(o -> draw());
    desk.whenChanged(this::update);
    update();
  }

  private void update() {
    RetrievalState state = desk.state();
    if (state == null) {
      return;
    }
    ReadAnswer now = desk.reading();
    Ui.show(answer, now != null);
    if (now == null) {
      shown = null;
      of.setText("");
      boolean busy = desk.job(RetrievalDesk.Ask.READING).isPresent();
      say(busy ? "Reading …" : "Comes with the probe: the text around the needle, shaded.");
      caption("", "");
    } else if (!now.equals(shown)) {
      shown = now;
      step = ReadAnswer.MEAN;
      said = "";
      draw();
      show(scroll);
    }
  }

  private void say(String what) {
    if (!what.equals(said)) {
      said = what;
      show(PaneMessage.empty("", what));
    }
  }

  private void draw() {
    if (shown == null) {
      return;
    }
    of.setText(shown.head().toString());
    answer.getChildren().setAll(token("mean", ReadAnswer.MEAN));
    for (int s = 0; s < shown.answer().size(); s++) {
      answer.getChildren().add(token(shown.answer().get(s), s));
    }
    shade();
  }

  private ToggleButton token(String name, int of) {
    ToggleButton button = new ToggleButton(name);
    button.getStyleClass().addAll("token", "answer-token");
    button.setSelected(of == step);
    button.setAccessibleText(
        of == ReadAnswer.MEAN ? "Mean over the answer" : "While writing " + name);
    button.setOnAction(
        e -> {
          step = of;
          draw();
        });
    return button;
  }

  private void shade() {
    double[] weights = shown.shown(step);
    int from = shown.from(AROUND);
    int to = shown.to(AROUND);
    double most = 0;
    double inside = 0;
    for (int i = from; i < to; i++) {
      most = Math.max(most, weights[i]);
      inside += weights[i];
    }
    text.getChildren().clear();
    for (int i = from; i < to; i++) {
      text.getChildren().add(word(i, weights[i], most));
    }
    caption(
        "%s · weight on the needle (underlined) %s, in this excerpt %s of 1. Colours up to %s."
            .formatted(
                desk.example() == null ? "" : desk.state().findings().place(desk.example()),
                Ticks.format(shown.onNeedle(step)),
                Ticks.format(inside),
                Ticks.format(most)),
        "Attention of the queries whose outputs are the tokens of the answer, over the prompt"
            + " (Wu et al. 2024).");
  }

  private Label word(int position, double weight, double most) {
    Label label = Ui.label(shown.prompt().get(position), "token");
    if (most > 0 && weight > 0.02 * most) {
      Palette palette = Palette.sequential(desk.workbench().theme.get());
      Color colour = Colours.of(palette.map().argb(weight / most));
      label.setBackground(new Background(new BackgroundFill(colour, ROUND, Insets.EMPTY)));
      double light = 0.3 * colour.getRed() + 0.59 * colour.getGreen() + 0.11 * colour.getBlue();
      label.setStyle("-fx-text-fill: " + (light > 0.5 ? "#1a1a1a" : "#f2f2f2") + ";");
    }
    label.setPadding(new Insets(0, 2, 0, 2));
    label.setUnderline(shown.needle(position));
    label.setTooltip(
        new Tooltip(String.format(Locale.ROOT, "position %d: %.4f", position, weight)));
    return label;
  }
}
