package dev.headlight.app.view;

import dev.headlight.analysis.sinks.SinkRequest;
import dev.headlight.app.workbench.SinkNumbers;
import dev.headlight.app.workbench.SinkState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Rates of sinks in a row, with what they depend on. */
final class SinkFigures extends FlowPane {
  private static final double SLIDER = 170;
  private static final double VALUE = 30;
  private static final double WIDEST = 380;

  /** Below this a slider stands under its name. */
  private static final double NARROW = 350;

  private static final double STEP = 0.01;

  private final SinkState state;
  private final List<Rate> rates = new ArrayList<>();
  private final GridPane settings = new GridPane();
  private final List<Setting> lines = new ArrayList<>();
  private final Slider epsilon = new Slider(STEP, 1 - STEP, 0.3);
  private final Slider length = new Slider(SinkRequest.LEAST_LENGTH, 64, 64);
  private final Label caption = SinkSection.caption("");

  SinkFigures(SinkState state) {
    super(28, 10);
    this.state = state;
    getStyleClass().add("sink-figures");
    settings.setHgap(8);
    settings.setVgap(4);
    slider("ε, share that counts as a sink", epsilon, "%.2f");
    slider("T, tokens that count", length, "%.0f");
    arrange(false);
    widthProperty().addListener((o, old, now) -> arrange(now.doubleValue() < NARROW));
    settings.prefWidthProperty().bind(widthProperty().map(w -> Math.min(WIDEST, w.doubleValue())));
    getChildren().add(settings);
    setMinWidth(0);
    epsilon.setValue(state.epsilon.get());
    epsilon.valueProperty().addListener((o, old, now) -> state.epsilon.set(rounded(now)));
    epsilon.setBlockIncrement(STEP);
    length.setBlockIncrement(1);
    length.valueProperty().addListener((o, old, now) -> lengthMoved(now.intValue()));
    state.numbers().addListener((o, old, now) -> show(now));
    show(state.numbers().get());
  }

  private static double rounded(Number value) {
    return Math.round(value.doubleValue() * 100) / 100.0;
  }

  private void slider(String name, Slider slider, String format) {
    slider.setPrefWidth(SLIDER);
    slider.setMinWidth(VALUE);
    slider.setMaxWidth(Double.MAX_VALUE);
    slider.setAccessibleText(name);
    Label title = Ui.label(name, "caption");
    title.setMinWidth(Region.USE_PREF_SIZE);
    Label value = Ui.label("", "caption", "sink-setting");
    value.setMinWidth(VALUE);
    value
        .textProperty()
        .bind(slider.valueProperty().map(v -> String.format(Locale.ROOT, format, v.doubleValue())));
    lines.add(new Setting(title, value, slider));
  }

  /** A slider with its name and value. */
  private record Setting(Label title, Label value, Slider slider) {}

  /** Puts each slider beside its name, or below it. */
  private void arrange(boolean below) {
    boolean done = below ? settings.getRowCount() == 5 : settings.getRowCount() == 3;
    if (done) {
      return;
    }
    settings.getChildren().clear();
    ColumnConstraints grows = new ColumnConstraints();
    grows.setHgrow(Priority.ALWAYS);
    ColumnConstraints plain = new ColumnConstraints();
    settings
        .getColumnConstraints()
        .setAll(below ? List.of(grows, plain, plain) : List.of(plain, plain, grows));
    int row = 0;
    for (Setting line : lines) {
      settings.add(line.title(), 0, row);
      settings.add(line.value(), 1, row);
      row += below ? 1 : 0;
      settings.add(line.slider(), below ? 0 : 2, row, below ? 3 : 1, 1);
      row++;
    }
    settings.add(caption, 0, row, 3, 1);
  }

  private void lengthMoved(int tokens) {
    if (!length.isDisabled()) {
      state.length.set(tokens);
    }
  }

  private void show(SinkNumbers now) {
    setVisible(now != null);
    if (now == null) {
      return;
    }
    // The sliders stay where they are: one of them is being dragged.
    while (rates.size() < now.figures().size()) {
      rates.add(new Rate());
      getChildren().add(rates.size() - 1, rates.get(rates.size() - 1));
    }
    for (int i = 0; i < rates.size(); i++) {
      rates.get(i).show(now.figures().get(i));
    }
    int longest = now.measured().ofTexts().longest();
    boolean cut = now.measured().model().spec().causal() && longest > SinkRequest.LEAST_LENGTH;
    length.setDisable(!cut);
    length.setMax(Math.max(longest, SinkRequest.LEAST_LENGTH + 1));
    if (cut) {
      length.setValue(state.length.get());
    }
    caption.setText(now.caption());
  }

  /** A rate under its name. */
  private static final class Rate extends VBox {
    private final Label name = Ui.label("", "caption");
    private final Label value = Ui.label("", "sink-rate");
    private final Tooltip about = SinkSection.tip(this, "");

    Rate() {
      super(2);
      for (Label label : new Label[] {name, value}) {
        label.setMinWidth(USE_PREF_SIZE);
        getChildren().add(label);
      }
    }

    void show(SinkNumbers.Figure figure) {
      name.setText(figure.name());
      value.setText(figure.value());
      about.setText(figure.about());
      setAccessibleText(figure.name() + " " + figure.value());
      if (figure.nothing() && !value.getStyleClass().contains("dim")) {
        value.getStyleClass().add("dim");
      }
    }
  }

  /** The slider of ε. */
  Slider epsilon() {
    return epsilon;
  }
}
