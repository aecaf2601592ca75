package dev.headlight.app.view;

import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.retrieval.AssociativeRecall;
import dev.headlight.app.retrieval.RetrievalCurves;
import dev.headlight.app.retrieval.RetrievalExports;
import dev.headlight.app.retrieval.RetrievalFigures;
import dev.headlight.app.view.RetrievalDesk.Ask;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.MenuButton;

/** How many key-value pairs the model recalls. */
final class RetrievalRecall extends RetrievalPart {
  private static final String SENTENCE =
      "Random key-value pairs, every key again in another order; right when its value is the most"
          + " probable next token.";

  private final RetrievalDesk desk;
  private final PlotView plot;
  private final Button run;
  private final MenuButton more;
  private final PaneMessage none =
      PaneMessage.empty("", "How many pairs of keys and values does the model recall?");
  private Object shown;

  RetrievalRecall(RetrievalDesk desk, RetrievalFiles files) {
    this(desk, files, Ui.tool(new Button("Run")), new MenuButton("…"));
  }

  private RetrievalRecall(RetrievalDesk desk, RetrievalFiles files, Button run, MenuButton more) {
    super("Associative recall", Ui.label("MQAR", "chip"), run, Ui.tool(more));
    this.desk = desk;
    this.plot = new PlotView(desk.context().painter(), desk.workbench().theme);
    this.run = run;
    this.more = more;
    getStyleClass().add("retrieval-recall");
    run.setOnAction(e -> desk.recall(RetrievalCurves.pairs(desk.facts().spec())));
    more.setAccessibleText("More about associative recall");
    more.getItems()
        .addAll(
            files.figure(
                "recall",
                (style, from) ->
                    RetrievalFigures.plot(
                        RetrievalCurves.recall(desk.recall()),
                        "Associative recall",
                        SENTENCE,
                        style,
                        from)),
            Menus.item(
                "Export as CSV …",
                "",
                () -> files.save("recall", "csv", f -> RetrievalExports.recall(f, desk.recall()))));
    caption(
        SENTENCE,
        "Multi-query associative recall (MQAR), Arora et al. 2023, Zoology: Measuring and Improving"
            + " Recall in Efficient Language Models; four sequences a point.");
    desk.whenChanged(this::update);
    update();
  }

  private void update() {
    if (desk.state() == null) {
      return;
    }
    List<AssociativeRecall.Point> points = desk.recall();
    Job<?> job = desk.job(Ask.RECALL).orElse(null);
    run.setDisable(job != null || RetrievalCurves.pairs(desk.facts().spec()).isEmpty());
    more.setDisable(points.isEmpty() || desk.state().findings() == null);
    Object now = job != null ? job : points;
    if (now.equals(shown)) {
      return;
    }
    shown = now;
    if (job != null) {
      show(PaneMessage.busy(job, () -> desk.cancel(Ask.RECALL)));
    } else if (points.isEmpty()) {
      show(none);
    } else {
      plot.show(RetrievalCurves.recall(points));
      show(plot);
    }
  }
}
