package dev.headlight.app.view;

import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.retrieval.AttentionInfluence;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.retrieval.Findings;
import dev.headlight.app.retrieval.RetrievalExports;
import dev.headlight.app.retrieval.RetrievalState;
import dev.headlight.app.retrieval.TextInfluence;
import dev.headlight.app.view.RetrievalDesk.Ask;
import dev.headlight.renderer.Ticks;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;

/** Which texts of a file need the retrieval heads most. */
final class RetrievalInfluence extends RetrievalPart {
  private final RetrievalDesk desk;
  private final Button open;
  private final Button csv;
  private final ListView<AttentionInfluence.Influence> list = new ListView<>();
  private final PaneMessage none =
      PaneMessage.empty(
          "",
          "Open a file of texts (.jsonl, or texts between empty lines): their loss is measured with"
              + " and without the first 5 % of the heads.");
  private Object shown;

  RetrievalInfluence(RetrievalDesk desk, RetrievalFiles files) {
    this(desk, files, Ui.tool(new Button("Open texts …")), Ui.tool(new Button("CSV")));
  }

  private RetrievalInfluence(RetrievalDesk desk, RetrievalFiles files, Button open, Button csv) {
    super("Influence on texts", open, csv);
    this.desk = desk;
    this.open = open;
    this.csv = csv;
    getStyleClass().add("retrieval-influence");
    list.getStyleClass().addAll("edge-free", "history");
    list.setAccessibleText("Texts by the influence of the retrieval heads");
    list.setCellFactory(view -> new Row());
    open.setOnAction(e -> files.open("Open texts", "jsonl", "txt").ifPresent(this::measure));
    csv.setOnAction(
        e -> files.save("influence", "csv", f -> RetrievalExports.influence(f, desk.influence())));
    caption(
        "(loss with uniform attention in the first 5 % of the heads − loss) / loss; ranked within"
            + " each domain.",
        "AttentionInfluence, Hua et al. 2025, arXiv 2505.07293. Texts are cut after 512 tokens.");
    desk.whenChanged(this::update);
    update();
  }

  private void measure(java.nio.file.Path file) {
    Findings findings = desk.state().findings();
    int all = findings.spec().layers() * findings.spec().heads();
    List<Head> heads = findings.top(desk.state().definition(), AttentionInfluence.count(all));
    desk.influence(file, heads);
  }

  private void update() {
    RetrievalState state = desk.state();
    if (state == null) {
      return;
    }
    Findings findings = state.findings();
    Job<?> job = desk.job(Ask.INFLUENCE).orElse(null);
    TextInfluence now = desk.influence();
    open.setDisable(job != null || findings == null || !findings.defined(state.definition()));
    csv.setDisable(now == null);
    Object next = job != null ? job : now != null ? now : none;
    if (next.equals(shown)) {
      return;
    }
    shown = next;
    if (job != null) {
      show(PaneMessage.busy(job, () -> desk.cancel(Ask.INFLUENCE)));
    } else if (now == null) {
      show(none);
    } else {
      list.getItems().setAll(now.ranked());
      show(list);
    }
  }

  /** One text. */
  private final class Row extends ListCell<AttentionInfluence.Influence> {
    private final Label title = Ui.label("");
    private final Label value = Ui.figure("");
    private final HBox line = Ui.row(8, title, Ui.spacer(), value);

    Row() {
      title.setMinWidth(0);
      setPrefWidth(0); // Else a long text makes the list scroll sideways.
    }

    @Override
    protected void updateItem(AttentionInfluence.Influence item, boolean empty) {
      super.updateItem(item, empty);
      boolean there = !empty && item != null && desk.influence() != null;
      setGraphic(there ? line : null);
      if (there) {
        AttentionInfluence.Sample sample = desk.influence().samples().get(item.index());
        String domain = sample.domain().isEmpty() ? "" : sample.domain() + " ";
        title.setText(domain + item.rank() + ". " + sample.title());
        value.setText(
            Ticks.format(item.influence())
                + "  "
                + Ticks.format(item.loss())
                + " → "
                + Ticks.format(item.masked()));
      }
    }
  }
}
