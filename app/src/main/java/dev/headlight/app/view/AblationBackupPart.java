package dev.headlight.app.view;

import dev.headlight.analysis.ablation.Interaction;
import dev.headlight.app.ablation.AblationPictures;
import dev.headlight.app.ablation.AblationState;
import dev.headlight.app.ablation.Part;
import dev.headlight.renderer.Ticks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.scene.control.ScrollPane;

/** Pairs of heads whose effects add up least. */
final class AblationBackupPart extends RetrievalPart {
  private static final int MOST = 16;

  private final AblationDesk desk;
  private final ScrollPane scroll = AblationTable.scrolled();
  private final PaneMessage nothing =
      PaneMessage.empty("", "The pairs that add up least stand here, once they are tried.");
  private Object shown;

  /** Two heads. */
  private record Two(int i, int j, double beyond) {}

  AblationBackupPart(AblationDesk desk) {
    super("What does not add up");
    this.desk = desk;
    getStyleClass().add("ablation-backup");
    desk.whenChanged(this::update);
    update();
  }

  private void update() {
    AblationState state = desk.state();
    if (state == null) {
      return;
    }
    Object found = state.found(state.question(Part.PAIRS));
    if (found == null) {
      shown = null;
      caption("", "");
      show(nothing);
      return;
    }
    if (!found.equals(shown)) {
      shown = found;
      Interaction pairs = (Interaction) found;
      scroll.setContent(table(pairs));
      caption(words(pairs), "");
    }
    show(scroll);
  }

  private static AblationTable table(Interaction found) {
    List<Two> all = new ArrayList<>();
    for (int i = 0; i < found.heads().size(); i++) {
      for (int j = i + 1; j < found.heads().size(); j++) {
        all.add(new Two(i, j, found.beyondSum(i, j)));
      }
    }
    all.sort(Comparator.comparingDouble((Two t) -> Math.abs(t.beyond())).reversed());
    AblationTable table = new AblationTable("pair", "Δ first", "Δ second", "Δ both", "beyond sum");
    all.stream()
        .limit(MOST)
        .forEach(
            t ->
                table.row(
                    found.heads().get(t.i()) + ", " + found.heads().get(t.j()),
                    Ticks.signed(found.single()[t.i()]),
                    Ticks.signed(found.single()[t.j()]),
                    Ticks.signed(found.pairs()[t.i()][t.j()]),
                    Ticks.signed(t.beyond())));
    return table;
  }

  private static String words(Interaction found) {
    return "%s, %s. All %d together %s, the sum of them alone %s."
        .formatted(
            Ui.sentence(AblationPictures.title(found.metric())),
            found.metric().unit(),
            found.heads().size(),
            Ticks.signed(found.together()),
            Ticks.signed(found.sum()));
  }
}
