package dev.headlight.app.view;

import dev.headlight.analysis.run.Head;
import dev.headlight.app.session.HeadGroup;
import dev.headlight.app.workbench.Workbench;
import java.util.SortedSet;
import java.util.stream.Collectors;
import javafx.beans.InvalidationListener;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The heads chosen together, and the groups that have been named. */
final class GroupBar extends VBox {
  private static final int NAMED = 6;

  private final Workbench w;
  private final Label chosen = Ui.label("", "dim");
  private final TextField name = new TextField();
  private final Button group = Ui.tool(new Button("Name …"));
  private final Button copy = Ui.tool(new Button("Copy"));
  private final Button clear = Ui.tool(new Button("Clear"));
  private final HBox choice = Ui.row(6, chosen, Ui.spacer(), name, group, copy, clear);
  private final FlowPane groups = new FlowPane(6, 6);
  private final VBox named = new VBox(4, Ui.section("Head groups"), groups);
  private String renaming = "";

  GroupBar(Workbench workbench, HeadActions actions) {
    super(8);
    this.w = workbench;
    chosen.setMinWidth(0);
    name.getStyleClass().add("compare-field");
    name.setPrefColumnCount(12);
    name.setMinWidth(Region.USE_PREF_SIZE);
    name.setAccessibleText("Name of the group");
    name.setOnAction(e -> save());
    name.setOnKeyPressed(
        e -> {
          if (e.getCode() == KeyCode.ESCAPE) {
            naming(false);
            e.consume();
          }
        });
    group.setOnAction(e -> name());
    copy.setOnAction(e -> actions.copyHeads());
    clear.setOnAction(e -> w.choose(java.util.Set.of()));
    getChildren().addAll(choice, named);
    Ui.show(name, false);
    InvalidationListener update = o -> update();
    w.chosen.addListener(update);
    w.groups.addListener(update);
    w.model.addListener(update);
    update();
  }

  private void update() {
    SortedSet<Head> heads = w.chosen.get();
    Ui.show(choice, !heads.isEmpty() || name.isVisible());
    String list = heads.stream().limit(NAMED).map(Head::toString).collect(Collectors.joining(", "));
    chosen.setText(
        Ui.count(heads.size(), "head") + ": " + list + (heads.size() > NAMED ? " …" : ""));
    Ui.show(named, !w.groups.get().isEmpty() && w.model.get() != null);
    groups.getChildren().setAll(w.groups.get().stream().map(this::chip).toList());
    Ui.show(this, choice.isVisible() || named.isVisible());
  }

  private Button chip(HeadGroup of) {
    int count = w.model.get() == null ? 0 : of.in(w.model.get().spec()).size();
    Button chip = new Button(of.name() + "  " + count);
    chip.getStyleClass().add("group-chip");
    chip.setAccessibleText(
        "Group " + of.name() + ", " + Ui.count(count, "head") + "; chooses them");
    chip.setOnAction(e -> choose(of));
    chip.setContextMenu(menu(of));
    return chip;
  }

  private ContextMenu menu(HeadGroup of) {
    MenuItem rename = Menus.item("Rename …", "", () -> rename(of));
    MenuItem filter =
        Menus.item("Show only these", "", () -> w.headFilter.set("group = \"" + of.name() + "\""));
    MenuItem replace =
        Menus.item(
            "Replace by the chosen heads",
            "",
            () -> w.groups.set(HeadGroup.with(w.groups.get(), HeadGroup.of(of.name(), w.meant()))));
    MenuItem text = Menus.item("Copy heads", "", () -> NoticeBar.copy(of.heads().toString()));
    MenuItem delete =
        Menus.item("Delete", "", () -> w.groups.set(HeadGroup.without(w.groups.get(), of.name())));
    MenuItem select = Menus.item("Choose", "", () -> choose(of));
    return new ContextMenu(select, filter, text, new SeparatorMenuItem(), rename, replace, delete);
  }

  private void choose(HeadGroup of) {
    if (w.model.get() != null) {
      w.choose(of.in(w.model.get().spec()));
    }
  }

  /** Asks for a name of the chosen heads. */
  void name() {
    if (w.meant().isEmpty()) {
      return;
    }
    renaming = "";
    name.setText(HeadGroup.freeName(w.groups.get()));
    naming(true);
  }

  private void rename(HeadGroup of) {
    renaming = of.name();
    name.setText(of.name());
    naming(true);
  }

  private void naming(boolean now) {
    Ui.show(name, now);
    Ui.show(group, !now);
    update();
    if (now) {
      name.requestFocus();
      name.selectAll();
    }
  }

  private void save() {
    String text = name.getText().strip().replace("\"", "");
    if (!text.isEmpty()) {
      w.groups.set(
          renaming.isEmpty()
              ? HeadGroup.with(w.groups.get(), HeadGroup.of(text, w.meant()))
              : HeadGroup.renamed(w.groups.get(), renaming, text));
    }
    naming(false);
  }
}
