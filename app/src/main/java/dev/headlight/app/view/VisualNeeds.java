package dev.headlight.app.view;

import dev.headlight.app.view.VisualDesk.Ask;
import dev.headlight.app.visual.Looked;
import dev.headlight.app.visual.MapMode;
import dev.headlight.app.visual.VisualChoice;
import dev.headlight.app.visual.VisualState;
import dev.headlight.app.visual.VisualWork;

/** Asks by itself what the choices of the visual pane need, and what costs little. */
final class VisualNeeds {
  /** Most attention weights that are read without being asked for. */
  private static final long BY_ITSELF = 130_000_000;

  private final VisualDesk desk;

  VisualNeeds(VisualDesk desk) {
    this.desk = desk;
  }

  private VisualState state() {
    return desk.state();
  }

  /** Asks for what is missing. */
  void ask() {
    Looked looked = state().looked();
    map(looked);
    boolean small =
        (long) looked.layers() * looked.heads() * looked.length() * looked.length() <= BY_ITSELF;
    sinks(looked, small);
    if (small && !looked.text()) {
      shares(looked);
    }
    boolean vhd = small || state().choice().order() == VisualChoice.Order.VHD;
    if (vhd
        && !looked.patches()
        && state().divergence().isEmpty()
        && desk.open(Ask.VHD, "" + state().word())) {
      desk.divergence(looked);
    }
    changes(looked);
  }

  /** What the map takes. */
  private void map(Looked looked) {
    MapMode mode = state().choice().mode();
    boolean blank = mode == MapMode.MINUS_BLANK && !looked.text();
    if (blank && state().blank().isEmpty() && desk.open(Ask.BLANK, "")) {
      desk.ask(
          Ask.BLANK,
          "Look at a blank picture",
          VisualWork.blank(looked),
          a -> desk.put(looked, () -> state().blank(a)));
    }
    if (!mode.ofHeads()
        && state().followed().isEmpty()
        && desk.open(Ask.FOLLOW, state().followedKey())) {
      desk.follow(mode);
    }
  }

  private void sinks(Looked looked, boolean small) {
    boolean wanted = state().choice().mode() == MapMode.WITHOUT_SINKS;
    if (((small && !looked.text()) || wanted)
        && state().sunk().isEmpty()
        && desk.open(Ask.SINKS, "")) {
      desk.ask(
          Ask.SINKS,
          "Find visual sinks",
          VisualWork.sinks(looked),
          a -> desk.put(looked, () -> state().sunk(a)));
    }
  }

  private void shares(Looked looked) {
    if (state().shares().isEmpty() && desk.open(Ask.SHARES, "")) {
      desk.ask(
          Ask.SHARES,
          "Shares of attention",
          VisualWork.shares(looked),
          a -> desk.put(looked, () -> state().shares(a)));
    }
    if (looked.patches() && state().distances().isEmpty() && desk.open(Ask.DISTANCES, "")) {
      desk.ask(
          Ask.DISTANCES,
          "Distances in the picture",
          VisualWork.distances(looked),
          a -> desk.put(looked, () -> state().distances(a)));
    }
  }

  private void changes(Looked looked) {
    boolean fits = state().choice().change().kind().fits(looked);
    if (desk.facts().parameters() > VisualDesk.LIGHT || !desk.speaks() || !fits) {
      return;
    }
    if (state().effect().isEmpty() && desk.open(Ask.EFFECT, state().effectKey())) {
      desk.effect();
    }
    if (state().curve().isEmpty() && desk.open(Ask.BY_LAYER, state().curveKey())) {
      desk.byLayer();
    }
  }
}
