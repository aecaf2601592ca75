package dev.headlight.app.view;

import dev.headlight.analysis.ablation.Importance;
import dev.headlight.analysis.ablation.RankCorrelation;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.ablation.AblationState;
import dev.headlight.app.ablation.Part;
import dev.headlight.app.ablation.SweepMap;
import dev.headlight.renderer.Ticks;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;

/** Whether gradients rank heads as taking them away, or making their attention even, does. */
final class AblationRankingPart extends RetrievalPart {
  private static final int MOST = 14;

  private final AblationDesk desk;
  private final Button run;
  private final ScrollPane scroll = AblationTable.scrolled();
  private final PaneMessage invitation =
      PaneMessage.empty(
          "", "Run takes each head away alone, then makes each one's attention even instead.");
  private List<Object> shown = List.of();
  private Node waiting;
  private Object waitingFor;

  AblationRankingPart(AblationDesk desk) {
    this(desk, Ui.tool(new Button("Run")));
  }

  private AblationRankingPart(AblationDesk desk, Button run) {
    super("Beside taking heads away", run);
    this.desk = desk;
    this.run = run;
    getStyleClass().add("ablation-ranking");
    run.getStyleClass().add("retrieval-run");
    run.setOnAction(e -> press());
    desk.whenChanged(this::update);
    update();
  }

  private void press() {
    Part busy = busy();
    if (busy != null) {
      desk.cancel(busy);
    } else {
      desk.run(found(Part.SINGLES) == null ? Part.SINGLES : Part.PERTURBED);
    }
  }

  private Part busy() {
    return desk.job(Part.SINGLES).isPresent()
        ? Part.SINGLES
        : desk.job(Part.PERTURBED).isPresent() ? Part.PERTURBED : null;
  }

  /** A sweep that is done; null for none. */
  private SweepMap found(Part part) {
    AblationState state = desk.state();
    return state.found(state.question(part)) instanceof SweepMap map && map.done() ? map : null;
  }

  private void update() {
    AblationState state = desk.state();
    if (state == null) {
      return;
    }
    SweepMap away = found(Part.SINGLES);
    SweepMap even = found(Part.PERTURBED);
    Part busy = busy();
    run.setText(busy != null ? "Stop" : away == null ? "Run" : "Perturb attention");
    run.setDisable(busy == null && (!desk.able() || (away != null && even != null)));
    if (away == null) {
      shown = List.of();
      caption("", "");
      show(busy == null ? invitation : waiting(busy));
      return;
    }
    Importance gradient =
        state.found(state.question(Part.GRADIENT)) instanceof Importance known ? known : null;
    List<Object> now =
        List.of(away, even == null ? "none" : even, gradient == null ? "none" : gradient);
    if (!now.equals(shown)) {
      shown = now;
      scroll.setContent(
          new VBox(14, correlations(away, even, gradient), heads(away, even, gradient)));
      caption(
          "Spearman's rank correlation of the size of the change with importance."
              + (gradient == null ? " Run “By gradient” to see it." : ""),
          "");
    }
    show(scroll);
  }

  private Node waiting(Part part) {
    Object job = desk.job(part).orElse(null);
    if (job != waitingFor) {
      waitingFor = job;
      waiting = PaneMessage.busy(desk.job(part).orElseThrow(), () -> desk.cancel(part));
    }
    return waiting;
  }

  private AblationTable correlations(SweepMap away, SweepMap even, Importance gradient) {
    String mode = desk.state().choice().mode().toString();
    AblationTable table = new AblationTable("rank correlation", mode, "uniform");
    if (gradient != null) {
      table.row("per token", rho(gradient.perToken(), away), rho(gradient.perToken(), even));
      table.row("per batch", rho(gradient.perBatch(), away), rho(gradient.perBatch(), even));
    }
    table.row(mode, "1", rho(sizes(away), even));
    return table;
  }

  private static double[] sizes(SweepMap map) {
    return Arrays.stream(map.flat()).map(Math::abs).toArray();
  }

  private static String rho(double[] values, SweepMap map) {
    if (map == null) {
      return "–";
    }
    double rho = RankCorrelation.spearman(values, sizes(map));
    return Double.isNaN(rho) ? "–" : "%.2f".formatted(rho);
  }

  private static AblationTable heads(SweepMap away, SweepMap even, Importance gradient) {
    double[] sizes = sizes(away);
    int columns = away.deltas()[0].length;
    AblationTable table =
        new AblationTable("strongest heads", "Δ", "Δ uniform", "rank, per token", "per batch");
    IntStream.range(0, sizes.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> sizes[i]).reversed())
        .limit(MOST)
        .forEach(
            i ->
                table.row(
                    new Head(i / columns, i % columns).toString(),
                    Ticks.signed(away.flat()[i]),
                    even == null ? "–" : Ticks.signed(even.flat()[i]),
                    gradient == null ? "–" : rank(gradient.perToken(), i),
                    gradient == null ? "–" : rank(gradient.perBatch(), i)));
    return table;
  }

  /** 1 for the largest. */
  private static String rank(double[] values, int index) {
    return "" + (1 + Arrays.stream(values).filter(v -> v > values[index]).count());
  }
}
