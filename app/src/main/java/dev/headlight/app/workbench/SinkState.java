package dev.headlight.app.workbench;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.sinks.HeadEffects;
import dev.headlight.analysis.sinks.SinkInterventions;
import dev.headlight.analysis.sinks.SinkRates;
import dev.headlight.analysis.sinks.SinkRequest;
import dev.headlight.app.engine.SinkMeasured;
import dev.headlight.app.engine.SinkTexts;
import dev.headlight.app.engine.SinkTuning;
import javafx.beans.InvalidationListener;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;

/** What the pane of sinks shows: settings, answers, and the numbers that follow from both. */
public final class SinkState {
  /** Which heads are changed together. */
  public enum Scope {
    HEAD("This head"),
    LAYER("This layer"),
    ALL("All heads");

    private final String title;

    Scope(String title) {
      this.title = title;
    }

    /** For people. */
    public String title() {
      return title;
    }

    /** The heads that are meant. */
    public HeadSet heads(Head selected) {
      return switch (this) {
        case HEAD -> HeadSet.of(selected);
        case LAYER -> HeadSet.parse("L" + selected.layer() + "H*");
        case ALL -> HeadSet.parse("L*H*");
      };
    }
  }

  // Properties are public fields, as in the workbench.

  /** ε. */
  public final DoubleProperty epsilon =
      new SimpleDoubleProperty(this, "epsilon", SinkRates.EPSILON);

  /** T; 0 for whole texts. */
  public final IntegerProperty length = new SimpleIntegerProperty(this, "length");

  /** k. */
  public final IntegerProperty key = new SimpleIntegerProperty(this, "key");

  /** θ of later sinks. */
  public final DoubleProperty theta =
      new SimpleDoubleProperty(this, "theta", SinkInterventions.THETA);

  /** ACT's β, what a calibrated sink keeps. */
  public final DoubleProperty beta =
      new SimpleDoubleProperty(this, "beta", SinkTuning.Settings.STANDARD.beta());

  /** Temperature of a query. */
  public final DoubleProperty temperature =
      new SimpleDoubleProperty(this, "temperature", SinkTuning.Settings.STANDARD.temperature());

  /** Whether the selected query has that temperature, else the last one. */
  public final BooleanProperty selectedQuery = new SimpleBooleanProperty(this, "selectedQuery");

  /** ZeroTuning's γ. */
  public final DoubleProperty gamma =
      new SimpleDoubleProperty(this, "gamma", SinkTuning.Settings.STANDARD.gamma());

  /** What the rate is to be measured on. */
  public final ObjectProperty<SinkTexts> texts =
      new SimpleObjectProperty<>(this, "texts", SinkTexts.PROMPT);

  public final ObjectProperty<Scope> scope = new SimpleObjectProperty<>(this, "scope", Scope.ALL);

  /** What passes left; null until they were made. */
  public final ObjectProperty<SinkMeasured> measured = new SimpleObjectProperty<>(this, "measured");

  /** Loss over γ; null until it was asked for. */
  public final ObjectProperty<SinkTuning.Curve> curve = new SimpleObjectProperty<>(this, "curve");

  /** Heads that were turned one by one; null until that was asked for. */
  public final ObjectProperty<HeadEffects> heads = new SimpleObjectProperty<>(this, "heads");

  /** What the last change did; null for none. */
  public final ObjectProperty<SinkTuning.Effect> effect =
      new SimpleObjectProperty<>(this, "effect");

  private final ReadOnlyObjectWrapper<SinkNumbers> numbers =
      new ReadOnlyObjectWrapper<>(this, "numbers");

  /** Nothing is measured yet. */
  public SinkState() {
    InvalidationListener answer = o -> answer();
    epsilon.addListener(answer);
    length.addListener(answer);
    key.addListener(answer);
    measured.addListener((o, old, now) -> measuredAnew(old, now));
  }

  /**
   * How much a change changes.
   *
   * @param query that is selected
   */
  public SinkTuning.Settings settings(int query) {
    return new SinkTuning.Settings(
        theta.get(), beta.get(), temperature.get(), selectedQuery.get() ? query : -1, gamma.get());
  }

  /** The rates at the present settings; null while nothing is measured. */
  public ReadOnlyObjectProperty<SinkNumbers> numbers() {
    return numbers.getReadOnlyProperty();
  }

  /** Whether what is shown is of another prompt or other texts than those that are chosen. */
  public boolean stale(Workbench w) {
    SinkMeasured now = measured.get();
    return now != null
        && (!now.texts().equals(texts.get())
            || (w.tokens.get() != null && !now.prompt().equals(w.tokens.get()))
            || (w.read.get() != null && !now.read().pictures().equals(w.read.get().pictures())));
  }

  private void measuredAnew(SinkMeasured old, SinkMeasured now) {
    curve.set(null);
    heads.set(null);
    effect.set(null);
    numbers.set(null);
    if (now != null) {
      length.set(now.model().spec().causal() ? fitting(old, now) : 0);
      answer();
    }
  }

  /** The T that was chosen while it fits, else the paper's or what there is. */
  private int fitting(SinkMeasured old, SinkMeasured now) {
    int longest = now.ofTexts().longest();
    int wanted = old == null || length.get() == 0 ? SinkRates.LENGTH : length.get();
    return Math.max(SinkRequest.LEAST_LENGTH, Math.min(wanted, longest));
  }

  private void answer() {
    SinkMeasured now = measured.get();
    numbers.set(
        now == null
            ? null
            : SinkNumbers.of(
                now,
                epsilon.get(),
                length.get() == 0 ? 0 : Math.min(length.get(), now.ofTexts().longest()),
                key.get()));
  }
}
