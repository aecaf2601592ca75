package dev.headlight.app.workbench;

import dev.headlight.analysis.model.Residency;
import dev.headlight.app.settings.Preferences;
import java.util.function.Consumer;
import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** The preferences as properties that the window binds to; the curve is the workbench's own. */
public final class Chosen {
  public final DoubleProperty textSize = new SimpleDoubleProperty(this, "textSize", 1);
  public final StringProperty device = new SimpleStringProperty(this, "device", "auto");
  public final ObjectProperty<Residency> residency =
      new SimpleObjectProperty<>(this, "residency", Residency.AUTO);
  public final DoubleProperty memoryShare = new SimpleDoubleProperty(this, "memoryShare", 1);
  public final IntegerProperty threads = new SimpleIntegerProperty(this, "threads", 0);
  public final BooleanProperty openLast = new SimpleBooleanProperty(this, "openLast");
  public final BooleanProperty hints = new SimpleBooleanProperty(this, "hints");

  private final Workbench w;

  /**
   * @param workbench whose curve of colours is one of the preferences
   */
  public Chosen(Workbench workbench) {
    this.w = workbench;
  }

  /** Takes what was remembered. */
  public void set(Preferences p) {
    w.scale.set(p.scale());
    textSize.set(p.textSize());
    device.set(p.device());
    residency.set(p.residency());
    memoryShare.set(p.memoryShare());
    threads.set(p.threads());
    openLast.set(p.openLast());
    hints.set(p.hints());
  }

  /** What is chosen now. */
  public Preferences get() {
    return new Preferences(
        w.scale.get(),
        textSize.get(),
        device.get(),
        residency.get(),
        memoryShare.get(),
        threads.get(),
        openLast.get(),
        hints.get());
  }

  /** Hears every change from now on. */
  public void whenChanged(Consumer<Preferences> changed) {
    InvalidationListener listener = o -> changed.accept(get());
    for (Observable each :
        new Observable[] {
          w.scale, textSize, device, residency, memoryShare, threads, openLast, hints
        }) {
      each.addListener(listener);
    }
  }
}
