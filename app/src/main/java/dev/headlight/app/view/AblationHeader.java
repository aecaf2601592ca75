package dev.headlight.app.view;

import dev.headlight.analysis.ablation.Treatment;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Positions;
import dev.headlight.app.ablation.AblationChoice;
import dev.headlight.app.ablation.AblationState;
import dev.headlight.app.ablation.Effect;
import dev.headlight.app.engine.PromptSource;
import dev.headlight.app.session.HeadGroup;
import dev.headlight.app.workbench.ArrangedHeads;
import dev.headlight.app.workbench.Workbench;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Slider;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** What is taken away, and what that means. */
final class AblationHeader extends VBox {
  private static final int CHIPS = 12;

  private final AblationDesk desk;
  private final Workbench w;
  private final ArrangedHeads filtered;
  private final Label title = Ui.label("Taken away", "pane-title");
  private final FlowPane taken = new FlowPane(6, 6);
  private final MenuButton add = Ui.tool(new MenuButton("+ group"));
  private final Map<Treatment.Mode, ToggleButton> modes = new EnumMap<>(Treatment.Mode.class);
  private final Slider factor = new Slider(0, 1, 0.5);
  private final Label factorText = Ui.figure("");
  private final MenuButton when = Ui.tool(new MenuButton());
  private final MenuButton from = Ui.tool(new MenuButton());
  private final Label says = Ui.label("", "caption");
  private final Label change = Ui.label("", "token");
  private final Label noEffect = Ui.label("", "problem");
  private TreeSet<Head> shown;

  AblationHeader(AblationDesk desk) {
    super(8);
    this.desk = desk;
    this.w = desk.workbench();
    this.filtered = new ArrangedHeads(w);
    getStyleClass().add("ablation-header");
    add.setAccessibleText("Take a group of heads away");
    add.setTooltip(new Tooltip("The selected head, those chosen together, a named group"));
    add.setOnShowing(e -> add.getItems().setAll(sources()));
    add.getItems().add(new MenuItem("")); // Without an item it would not open.
    factor.setPrefWidth(90);
    factor.setAccessibleText("What the heads' output is multiplied by");
    factor.valueProperty().addListener((o, old, now) -> factorText.setText(text(now)));
    factor.setOnMouseReleased(e -> factorChosen());
    factor.setOnKeyReleased(e -> factorChosen());
    when.setAccessibleText("When the heads are away");
    for (AblationChoice.When each : AblationChoice.When.values()) {
      when.getItems().add(Menus.item(each.title(), "", () -> choose(choice().with(each))));
    }
    when.getItems().add(Menus.item("at the selected query", "", this::atQuery));
    from.setAccessibleText("Prompts that other outputs are taken from");
    from.getItems()
        .addAll(
            Menus.item("What is read itself", "", () -> from(PromptSource.PROMPT)),
            Menus.item("Prompt library", "", () -> from(PromptSource.LIBRARY)),
            Menus.item("A file, one prompt a line …", "", this::fromFile));
    says.setWrapText(true);
    says.setMinHeight(Region.USE_PREF_SIZE);
    change.setMinWidth(0);
    noEffect.setWrapText(true);
    taken.setRowValignment(javafx.geometry.VPos.CENTER);
    FlowPane words = new FlowPane(10, 2, says, change);
    says.maxWidthProperty().bind(words.widthProperty());
    getChildren().addAll(taken, modeRow(), words, noEffect);
    desk.whenChanged(this::update);
    update();
  }

  private Node modeRow() {
    FlowPane row = new FlowPane(6, 6);
    row.setRowValignment(javafx.geometry.VPos.CENTER);
    for (Treatment.Mode mode : Treatment.Mode.values()) {
      ToggleButton button = Ui.tool(new ToggleButton(title(mode)));
      button.setOnAction(e -> choose(choice().with(mode)));
      modes.put(mode, button);
      row.getChildren().add(button);
    }
    row.getChildren().addAll(factor, factorText, when, from);
    return row;
  }

  private static String title(Treatment.Mode mode) {
    return mode == Treatment.Mode.ZERO ? "Zero output" : Ui.sentence(mode.toString());
  }

  private static String text(Number value) {
    return "× %.2f".formatted(value.doubleValue());
  }

  private AblationChoice choice() {
    return desk.state().choice();
  }

  private void choose(AblationChoice now) {
    desk.choose(now);
    update();
  }

  private void factorChosen() {
    double rounded = Math.rint(100 * factor.getValue()) / 100;
    choose(choice().withFactor(rounded));
  }

  private void atQuery() {
    if (w.query.get() >= 0) {
      choose(choice().at(Positions.at(w.query.get())));
    }
  }

  private void from(PromptSource source) {
    choose(choice().with(source));
  }

  private void fromFile() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle("Prompts, one a line");
    desk.context().actions().openFile(chooser).ifPresent(file -> from(PromptSource.of(file)));
  }

  /** What can be added: the selected head, heads chosen together, groups, what the filter shows. */
  private List<MenuItem> sources() {
    List<MenuItem> items = new ArrayList<>();
    if (w.head.get() != null) {
      items.add(source("Selected head, " + w.head.get(), List.of(w.head.get())));
    }
    if (!w.chosen.get().isEmpty()) {
      items.add(source("Heads chosen together", w.chosen.get()));
    }
    for (HeadGroup group : w.groups.get()) {
      items.add(source(group.name(), group.in(desk.facts().spec())));
    }
    if (!w.headFilter.get().isBlank() && filtered.heads().get() != null) {
      items.add(source("Heads with " + w.headFilter.get(), filtered.heads().get().matching()));
    }
    if (!desk.state().taken().isEmpty()) {
      items.add(Menus.item("Name these heads", "", this::name));
      items.add(Menus.item("Give all back", "", () -> desk.take(List.of())));
    }
    return items;
  }

  private MenuItem source(String title, Iterable<Head> heads) {
    TreeSet<Head> more = new TreeSet<>();
    heads.forEach(more::add);
    return Menus.item(
        title + "  (" + more.size() + ")",
        "",
        () -> {
          more.addAll(desk.state().taken());
          desk.take(more);
        });
  }

  private void name() {
    HeadGroup group = HeadGroup.of(HeadGroup.freeName(w.groups.get()), desk.state().taken());
    w.groups.set(HeadGroup.with(w.groups.get(), group));
  }

  private void update() {
    AblationState state = desk.state();
    if (state == null) {
      return;
    }
    if (!state.taken().equals(shown)) {
      shown = new TreeSet<>(state.taken());
      fill();
    }
    AblationChoice choice = state.choice();
    modes.forEach((mode, button) -> button.setSelected(mode == choice.mode()));
    boolean scaled = choice.mode() == Treatment.Mode.SCALE;
    Ui.show(factor, scaled);
    Ui.show(factorText, scaled);
    if (!factor.isValueChanging()) {
      factor.setValue(choice.factor());
      factorText.setText(text(choice.factor()));
    }
    when.setText(Ui.sentence(choice.when()));
    from.setText("From: " + source(choice));
    Ui.show(from, choice.substitutes());
    Effect effect = state.effect();
    says.setText(effect == null ? plain(choice) : effect.semantics());
    change.setText(effect == null ? "" : effect.change());
    Ui.show(change, effect != null);
    boolean none = effect != null && effect.noEffect();
    noEffect.setText(
        none ? "No effect: every number that leaves the model is bit by bit the same." : "");
    Ui.show(noEffect, none);
  }

  private static String source(AblationChoice choice) {
    return choice.from().equals(PromptSource.PROMPT) ? "what is read" : choice.from().title();
  }

  private void fill() {
    List<Node> row = new ArrayList<>(List.of(title));
    shown.stream().limit(CHIPS).map(this::chip).forEach(row::add);
    int more = shown.size() - CHIPS;
    if (more > 0) {
      row.add(Ui.label("and " + more + " more", "dim"));
    }
    row.add(add);
    taken.getChildren().setAll(row);
  }

  /** What the mode means, before anything is measured. */
  private String plain(AblationChoice choice) {
    int count = Math.max(1, desk.state().asked().pairs().size());
    List<int[]> sequences = Collections.nCopies(count, desk.state().asked().ids());
    return choice.treatment(List.of(), count).says(sequences);
  }

  private Node chip(Head head) {
    Button chip = new Button(head + "  ×");
    chip.getStyleClass().add("group-chip");
    chip.setAccessibleText(head + " is taken away; gives it back");
    chip.setTooltip(new Tooltip("Give " + head + " back"));
    chip.setOnAction(e -> desk.toggle(head));
    return chip;
  }
}
