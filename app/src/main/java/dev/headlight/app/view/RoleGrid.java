package dev.headlight.app.view;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.HeadTable;
import dev.headlight.app.workbench.RoleTable;
import dev.headlight.app.workbench.RolesView;
import dev.headlight.app.workbench.Workbench;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;

/** The table of every head by every role; only rows in sight have nodes. */
final class RoleGrid extends TableView<Head> {
  private final Workbench w;
  private final RolesView view;
  private final RoleColumns make;
  private List<String> shape = List.of();
  private boolean filling;

  /**
   * @param open shows the selected head's map
   */
  RoleGrid(Workbench workbench, RolesView view, Runnable open) {
    this.w = workbench;
    this.view = view;
    this.make = new RoleColumns(view);
    getStyleClass().addAll("edge-free", "role-table");
    setAccessibleText("Heads by roles");
    setTableMenuButtonVisible(false);
    setMinHeight(0);
    setPlaceholder(Ui.label("No head comes through the filter.", "empty"));
    getSelectionModel().selectedItemProperty().addListener((o, old, now) -> chosen(now));
    w.head.addListener(o -> select(true));
    view.table().addListener(o -> fill());
    view.spread.addListener(o -> columns(true));
    setOnKeyPressed(
        e -> {
          if (e.getCode() == KeyCode.ENTER) {
            open.run();
            e.consume();
          }
        });
    setOnMouseClicked(
        e -> {
          if (e.getClickCount() == 2 && e.getButton() == MouseButton.PRIMARY) {
            open.run();
          }
        });
    fill();
  }

  private void fill() {
    RoleTable table = view.table().get();
    if (table == null) {
      getItems().clear();
      return;
    }
    filling = true;
    columns(false);
    if (getItems().equals(table.heads())) {
      refresh();
    } else {
      getItems().setAll(table.heads());
      scrollTo(0);
    }
    filling = false;
    select(false);
  }

  /** Makes the columns anew where there are others than before. */
  private void columns(boolean anyway) {
    RoleTable table = view.table().get();
    if (table == null) {
      return;
    }
    boolean groups = w.model.get().spec().kvHeads() < w.model.get().spec().heads();
    List<String> now =
        table.columns().stream().map(s -> s.id() + spreads(table, s) + groups).toList();
    if (now.equals(shape) && !anyway) {
      return;
    }
    shape = now;
    make.clear();
    List<TableColumn<Head, ?>> columns =
        new ArrayList<>(groups ? Arrays.asList(make.head(), make.group()) : List.of(make.head()));
    table.columns().forEach(score -> columns.add(make.of(score, spreads(table, score))));
    getColumns().setAll(columns);
  }

  private static boolean spreads(RoleTable table, HeadScore score) {
    return table
        .numbers()
        .table(score)
        .map(HeadTable::deviations)
        .map(d -> Arrays.stream(d).anyMatch(v -> !Double.isNaN(v)))
        .orElse(false);
  }

  private void chosen(Head head) {
    if (!filling && head != null) {
      w.head.set(head);
    }
  }

  /**
   * @param reveal whether to scroll to the selected head
   */
  private void select(boolean reveal) {
    int index = getItems().indexOf(w.head.get());
    filling = true;
    if (index < 0) {
      getSelectionModel().clearSelection();
    } else if (getSelectionModel().getSelectedIndex() != index) {
      getSelectionModel().select(index);
      if (reveal && !isFocused()) {
        scrollTo(Math.max(0, index - 3));
      }
    }
    filling = false;
  }
}
