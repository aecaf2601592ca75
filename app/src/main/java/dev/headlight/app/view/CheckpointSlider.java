package dev.headlight.app.view;

import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.samples.SampleVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;

/**
 * At which checkpoint of its training a model is shown: the thumb goes from one to the next, the
 * ticks stand by the logarithm of the step. Not there for models with one checkpoint only.
 */
final class CheckpointSlider extends VBox {
  /** Distance of the last two, which would else be too near to be told apart: a doubling. */
  private static final double DOUBLING = Math.log10(2);

  private final Workbench w;
  private final Actions actions;
  private final Slider slider = new Slider();
  private final Label value = Ui.figure("");
  private final StepTicks ticks = new StepTicks(slider);
  private List<SampleVersion> versions = List.of();
  private List<Double> places = List.of();
  private boolean following;

  CheckpointSlider(Workbench workbench, Actions actions) {
    super(3);
    this.w = workbench;
    this.actions = actions;
    getStyleClass().add("checkpoints");
    Label name = Ui.label("Training step", "dim");
    name.setLabelFor(slider);
    slider.setAccessibleText("Training step");
    slider.setTooltip(new Tooltip("Opens that checkpoint; prompt, panes and selection stay"));
    slider.valueProperty().addListener(o -> moved());
    slider.valueChangingProperty().addListener(o -> moved());
    slider.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    getChildren().addAll(Ui.row(8, name, Ui.spacer(), value), slider, ticks);
    w.model.addListener(o -> follow());
    follow();
  }

  /** Shows what is open. */
  private void follow() {
    ModelFacts model = w.model.get();
    List<SampleVersion> now = model == null ? List.of() : model.source().training();
    Ui.show(this, !now.isEmpty());
    if (now.isEmpty() || slider.isValueChanging()) {
      return;
    }
    following = true;
    if (!now.equals(versions)) {
      versions = now;
      places = places(now);
      slider.setMax(places.get(places.size() - 1));
      ticks.show(now.stream().map(SampleVersion::label).toList(), places);
    }
    model
        .source()
        .version()
        .ifPresent(
            version -> {
              slider.setValue(places.get(versions.indexOf(version)));
              value.setText(words(version));
            });
    following = false;
  }

  private static String words(SampleVersion version) {
    String trained = String.format(Locale.ROOT, "%,d", version.trained());
    return version.step().isEmpty() ? trained + ", final" : trained;
  }

  /** Where the thumb stands for each checkpoint, from 0. */
  static List<Double> places(List<SampleVersion> versions) {
    List<Double> places = new ArrayList<>();
    double first = Math.log10(versions.get(0).trained());
    for (SampleVersion version : versions) {
      double place = Math.log10(version.trained()) - first;
      int last = places.size() - 1;
      places.add(last < 0 ? place : Math.max(place, places.get(last) + DOUBLING));
    }
    return places;
  }

  /** The checkpoint that is nearest to a place. */
  static int nearest(List<Double> places, double place) {
    int nearest = 0;
    for (int i = 1; i < places.size(); i++) {
      boolean nearer = Math.abs(places.get(i) - place) < Math.abs(places.get(nearest) - place);
      nearest = nearer ? i : nearest;
    }
    return nearest;
  }

  private void moved() {
    if (following || versions.isEmpty()) {
      return;
    }
    int to = nearest(places, slider.getValue());
    following = true;
    if (!slider.isValueChanging()) {
      slider.setValue(places.get(to));
    }
    following = false;
    String words = words(versions.get(to));
    if (!words.equals(value.getText())) {
      value.setText(words);
      actions.openCheckpoint(versions.get(to), this::follow);
    }
  }

  private void key(KeyEvent e) {
    int at = nearest(places, slider.getValue());
    int to =
        switch (e.getCode()) {
          case LEFT, DOWN, KP_LEFT, KP_DOWN -> at - 1;
          case RIGHT, UP, KP_RIGHT, KP_UP -> at + 1;
          case HOME -> 0;
          case END -> places.size() - 1;
          default -> -2;
        };
    if (to == -2 || e.isAltDown() || e.isShortcutDown()) {
      return;
    }
    slider.setValue(places.get(Math.max(0, Math.min(places.size() - 1, to))));
    e.consume();
  }

  /** The control that is moved. */
  Slider slider() {
    return slider;
  }
}
