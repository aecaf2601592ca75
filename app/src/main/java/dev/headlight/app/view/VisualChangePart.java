package dev.headlight.app.view;

import dev.headlight.app.visual.ChangeKind;
import dev.headlight.app.visual.Effect;
import dev.headlight.app.visual.LayerCurve;
import dev.headlight.app.visual.LayerSpread;
import dev.headlight.app.visual.Looked;
import dev.headlight.app.visual.VisualChange;
import dev.headlight.app.visual.VisualState;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.VBox;

/** A change of the pass: what the model says then, and with the change layer by layer. */
final class VisualChangePart extends VBox {
  private final VisualDesk desk;
  private final MenuButton kind = Ui.tool(new MenuButton());
  private final Map<ChangeKind, MenuItem> kinds = new EnumMap<>(ChangeKind.class);
  private final Button run = Ui.tool(new Button("Run"));
  private final VisualChangeFields fields;
  private final Label formula = Ui.wrap(Ui.label("", "caption"));
  private final VBox effect = new VBox(4);
  private final MenuButton spread = Ui.tool(new MenuButton());
  private final Button sweep = Ui.tool(new Button("Run"));
  private final VBox bars = new VBox(4);
  private final Label said = Ui.wrap(Ui.label("", "caption"));
  private Effect shownEffect;
  private LayerCurve shownCurve;

  VisualChangePart(VisualDesk desk) {
    super(7);
    this.desk = desk;
    getStyleClass().add("visual-changes");
    fields = new VisualChangeFields(this::choose);
    kind.setAccessibleText("What is changed");
    for (ChangeKind each : ChangeKind.values()) {
      MenuItem item =
          Menus.item(each.title(false), "", () -> choose(state().choice().change().with(each)));
      kinds.put(each, item);
      kind.getItems().add(item);
    }
    spread.setAccessibleText("In which layers, for each bar");
    for (LayerSpread each : LayerSpread.OFFERED) {
      spread
          .getItems()
          .add(Menus.item(each.title(), "", () -> state().choose(state().choice().with(each))));
    }
    run.setOnAction(e -> press(VisualDesk.Ask.EFFECT, desk::effect));
    sweep.setOnAction(e -> press(VisualDesk.Ask.BY_LAYER, desk::byLayer));
    said.setMinHeight(USE_PREF_SIZE);
    getChildren()
        .addAll(
            Ui.row(6, Ui.section("Changes"), Ui.spacer(), more()),
            Ui.row(6, kind, Ui.spacer(), run),
            fields,
            formula,
            effect,
            Ui.row(6, Ui.section("By layer"), Ui.spacer(), spread, sweep),
            bars,
            said);
    desk.whenChanged(this::update);
    update();
  }

  private MenuButton more() {
    MenuButton more = Ui.tool(new MenuButton("…"));
    more.setAccessibleText("Export or copy what changes do");
    more.getItems()
        .addAll(
            Menus.item(
                "Export as CSV …",
                "",
                () -> VisualHeader.save(desk, "changes", (e, f) -> e.changes(f), "csv")),
            Menus.item("Copy as command", "", desk.files()::copy));
    return more;
  }

  private VisualState state() {
    return desk.state();
  }

  private void choose(VisualChange change) {
    state().choose(state().choice().with(change));
  }

  private void press(VisualDesk.Ask ask, Runnable question) {
    if (desk.job(ask).isPresent()) {
      desk.cancel(ask);
    } else {
      question.run();
    }
  }

  private void update() {
    Looked looked = state().looked();
    Ui.show(this, looked != null && desk.speaks());
    if (looked == null || !desk.speaks()) {
      return;
    }
    VisualChange change = state().choice().change();
    kind.setText(change.kind().title(looked.patches()));
    kinds.forEach((each, item) -> item.setVisible(each.fits(looked)));
    kinds.get(ChangeKind.CUT).setText(ChangeKind.CUT.title(looked.patches()));
    fields.show(change);
    formula.setText(change.kind().formula() + " · " + change.kind().source());
    boolean fits = change.kind().fits(looked);
    Effect known = state().effect().orElse(null);
    button(run, VisualDesk.Ask.EFFECT, fits, known != null);
    if (!Objects.equals(known, shownEffect) || known == null) {
      shownEffect = known;
      effect(known, fits);
    }
    byLayer(change, fits);
  }

  private void button(Button button, VisualDesk.Ask ask, boolean fits, boolean known) {
    boolean asked = desk.job(ask).isPresent();
    button.setText(asked ? "Stop" : "Run");
    button.setDisable(!asked && (!fits || known));
  }

  private void effect(Effect known, boolean fits) {
    if (known != null) {
      effect.getChildren().setAll(new VisualEffectView(known));
      return;
    }
    boolean asked = desk.job(VisualDesk.Ask.EFFECT).isPresent();
    String text =
        !fits
            ? "There are no words here that it could change. Look at the language model."
            : asked ? "Being asked …" : "Run asks the model again with the change.";
    effect.getChildren().setAll(Ui.wrap(Ui.label(text, "caption")));
  }

  private void byLayer(VisualChange change, boolean fits) {
    boolean drops = change.kind() == ChangeKind.DROP;
    spread.setText(state().choice().spread().title());
    Ui.show(spread, !drops);
    LayerCurve curve = state().curve().orElse(null);
    button(sweep, VisualDesk.Ask.BY_LAYER, fits, curve != null && curve.complete());
    if (curve != null && curve.equals(shownCurve)) {
      return;
    }
    shownCurve = curve;
    Ui.show(bars, curve != null);
    bars.getChildren().clear();
    if (curve == null) {
      said.setText(
          desk.job(VisualDesk.Ask.BY_LAYER).isPresent()
              ? "Being asked, layer by layer …"
              : invitation(change, drops));
      return;
    }
    bars.getChildren().add(new LayerBars(curve));
    said.setText(says(curve));
    said.getStyleClass().remove("problem");
    if (curve.nothing()) {
      said.getStyleClass().add("problem");
    }
  }

  private static String invitation(VisualChange change, boolean drops) {
    return drops
        ? "Run drops tokens behind every layer, for several shares that stay."
        : change.kind().parameters().contains(dev.headlight.app.visual.ChangeParameter.HEADS)
            ? "Run changes all heads of one layer after the other."
            : "Run makes the change in one layer after the other.";
  }

  private static String says(LayerCurve curve) {
    if (curve.nothing()) {
      return "No effect in any layer: every number that is read is bit by bit the same.";
    }
    int best = curve.strongest();
    LayerCurve.Point p = curve.rows().get(0).points().get(best);
    String what = curve.score() ? "Score" : "P(" + curve.token() + ")";
    return "%s without it %s (line); most at layer %d: %s"
        .formatted(
            what,
            LayerBars.number(curve.before(), curve.score()),
            best,
            LayerBars.number(p.after(), curve.score()));
  }
}
