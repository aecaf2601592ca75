package dev.headlight.app.view;

import dev.headlight.app.visual.Looked;
import dev.headlight.app.visual.PatchView;
import dev.headlight.app.visual.VisualState;
import dev.headlight.renderer.Ticks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/**
 * The words of prompt and answer: a click shows where one looks; while a patch is chosen they are
 * shaded by how much they look at it.
 */
final class VisualWords extends VBox {
  private static final int MOST = 160;
  private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");

  private final VisualDesk desk;
  private final FlowPane prompt = flow("Words of the prompt");
  private final FlowPane answer = flow("Words of the answer");
  private final Label answerTitle = Ui.section("Answer");
  private final Label note = Ui.label("", "caption");
  private final Map<Integer, Label> chips = new LinkedHashMap<>();
  private Looked shown;

  VisualWords(VisualDesk desk) {
    super(4);
    this.desk = desk;
    getStyleClass().add("visual-words");
    Ui.wrap(note);
    getChildren().addAll(prompt, answerTitle, answer, note);
    setFocusTraversable(true);
    addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    desk.whenChanged(this::update);
    update();
  }

  private static FlowPane flow(String spoken) {
    FlowPane flow = new FlowPane(3, 3);
    flow.setAccessibleRole(AccessibleRole.NODE);
    flow.setAccessibleText(spoken);
    return flow;
  }

  private VisualState state() {
    return desk.state();
  }

  private void update() {
    Looked looked = state().looked();
    if (looked == null) {
      return;
    }
    if (!looked.equals(shown)) {
      shown = looked;
      fill(looked);
    }
    int word = state().word();
    chips.forEach((at, chip) -> chip.pseudoClassStateChanged(SELECTED, at == word));
    shade(looked);
  }

  private void fill(Looked looked) {
    chips.clear();
    List<Node> first = new ArrayList<>();
    if (!looked.text()) {
      first.add(Ui.label(cells(looked), "chip", "visual-chip"));
    }
    int[] words = looked.words();
    for (int i = Math.max(0, words.length - MOST); i < words.length; i++) {
      first.add(chip(looked, words[i]));
    }
    prompt.getChildren().setAll(first);
    answer
        .getChildren()
        .setAll(IntStream.of(looked.answer()).mapToObj(i -> (Node) chip(looked, i)).toList());
    Ui.show(answer, looked.answered());
    Ui.show(answerTitle, looked.answered());
  }

  private static String cells(Looked looked) {
    int pictures = looked.ask().pictures().size();
    int cells = looked.span().image().length;
    return looked.patches()
        ? cells + " patches"
        : (pictures > 1 ? pictures + " pictures, " : "") + cells + " image tokens";
  }

  private Label chip(Looked looked, int at) {
    String text = looked.labels().get(at);
    Label chip = Ui.token(text);
    chip.getStyleClass().add("token-chip");
    boolean kept = looked.rows().has(looked.query(at));
    chip.setDisable(!kept);
    chip.setAccessibleRoleDescription("word");
    chip.setAccessibleText("word " + at + ", " + text);
    chip.setOnMousePressed(
        e -> {
          requestFocus();
          if (e.isPrimaryButtonDown()) {
            state().choose(state().choice().withWord(at));
          }
          e.consume();
        });
    if (!looked.patches()) {
      ContextMenu menu =
          new ContextMenu(
              Menus.item(
                  "Subtract this word's look",
                  "",
                  () -> state().choose(state().choice().withBaseline(looked.query(at)))));
      chip.setContextMenu(menu);
    }
    String wrote =
        at >= looked.promptLength()
            ? "\nprobability %.1f %%; its look is the row that wrote it (position %d)"
                .formatted(100 * Math.exp(looked.logprobs()[at - looked.promptLength()]), at - 1)
            : "";
    chip.setTooltip(new Tooltip("position " + at + wrote));
    chips.put(at, chip);
    return chip;
  }

  /** By how much each word looks at the chosen patch; in a text by how much it is looked at. */
  private void shade(Looked looked) {
    int patch = state().choice().patch();
    boolean chosen = patch >= 0 && state().choice().mode().ofHeads() && !looked.patches();
    Optional<PatchView> text = state().view().filter(v -> looked.text());
    chips.values().forEach(c -> c.setStyle(""));
    Ui.show(note, chosen || text.isPresent());
    if (text.isPresent()) {
      lookedAt(text.get());
    } else if (chosen) {
      lookers(looked, patch);
    }
  }

  private void lookers(Looked looked, int patch) {
    Map<Integer, Double> looks = state().maps().lookersAt(patch, state().heads());
    double most = looks.values().stream().mapToDouble(v -> v).max().orElse(0);
    looks.forEach((at, weight) -> shade(at, weight / most));
    note.setText(
        "Shaded by how much each word looks at %s; most %s. Esc lets the patch go."
            .formatted(looked.labels().get(cell(looked, patch)), Ticks.format(most)));
  }

  private void lookedAt(PatchView view) {
    double most = view.largest();
    for (int i = 0; i < view.values().length; i++) {
      shade(i, view.values()[i] / most);
    }
    note.setText(
        "Shaded by how much %s looks at each token; most %s."
            .formatted(view.looked().labels().get(state().word()), Ticks.format(most)));
  }

  private void shade(int at, double strength) {
    Label chip = chips.get(at);
    if (chip == null || Double.isNaN(strength)) {
      return;
    }
    boolean selected = at == state().word();
    chip.setStyle(
        "-fx-background-color: -hl-accent, -hl-panel, rgba(64, 120, 230, %.2f); -fx-background-insets: %s, %s, %s; -fx-background-radius: 5;"
            .formatted(
                0.6 * Math.max(0, strength),
                selected ? "0" : "9",
                selected ? "1.5" : "0",
                selected ? "1.5" : "0"));
  }

  private static int cell(Looked looked, int patch) {
    int left = patch;
    for (var part : looked.parts()) {
      if (left < part.positions().length) {
        return part.positions()[left];
      }
      left -= part.positions().length;
    }
    return 0;
  }

  private void key(KeyEvent e) {
    int step = e.getCode() == KeyCode.LEFT ? -1 : e.getCode() == KeyCode.RIGHT ? 1 : 0;
    if (e.getCode() == KeyCode.ESCAPE && state().choice().patch() >= 0) {
      state().choose(state().choice().withPatch(-1));
      e.consume();
    }
    int layers = e.getCode() == KeyCode.PAGE_UP ? -1 : e.getCode() == KeyCode.PAGE_DOWN ? 1 : 0;
    if (layers != 0) {
      desk.moveHead(layers, 0);
      e.consume();
    }
    if (step != 0 && shown != null) {
      step(step);
      e.consume();
    }
  }

  /** Goes to the next word whose row is kept, or to the one before. */
  void step(int step) {
    if (shown == null) {
      return;
    }
    List<Integer> there =
        chips.keySet().stream().filter(at -> shown.rows().has(shown.query(at))).toList();
    int now = there.indexOf(state().word()) + step;
    if (now >= 0 && now < there.size()) {
      state().choose(state().choice().withWord(there.get(now)));
    }
  }
}
