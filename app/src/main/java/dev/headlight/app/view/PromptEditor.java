package dev.headlight.app.view;

import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.Chat;
import dev.headlight.analysis.text.ChatMessage;
import dev.headlight.analysis.text.ChatPrompt;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.prompts.PromptLibrary;
import dev.headlight.app.prompts.SavedPrompt;
import dev.headlight.app.workbench.Notice;
import dev.headlight.app.workbench.Workbench;
import java.util.List;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.DoubleBinding;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The prompt as text or as chat turns, and as the tokens it becomes. */
final class PromptEditor extends VBox {
  private static final double LEAST_CHIPS = 110;

  /** Most of the window's height that the tokens take before they scroll. */
  private static final double CHIPS = 0.32;

  private static final int LEAST_ROWS = 3;
  private static final int MOST_ROWS = 7;

  private final Workbench w;
  private final PromptArea area;
  private final LongPrompt longPrompt;
  private final ChatTurns turns;
  private final ToggleButton chat = Ui.tool(new ToggleButton("Chat"));
  private final LibraryMenu menu;
  private boolean following;

  /**
   * @param pictures of the prompt
   */
  PromptEditor(Workbench w, Region pictures) {
    this(w, pictures, PromptLibrary.ofUser());
  }

  /**
   * @param pictures of the prompt
   * @param library of the user's prompts
   */
  PromptEditor(Workbench workbench, Region pictures, PromptLibrary library) {
    super(8);
    this.w = workbench;
    this.area = new PromptArea(LEAST_ROWS, MOST_ROWS, this::tell, w.prompt::set);
    this.longPrompt = new LongPrompt(w);
    this.turns = new ChatTurns(w);
    area.setAccessibleText("Prompt");
    area.textProperty().addListener((o, old, now) -> typed(now));
    w.prompt.addListener((o, old, now) -> follow());
    w.chat.addListener((o, old, now) -> follow());
    w.model.addListener((o, old, now) -> follow());
    chat.setAccessibleText("Chat turns, written by the model's own template");
    chat.setOnAction(e -> w.chat.set(chat.isSelected() ? asChat() : null));
    Label ids = Ui.wrap(Ui.label("This model has no tokenizer: the prompt is token ids.", "dim"));
    w.model.addListener((o, old, now) -> Ui.show(ids, ofIds(now)));
    Ui.show(ids, ofIds(w.model.get()));
    this.menu = new LibraryMenu(w, library, this::load);
    getChildren()
        .addAll(
            pictures,
            Ui.row(6, Ui.section("Prompt"), Ui.spacer(), chat, menu),
            area,
            longPrompt,
            turns,
            ids,
            optional(w.promptProblem.map(Ui::sentence), "problem"),
            optional(w.promptNotice.map(Ui::sentence), "caption"),
            optional(w.written.map(ChatPrompt::summary).map(Ui::sentence).orElse(""), "caption"),
            chips(w),
            tools(w));
    follow();
  }

  private static Label optional(ObservableValue<String> text, String style) {
    Label label = Ui.bound(text, style);
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE);
    label.managedProperty().bind(label.textProperty().isNotEmpty());
    label.visibleProperty().bind(label.managedProperty());
    return label;
  }

  private void tell(String sentence) {
    w.notice.set(Notice.info(sentence));
  }

  private void typed(String text) {
    if (!following) {
      w.prompt.set(text);
    }
  }

  private static boolean ofIds(ModelFacts model) {
    return model != null && model.readsText() && !model.hasTokenizer();
  }

  /** Shows the one of the three editors that fits what is to be edited. */
  private void follow() {
    boolean template = w.model.get() != null && w.model.get().hasChatTemplate();
    boolean asTurns = template && w.chat.get() != null;
    String text = w.prompt.get();
    boolean large = text.length() > PromptArea.LONGEST;
    Ui.show(chat, template);
    chat.setSelected(asTurns);
    Ui.show(turns, asTurns);
    boolean reads = w.model.get() == null || w.model.get().readsText();
    Ui.show(area, reads && !asTurns && !large);
    Ui.show(longPrompt, reads && !asTurns && large);
    if (large) {
      longPrompt.show(text);
    }
    following = true;
    if (!large && !text.equals(area.getText())) {
      area.setText(text);
      area.positionCaret(text.length());
      // What is written goes on at the end, but its beginning is in sight; the field scrolls when
      // it is laid out.
      Platform.runLater(() -> area.setScrollTop(0));
    } else if (large) {
      area.clear();
    }
    following = false;
  }

  /** The plain prompt as a user's turn. */
  private Chat asChat() {
    String text = w.prompt.get();
    String shown = text.length() > PromptArea.LONGEST ? "" : text;
    return Chat.of(List.of(new ChatMessage(ChatMessage.USER, shown)));
  }

  /** A text from a file, which may hold what a field would drop without a word. */
  private void load(String text) {
    PastedText pasted = PastedText.of(text);
    if (!pasted.sentence().isEmpty()) {
      tell(pasted.sentence());
    }
    if (!pasted.refused()) {
      w.prompt.set(pasted.text());
    }
  }

  private static ScrollPane chips(Workbench w) {
    TokenChips chips = new TokenChips(w);
    ScrollPane scroll = new ScrollPane(chips);
    scroll.setFitToWidth(true);
    scroll.setMinHeight(LEAST_CHIPS);
    DoubleBinding most = Bindings.selectDouble(scroll.sceneProperty(), "height").multiply(CHIPS);
    scroll
        .prefHeightProperty()
        .bind(Bindings.min(most, Bindings.max(LEAST_CHIPS, chips.heightProperty().add(4))));
    scroll.getStyleClass().addAll("edge-free", "chip-box");
    return scroll;
  }

  private static HBox tools(Workbench w) {
    MenuButton bos = Menus.choice(w.bos, Bos.values(), PromptEditor::name);
    bos.setAccessibleText("Beginning-of-sequence token");
    bos.visibleProperty().bind(w.model.map(m -> m.hasTokenizer()).orElse(false));
    Label count = Ui.bound(w.tokens.map(PromptEditor::count).orElse(""), "dim");
    count.setMinWidth(Region.USE_PREF_SIZE);
    return Ui.row(8, bos, Ui.spacer(), count);
  }

  private static String count(Tokens tokens) {
    return tokens.size() + " tok";
  }

  private static String name(Bos bos) {
    return switch (bos) {
      case DEFAULT -> "BOS as the tokenizer";
      case ON -> "BOS on";
      case OFF -> "BOS off";
    };
  }

  /** Looks the library up. */
  void prompts(Consumer<List<SavedPrompt>> found) {
    menu.prompts(found);
  }

  /** Puts a prompt of the library into the editor. */
  void load(SavedPrompt prompt) {
    menu.load(prompt);
  }

  /** Puts the caret into the prompt. */
  void edit() {
    if (turns.isVisible()) {
      turns.edit();
    } else {
      area.requestFocus();
    }
  }

  /** Pastes a text from outside, as the clipboard does. */
  void paste(String outside) {
    area.insert(outside);
  }
}
