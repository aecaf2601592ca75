package dev.headlight.app.view;

import com.google.gson.JsonElement;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.export.CopyCommand;
import dev.headlight.app.retrieval.RetrievalState;
import dev.headlight.app.session.Measurements;
import dev.headlight.app.workbench.Notice;
import dev.headlight.app.workbench.Workbench;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;

/** Which heads fetch what is asked for? Needles, scores, ranking, masking, and what was read. */
final class RetrievalPane extends VBox {
  private final Workbench w;
  private final RetrievalDesk desk;
  private final RetrievalFiles files;
  private final RetrievalMap map;
  private final RetrievalHeads heads;

  /** What a session holds of a model that has not been opened yet. */
  private JsonElement awaited;

  RetrievalPane(PaneContext context) {
    this.w = context.workbench();
    this.desk = new RetrievalDesk(context);
    this.files = new RetrievalFiles(desk);
    this.map = new RetrievalMap(desk, files, new RetrievalProbeForm(desk, files), this::copy);
    this.heads = new RetrievalHeads(desk, files);
    PartGrid parts =
        new PartGrid(
            map,
            heads,
            new RetrievalRanking(desk, files),
            new RetrievalCurve(desk, files),
            new RetrievalReading(desk),
            new RetrievalSpans(desk),
            new RetrievalFailures(desk),
            new RetrievalSplit(desk),
            new RetrievalRecall(desk, files),
            new RetrievalInfluence(desk, files));
    ScrollPane scroll = Ui.scrolled(parts);
    scroll.viewportBoundsProperty().addListener((o, old, now) -> parts.setRoom(now.getHeight()));
    getStyleClass().add("retrieval-pane");
    setMinSize(0, 0);
    getChildren().add(new AskedBody(context, scroll, this::message));
    desk.whenChanged(this::reopen);
    context.memory().findings(Measurements.RETRIEVAL, this::document, this::restore);
  }

  /** What was found, for sessions; empty until a probe is done. */
  private Optional<JsonElement> document() {
    RetrievalState state = desk.state();
    return state == null || state.phase() != RetrievalState.Phase.DONE
        ? Optional.empty()
        : Optional.of(Measurements.retrieval(state.ran(), state.findings()));
  }

  private void restore(JsonElement document) {
    awaited = document;
    reopen();
  }

  private void reopen() {
    if (awaited != null && desk.able()) {
      JsonElement document = awaited;
      awaited = null;
      desk.show(document);
    }
  }

  /** Why the model cannot be asked, else null. */
  private Node message(ModelFacts facts) {
    if (!facts.readsText()) {
      return PaneMessage.noText(facts);
    }
    if (!facts.spec().hasLogits()) {
      return PaneMessage.empty(
          "This model does not write",
          facts.name() + " has no vocabulary head, so it cannot be asked for needles.");
    }
    return facts.hasTokenizer()
        ? null
        : PaneMessage.empty(
            "This model has no tokenizer",
            "No haystack can be made for it. Give episodes as ids on the command line: headlight"
                + " retrieval --episodes.");
  }

  /** The command line that finds the same. */
  String command() {
    RetrievalState state = desk.state();
    List<String> arguments =
        state.findings() == null ? state.choice().arguments() : state.arguments();
    return CopyCommand.of("retrieval", desk.facts(), arguments);
  }

  private void copy() {
    NoticeBar.copy(command());
    w.notice.set(Notice.info("Copied the command that finds the same."));
  }

  /** What is asked and known. */
  RetrievalDesk desk() {
    return desk;
  }

  /** What asks for files and writes them. */
  RetrievalFiles files() {
    return files;
  }

  /** The picture of all heads. */
  CellGrid scores() {
    return heads.cells();
  }

  /** The success map. */
  CellGrid needles() {
    return map.cells();
  }

  @Override
  public void requestFocus() {
    heads.cells().requestFocus();
  }
}
