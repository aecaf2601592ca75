package dev.headlight.app.view;

import dev.headlight.analysis.roles.HeadCard;
import dev.headlight.analysis.roles.Role;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.workbench.RoleTable;
import dev.headlight.app.workbench.RolesView;
import dev.headlight.app.workbench.Workbench;
import java.util.List;
import javafx.beans.InvalidationListener;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** What the selected head is, in words, and how sure that is. */
final class RoleCard extends VBox {
  private static final PseudoClass SURE = PseudoClass.getPseudoClass("sure");

  private final Workbench w;
  private final RolesView view;
  private final Label title = Ui.label("", "title");
  private final Label place = Ui.label("", "dim");
  private final VBox lines = new VBox(10);

  RoleCard(Workbench workbench, RolesView view) {
    super(8);
    this.w = workbench;
    this.view = view;
    getStyleClass().add("role-card");
    for (Label label : new Label[] {title, place}) {
      wrap(label);
    }
    getChildren().addAll(title, place, lines);
    InvalidationListener update = o -> update();
    w.head.addListener(update);
    view.table().addListener(update);
    update();
  }

  private static Label wrap(Label label) {
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE);
    return label;
  }

  private void update() {
    Head head = w.head.get();
    RoleTable table = view.table().get();
    boolean known =
        head != null
            && table != null
            && head.layer() < w.model.get().spec().layers()
            && head.head() < w.model.get().spec().heads();
    Ui.show(this, known);
    if (!known) {
      return;
    }
    title.setText(head.toString());
    place.setText(HeadWords.place(w.model.get().spec(), head));
    lines.getChildren().clear();
    List<HeadCard.Line> said = HeadCard.lines(table.numbers().facts(head));
    said.forEach(line -> lines.getChildren().add(line(line)));
    if (said.isEmpty()) {
      lines
          .getChildren()
          .add(
              wrap(
                  Ui.label(
                      "None of the scores that are known reaches the threshold of its role.",
                      "dim")));
    }
    if (!view.many() && w.run.get() != null) {
      String sentence = HeadWords.sentence(w.run.get().statistics(), head);
      lines.getChildren().add(wrap(Ui.label(sentence)));
    }
    setAccessibleText(head + ": " + said.stream().map(HeadCard.Line::text).toList());
  }

  private static VBox line(HeadCard.Line line) {
    Label text = wrap(Ui.label(line.text()));
    Label sure = Ui.label(line.certainty().words(), "chip", "role-sure");
    sure.pseudoClassStateChanged(SURE, line.certainty() == HeadCard.Certainty.SURE);
    sure.setTooltip(
        new Tooltip(
            """
            Sure: the score is farther from its threshold than one standard deviation over the sequences.
            Not sure: it is nearer, or two definitions of the role disagree by %s or more.
            One prompt only: the spread is not known; average over a file of prompts.
            Threshold: %s."""
                .formatted(Role.GAP, line.role().source())));
    return new VBox(4, text, sure);
  }
}
