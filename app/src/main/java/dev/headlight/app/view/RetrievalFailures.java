package dev.headlight.app.view;

import dev.headlight.app.retrieval.FailedEpisode;
import dev.headlight.app.retrieval.Findings;
import dev.headlight.app.retrieval.RetrievalState;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Needles that were not found: what was asked, what was written, why it does not count. */
final class RetrievalFailures extends RetrievalPart {
  private final RetrievalDesk desk;
  private final Label count;
  private final ListView<FailedEpisode> list = new ListView<>();
  private final Label empty = Ui.label("", "empty");

  RetrievalFailures(RetrievalDesk desk) {
    this(desk, Ui.label("", "chip"));
  }

  private RetrievalFailures(RetrievalDesk desk, Label count) {
    super("Failed episodes", count);
    this.desk = desk;
    this.count = count;
    list.getStyleClass().addAll("edge-free", "failures");
    list.setAccessibleText("Needles that were not found");
    list.setPlaceholder(empty);
    list.setCellFactory(view -> new Row());
    show(list);
    caption("Failed episodes count in no score. Choose one to see where its answer was read.", "");
    list.getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (o, old, now) -> {
              if (now != null && now.index() >= 0) {
                desk.look(now.index());
              }
            });
    desk.whenChanged(this::update);
    update();
  }

  private void update() {
    RetrievalState state = desk.state();
    if (state == null) {
      return;
    }
    Findings findings = state.findings();
    List<FailedEpisode> failed = findings == null ? List.of() : findings.failures();
    empty.setText(findings == null ? "No episode is answered yet." : "None so far.");
    if (!list.getItems().equals(failed)) {
      list.getItems().setAll(failed);
    }
    count.setText(findings == null ? "" : failed.size() + " of " + findings.grid().cells().size());
    Ui.show(count, findings != null);
  }

  /** One needle. */
  private final class Row extends ListCell<FailedEpisode> {
    private final Label place = Ui.label("", "dim");
    private final Label question = Ui.label("");
    private final Label answer = Ui.label("");
    private final Label why = Ui.label("", "caption");
    private final Button open = Ui.tool(new Button("Open prompt"));
    private final HBox head = Ui.row(8, question, Ui.spacer(), open);
    private final VBox box = new VBox(2, head, answer, new HBox(8, place, why));

    Row() {
      for (Label label : new Label[] {question, answer, why}) {
        label.setMinWidth(0);
      }
      place.setMinWidth(Region.USE_PREF_SIZE);
      open.setOnAction(e -> desk.openPrompt(getItem().episode()));
      setPrefWidth(0); // Else a long answer makes the list scroll sideways.
    }

    @Override
    protected void updateItem(FailedEpisode item, boolean none) {
      super.updateItem(item, none);
      boolean there = !none && item != null;
      setGraphic(there ? box : null);
      setTooltip(null);
      if (there) {
        question.setText(item.question());
        answer.setText(
            item.episode() == null
                ? "not asked"
                : "“" + item.answer() + "” for “" + item.expected() + "”");
        place.setText(item.length() + " tokens, depth " + item.depth());
        why.setText(item.why());
        Ui.show(open, item.episode() != null);
        setTooltip(new Tooltip(answer.getText() + "\n" + item.why()));
      }
    }
  }
}
