package dev.headlight.app.view;

import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.retrieval.Masking;
import dev.headlight.app.retrieval.CurveFindings;
import dev.headlight.app.retrieval.RetrievalExports;
import dev.headlight.app.retrieval.RetrievalFigures;
import dev.headlight.app.retrieval.RetrievalState;
import dev.headlight.app.view.RetrievalDesk.Ask;
import javafx.scene.control.Button;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;

/** How answers fade without the first heads, and how they do not without others. */
final class RetrievalCurve extends RetrievalPart {
  private static final String SOURCE =
      "Wu et al. 2024, needle_in_haystack_with_mask.py. Zero: the head adds nothing. Uniform: it attends evenly. Decoding"
          + " only: from the last token of the prompt on; else in the whole pass. Random heads are"
          + " drawn from outside of the largest set.";

  private final RetrievalDesk desk;
  private final PlotView plot;
  private final ToggleButton zero = Ui.tool(new ToggleButton("Zero"));
  private final ToggleButton uniform = Ui.tool(new ToggleButton("Uniform"));
  private final ToggleButton decoding = Ui.tool(new ToggleButton("Decoding only"));
  private final Button run;
  private final MenuButton more;
  private Object shown;
  private PaneMessage message;
  private String said = "";

  RetrievalCurve(RetrievalDesk desk, RetrievalFiles files) {
    this(desk, files, Ui.tool(new Button("Run")), new MenuButton("…"));
  }

  private RetrievalCurve(RetrievalDesk desk, RetrievalFiles files, Button run, MenuButton more) {
    super("Masking curve", run, Ui.tool(more));
    this.desk = desk;
    this.plot = new PlotView(desk.context().painter(), desk.workbench().theme);
    this.run = run;
    this.more = more;
    getStyleClass().add("retrieval-curve");
    zero.setOnAction(e -> mask(Masking.Mode.ZERO, desk.state().when()));
    uniform.setOnAction(e -> mask(Masking.Mode.UNIFORM, desk.state().when()));
    decoding.setTooltip(new Tooltip("Mask from the last token of the prompt on, not before"));
    decoding.setOnAction(
        e ->
            mask(
                desk.state().mode(),
                decoding.isSelected() ? Masking.When.DECODING : Masking.When.ALWAYS));
    tools(Ui.row(6, zero, uniform, decoding));
    run.setOnAction(e -> desk.curve());
    more.setAccessibleText("More about the masking curve");
    more.getItems()
        .addAll(
            files.figure(
                "masking",
                (style, from) ->
                    RetrievalFigures.plot(
                        desk.state().curve().plot(), "Masking curve", sentence(), style, from)),
            Menus.item(
                "Export as CSV …",
                "",
                () ->
                    files.save(
                        "masking", "csv", f -> RetrievalExports.curve(f, desk.state().curve()))));
    desk.whenChanged(this::update);
    update();
  }

  /** The curves. */
  PlotView plot() {
    return plot;
  }

  private void mask(Masking.Mode mode, Masking.When when) {
    desk.cancel(Ask.CURVE);
    desk.state().mask(mode, when);
    desk.estimate();
  }

  private String sentence() {
    CurveFindings curve = desk.state().curve();
    String mode = curve.request().mode() == Masking.Mode.ZERO ? "zero output" : "uniform attention";
    String when =
        curve.request().when() == Masking.When.DECODING ? "while decoding" : "in the whole pass";
    return "Needles found without the heads with the largest scores and without as many others;"
        + " masked by %s %s; band: least and most of %d draws."
            .formatted(mode, when, curve.request().seeds().size());
  }

  private void update() {
    RetrievalState state = desk.state();
    if (state == null) {
      return;
    }
    zero.setSelected(state.mode() == Masking.Mode.ZERO);
    uniform.setSelected(state.mode() == Masking.Mode.UNIFORM);
    decoding.setSelected(state.when() == Masking.When.DECODING);
    CurveFindings curve = state.curve();
    boolean busy = desk.job(Ask.CURVE).isPresent();
    run.setText(curve == null ? "Run" : "Run again");
    run.setDisable(busy || !state.maskable());
    more.setDisable(curve == null);
    caption(
        curve == null ? "% of needles found over the number of masked heads" : sentence(), SOURCE);
    if (busy) {
      busy(desk.job(Ask.CURVE).orElseThrow());
    } else if (curve != null) {
      if (!curve.equals(shown)) {
        plot.show(curve.plot());
      }
      shown = curve;
      said = "";
      show(plot);
    } else {
      say(hint(state));
    }
  }

  private void busy(Job<?> job) {
    if (!job.equals(shown)) {
      shown = job;
      said = "";
      show(PaneMessage.busy(job, () -> desk.cancel(Ask.CURVE)));
    }
  }

  private String hint(RetrievalState state) {
    if (!state.maskable()) {
      return "Can be measured once the probe is done and a needle is found.";
    }
    int counts =
        CurveFindings.counts(desk.facts().spec().layers() * desk.facts().spec().heads()).size();
    return "%d set sizes, top heads and %d random draws, every needle again%s"
        .formatted(
            counts,
            CurveFindings.DRAWS,
            desk.curveCost().isEmpty() ? "." : ": " + desk.curveCost() + ".");
  }

  private void say(String text) {
    shown = null;
    if (!text.equals(said)) {
      said = text;
      message = PaneMessage.empty("", text);
    }
    show(message);
  }
}
