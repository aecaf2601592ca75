package dev.headlight.app.view;

import dev.headlight.analysis.attention.HeadStatistics;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.app.engine.RunSnapshot;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.Ticks;
import java.util.Locale;
import javafx.beans.InvalidationListener;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/** The selected head: what it does, its numbers, what is lost without it. */
final class InspectorPane extends VBox {
  private final Workbench w;
  private final Label place = Ui.label("", "dim");
  private final Label sentence = Ui.label("");
  private final VBox scores = new VBox(6);
  private final GridPane table = ScoreRow.table();
  private final ScoreRow first = new ScoreRow(table, 0, "First token", "Mean attention to token 0");
  private final ScoreRow previous =
      new ScoreRow(table, 1, "Previous token", "Mean attention to the token before");
  private final ScoreRow entropy =
      new ScoreRow(table, 2, "Entropy", "Mean over queries of −Σ A ln A; the bar ends at ln T");
  private final ScoreRow distance =
      new ScoreRow(
          table, 3, "Distance", "Mean over queries of Σ A·|query − key|; the bar ends at T");

  InspectorPane(Workbench workbench, Actions actions) {
    super(12);
    this.w = workbench;
    getStyleClass().add("side");
    VBox facts = new VBox(12);
    Label name = Ui.bound(w.head.map(Head::toString).orElse(""), "title");
    Ui.wrap(place);
    Ui.wrap(sentence);
    scores.getChildren().addAll(Ui.section("Scores, this prompt"), table);
    facts
        .getChildren()
        .addAll(
            Ui.section("Head"),
            name,
            place,
            sentence,
            scores,
            new TopKeys(w),
            new WithoutHead(w, actions));
    getChildren().add(Stale.mark(w, facts, w.stale));
    InvalidationListener update = o -> update();
    w.head.addListener(update);
    w.model.addListener(update);
    w.run.addListener(update);
    update();
  }

  private void update() {
    Head head = w.head.get();
    RunSnapshot run = w.run.get();
    boolean known = head != null && w.model.get() != null;
    place.setText(known ? HeadWords.place(w.model.get().spec(), head) : "");
    Ui.show(scores, run != null);
    Ui.show(sentence, run != null);
    if (run == null || head == null) {
      return;
    }
    HeadStatistics s = run.statistics();
    sentence.setText(HeadWords.sentence(s, head));
    int length = run.length();
    double most = Math.log(Math.max(2, length));
    first.set(at(s.firstShare(), head), 1, "");
    previous.set(at(s.previousShare(), head), 1, "");
    entropy.set(at(s.entropy(), head), most, " nats");
    distance.set(at(s.distance(), head), length, " tok");
  }

  private static float at(Tensor table, Head head) {
    return HeadStatistics.at(table, head.layer(), head.head());
  }

  /** A score: name, bar, number with its unit. */
  static String number(double value) {
    return Double.isNaN(value)
        ? "N/A"
        : value >= 10 ? Ticks.format(value) : String.format(Locale.ROOT, "%.2f", value);
  }
}
