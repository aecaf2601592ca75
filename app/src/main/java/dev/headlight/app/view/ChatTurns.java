package dev.headlight.app.view;

import dev.headlight.analysis.text.Chat;
import dev.headlight.analysis.text.ChatMessage;
import dev.headlight.app.workbench.Notice;
import dev.headlight.app.workbench.Workbench;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;

/** The turns of a conversation, each a small block with its role over its text. */
final class ChatTurns extends VBox {
  private static final List<String> ROLES =
      List.of(ChatMessage.SYSTEM, ChatMessage.USER, ChatMessage.ASSISTANT);
  private static final int MOST_ROWS = 6;

  private final Workbench w;
  private final VBox blocks = new VBox(6);
  private final CheckBox answer = new CheckBox("Answer next");
  private final List<Turn> turns = new ArrayList<>();
  private boolean filling;

  private record Turn(MenuButton role, PromptArea area) {}

  ChatTurns(Workbench workbench) {
    super(6);
    this.w = workbench;
    blocks.setMinHeight(USE_PREF_SIZE);
    setMinHeight(USE_PREF_SIZE);
    Button add = Ui.tool(new Button("Add turn"));
    add.setOnAction(e -> add());
    answer.setTooltip(new Tooltip("End with the beginning of an assistant's turn"));
    answer.setOnAction(e -> changed());
    getChildren().addAll(blocks, Ui.row(8, add, Ui.spacer(), answer));
    w.chat.addListener((o, old, now) -> fill(now));
    fill(w.chat.get());
  }

  /** Puts the caret into the last turn. */
  void edit() {
    if (!turns.isEmpty()) {
      turns.get(turns.size() - 1).area().requestFocus();
    }
  }

  /** Shows a conversation that was not typed here. */
  private void fill(Chat chat) {
    if (filling || chat == null || chat.equals(chat())) {
      return;
    }
    filling = true;
    turns.clear();
    blocks.getChildren().clear();
    chat.messages().forEach(this::block);
    answer.setSelected(chat.answerNext());
    filling = false;
  }

  private void block(ChatMessage message) {
    MenuButton role = Ui.tool(new MenuButton(message.role()));
    role.getStyleClass().add("role-" + message.role());
    role.setAccessibleText("Role of turn " + (turns.size() + 1));
    PromptArea area =
        new PromptArea(
            1,
            MOST_ROWS,
            sentence -> w.notice.set(Notice.info(sentence)),
            all -> w.notice.set(Notice.info(tooLong(all))));
    area.setText(message.content());
    area.setAccessibleText("Text of turn " + (turns.size() + 1));
    Turn turn = new Turn(role, area);
    for (String name : ROLES) {
      MenuItem item = Menus.item(name, "", () -> rename(turn, name));
      role.getItems().add(item);
    }
    Button remove = Ui.tool(new Button("×"));
    remove.setAccessibleText("Remove turn " + (turns.size() + 1));
    area.textProperty().addListener(o -> changed());
    VBox block = new VBox(3, Ui.row(6, role, Ui.spacer(), remove), area);
    block.getStyleClass().add("turn");
    block.setMinHeight(USE_PREF_SIZE);
    remove.setOnAction(e -> remove(turn, block));
    turns.add(turn);
    blocks.getChildren().add(block);
  }

  private static String tooLong(String all) {
    return "A turn here has at most %,d characters, this one would have %,d; use a chat file."
        .formatted(PromptArea.LONGEST, all.length());
  }

  private void rename(Turn turn, String role) {
    turn.role().setText(role);
    changed();
  }

  private void remove(Turn turn, VBox block) {
    turns.remove(turn);
    blocks.getChildren().remove(block);
    changed();
  }

  private void add() {
    boolean user =
        turns.isEmpty() || !turns.get(turns.size() - 1).role().getText().equals(ChatMessage.USER);
    block(new ChatMessage(user ? ChatMessage.USER : ChatMessage.ASSISTANT, ""));
    edit();
    changed();
  }

  private Chat chat() {
    return new Chat(
        turns.stream().map(t -> new ChatMessage(t.role().getText(), t.area().getText())).toList(),
        answer.isSelected());
  }

  private void changed() {
    if (!filling) {
      filling = true;
      w.chat.set(chat());
      filling = false;
    }
  }
}
