package dev.headlight.app.view;

import dev.headlight.analysis.circuit.HeadCircuit;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.workbench.HeadView;
import dev.headlight.app.workbench.Workbench;
import java.util.Locale;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;

/** What the weights of the selected head say without a prompt; computed while it is shown. */
final class CircuitNote extends FlowPane {
  private static final String OV =
      """
      W_OV = W_O W_V: what the head writes for what it reads.
      Copying = Σ Re λ / Σ |λ| over its eigenvalues λ, −1 to 1: near 1 it writes what it reads,
      near −1 it takes it away. Without embedding and unembedding, so it is not about tokens.
      Strongest direction = σ₁² / Σ σ² over its singular values σ.
      Spread = (Σ σ²)² / Σ σ⁴: over how many directions.""";
  private static final String QK =
      """
      W_QK = W_Qᵀ W_K: what the head compares. Strongest direction and spread as for OV.
      Before rotation, bias, and the norm of queries and keys, where the model has them.
      Elhage et al. 2021, A Mathematical Framework for Transformer Circuits.""";

  private final PaneContext context;
  private final HeadView view;
  private final Workbench w;
  private final Label ov = Ui.label("", "circuit-ov");
  private final Label qk = Ui.label("", "circuit-qk");

  CircuitNote(PaneContext context, HeadView view) {
    super(16, 4);
    this.context = context;
    this.view = view;
    this.w = context.workbench();
    getStyleClass().add("circuit-note");
    ov.setTooltip(new Tooltip(OV));
    qk.setTooltip(new Tooltip(QK));
    getChildren().addAll(ov, qk);
    Ui.show(this, false);
    view.circuit.addListener((o, old, now) -> update());
    w.head.addListener((o, old, now) -> update());
    w.model.addListener((o, old, now) -> update());
  }

  private void update() {
    Head head = w.head.get();
    boolean ask = view.circuit.get() && head != null && w.model.get() != null;
    Ui.show(this, ask);
    if (!ask) {
      context.cancel(this);
      return;
    }
    ov.setText("OV …");
    qk.setText("");
    context.ask(this, "Weights of " + head, (host, p) -> host.circuit(head), this::show);
  }

  private void show(HeadCircuit circuit) {
    int width = w.model.get().spec().headDim();
    ov.setText(
        String.format(Locale.ROOT, "OV: copying %+.2f, ", circuit.copying()).replace('-', '−')
            + words(circuit.ov(), width));
    qk.setText("QK: " + words(circuit.qk(), width));
    setAccessibleText(ov.getText() + "; " + qk.getText());
  }

  private static String words(HeadCircuit.Spectrum spectrum, int width) {
    return String.format(
        Locale.ROOT,
        "strongest direction %.0f %%, spread over %.1f of %d",
        100 * spectrum.top(),
        spectrum.rank(),
        width);
  }
}
