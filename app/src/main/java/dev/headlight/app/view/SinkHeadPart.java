package dev.headlight.app.view;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.sinks.ChangeEffect;
import dev.headlight.analysis.sinks.ChangeEffect.Candidate;
import dev.headlight.analysis.sinks.EntropyTable;
import dev.headlight.app.engine.SinkMeasured;
import dev.headlight.app.engine.SinkTuning;
import dev.headlight.app.engine.SinkTuning.Change;
import dev.headlight.app.workbench.SinkInsides;
import dev.headlight.app.workbench.SinkNumbers;
import dev.headlight.app.workbench.SinkState;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.Ticks;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javafx.beans.InvalidationListener;
import javafx.beans.property.DoubleProperty;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** The selected head's numbers, and what the model is without its sinks. */
final class SinkHeadPart extends SinkSection {
  private final Workbench w;
  private final SinkState state;
  private final Label sentence = caption("");
  private final VBox numbers = new VBox(3);
  private final VBox effect = new VBox(3);

  SinkHeadPart(Workbench workbench, SinkState state, SinkWork work) {
    super(
        "Selected head",
        "",
        "Numbers of the selected head: α and entropy over the texts, norms and angles on the"
            + " prompt.");
    this.w = workbench;
    this.state = state;
    Label without = Ui.section("Its sink changed");
    tip(without, "What changes for the heads that are chosen: this head, its layer or all.");
    FlowPane verbs = verbs(work);
    getChildren().addAll(sentence, numbers, without, verbs, effect);
    InvalidationListener update = o -> update();
    state.numbers().addListener(update);
    state.measured.addListener(o -> verbs.setDisable(!work.canTune()));
    verbs.setDisable(!work.canTune());
    w.head.addListener(update);
    state.effect.addListener(o -> showEffect());
    update();
    showEffect();
  }

  private FlowPane verbs(SinkWork work) {
    return new FlowPane(
        6,
        6,
        choice(state.scope, SinkState.Scope.values(), SinkState.Scope::title, "Which heads"),
        verb(work, Change.DROP, "Drop the sink", "No query sees token 0 (masked logits)"),
        Ui.row(
            2,
            verb(
                work,
                Change.CALIBRATE,
                "Calibrate",
                "ACT: later sinks above θ keep β of their attention, the other keys share the"
                    + " rest; Yu et al. 2024"),
            numbers(state.beta, "β", "What a calibrated sink keeps", 0, 0.2, 0.4, 0.6, 0.8)),
        Ui.row(
            2,
            verb(
                work,
                Change.TEMPERATURE,
                "Temperature",
                "Selective temperature: a query's logits over this; Zhang et al. 2024"),
            numbers(state.temperature, "", "Above 1 more even", 0.25, 0.5, 0.8, 1.25, 2, 4),
            choice(
                state.selectedQuery.asObject(),
                new Boolean[] {false, true},
                selected -> selected ? "selected query" : "last query",
                "Whose temperature")),
        Ui.row(
            2,
            verb(
                work,
                Change.GAMMA,
                "ZeroTuning",
                "The first token's attention times γ, the other keys share the rest; Han et al."
                    + " 2025"),
            numbers(state.gamma, "γ", "Below 1 less, above 1 more", 0.125, 0.25, 0.5, 2, 4, 8)));
  }

  private static MenuButton numbers(
      DoubleProperty value, String name, String about, double... values) {
    Double[] all = Arrays.stream(values).boxed().toArray(Double[]::new);
    String front = name.isEmpty() ? "" : name + " ";
    return choice(value.asObject(), all, v -> front + Ticks.label(v), about);
  }

  private static Button verb(SinkWork work, Change change, String text, String about) {
    Button button = Ui.tool(new Button(text));
    button.setTooltip(new Tooltip(about));
    button.setOnAction(e -> work.change(change));
    return button;
  }

  private void update() {
    numbers.getChildren().clear();
    SinkNumbers now = state.numbers().get();
    Head head = w.head.get();
    boolean there = now != null && head != null && fits(now, head);
    sentence.setText(there ? now.words(head) : "");
    if (!there) {
      return;
    }
    SinkMeasured measured = now.measured();
    measured
        .sequence()
        .ifPresent(s -> inside(new SinkInsides(measured.model().spec(), s).of(head)));
    EntropyTable entropy = now.entropy();
    int cell = head.layer() * entropy.nats().size(1) + head.head();
    EntropyTable.Flag flag = entropy.flag(head);
    String word = flag == EntropyTable.Flag.NONE ? "" : ", " + word(flag);
    numbers
        .getChildren()
        .add(
            line(
                "row entropy",
                Ticks.format(entropy.nats().data()[cell]) + " nats" + word,
                "−Σ A ln A, mean over rows; uniform attention has %s. Early heads from 0.75 ln T on are overloaded, deep heads up to 0.05 ln T collapsed: Jha and Reagen 2025, Entropy-Guided Attention."
                    .formatted(Ticks.format(entropy.uniform()))));
    numbers
        .getChildren()
        .add(
            caption(
                "%d heads overloaded, %d collapsed; uniform attention %s nats"
                    .formatted(
                        entropy.count(EntropyTable.Flag.OVERLOAD),
                        entropy.count(EntropyTable.Flag.COLLAPSE),
                        Ticks.format(entropy.uniform()))));
  }

  private static boolean fits(SinkNumbers now, Head head) {
    return head.layer() < now.rates().means().size(0) && head.head() < now.rates().means().size(1);
  }

  private static String word(EntropyTable.Flag flag) {
    return flag == EntropyTable.Flag.OVERLOAD ? "overload" : "collapse";
  }

  private void inside(SinkInsides.OfHead head) {
    String group = "; of the KV group, on the prompt";
    numbers
        .getChildren()
        .setAll(
            line(
                "‖v₀‖ against others",
                Ticks.format(head.value()) + " ×",
                "First token's value over the median of the others" + group),
            line(
                "‖k₀‖ against others",
                Ticks.format(head.key()) + " ×",
                "First token's key over the median of the others" + group),
            line(
                "cos(q, k₀)",
                Ticks.format(head.cosineFirst()),
                "Mean over queries from 1 on; Gu et al. 2024: a sink's score is high by its angle"),
            line(
                "cos(q, kₜ)",
                Ticks.format(head.cosineRest()),
                "Mean over queries of the mean over the other keys they see"));
  }

  private void showEffect() {
    effect.getChildren().clear();
    SinkTuning.Effect now = state.effect.get();
    if (now == null) {
      return;
    }
    String heads = now.heads().equals("L*H*") ? "all heads" : now.heads();
    effect.getChildren().add(caption(name(now) + ", " + heads));
    ChangeEffect found = now.found();
    if (found == null) {
      effect.getChildren().add(caption("No later sink above θ: there is nothing to change."));
      return;
    }
    effect
        .getChildren()
        .addAll(
            line(
                "loss",
                Ticks.format(found.loss()) + " → " + Ticks.format(found.changedLoss()),
                "Mean next-token loss of the prompt, nats"),
            line(
                "P(" + now.next().get(0) + ")",
                probability(found),
                "Of the token after the prompt"),
            line("KL", Ticks.format(found.kl()) + " nats", "KL(unchanged ‖ changed), next token"));
    if (!now.next().get(0).equals(now.next().get(1))) {
      effect.getChildren().add(line("most likely now", now.next().get(1), ""));
    }
    if (found.nothingChanged()) {
      effect.getChildren().add(caption("This changed nothing: every logit stayed the same."));
    }
    if (now.written().size() == 2) {
      effect.getChildren().add(caption("writes “%s”".formatted(now.written().get(0))));
      effect.getChildren().add(caption("changed “%s”".formatted(now.written().get(1))));
    }
  }

  private static String probability(ChangeEffect found) {
    Candidate first = found.next().get(0);
    List<Candidate> after = found.changedNext();
    String changed =
        after.stream()
            .filter(c -> c.id() == first.id())
            .findFirst()
            .map(c -> percent(c.probability()))
            .orElseGet(() -> "below " + percent(after.get(after.size() - 1).probability()));
    return percent(first.probability()) + " → " + changed + " %";
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  private static String name(SinkTuning.Effect effect) {
    SinkTuning.Settings by = effect.settings();
    return switch (effect.change()) {
      case DROP -> "Sink dropped";
      case CALIBRATE ->
          "ACT, β = %s, θ = %s".formatted(Ticks.label(by.beta()), Ticks.label(by.theta()));
      case TEMPERATURE ->
          "Temperature %s of %s"
              .formatted(
                  Ticks.label(by.temperature()),
                  by.query() < 0 ? "the last query" : "query " + by.query());
      case GAMMA -> "ZeroTuning, γ = " + Ticks.label(by.gamma());
    };
  }
}
