package dev.headlight.app.view;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.app.workbench.GridOrder;
import dev.headlight.app.workbench.RoleTable;
import dev.headlight.app.workbench.RolesView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/** The columns of the table of roles: headers that sort and explain, cells with their spread. */
final class RoleColumns {
  private static final double WIDTH = 74;
  private static final double SPREAD = 30;
  private static final PseudoClass STRONG = PseudoClass.getPseudoClass("strong");
  private static final PseudoClass SORTED = PseudoClass.getPseudoClass("sorted");
  private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

  private final RolesView view;

  private final List<Runnable> marks = new ArrayList<>();

  RoleColumns(RolesView view) {
    this.view = view;
    InvalidationListener mark = o -> marks.forEach(Runnable::run);
    view.order.addListener(mark);
    view.role.addListener(mark);
  }

  /** Forgets the columns made so far. */
  void clear() {
    marks.clear();
  }

  /** The heads' names. */
  TableColumn<Head, Head> head() {
    return plain("Head", 66, Head::toString);
  }

  /** Their KV groups. */
  TableColumn<Head, Head> group() {
    return plain(
        "KV group", 58, head -> Integer.toString(view.table().get().numbers().kvGroup(head)));
  }

  private interface Words {
    String of(Head head);
  }

  private TableColumn<Head, Head> plain(String title, double width, Words words) {
    TableColumn<Head, Head> column = column(width);
    Label header = header(title);
    header.setAlignment(Pos.CENTER_LEFT);
    header.getStyleClass().add("role-header-left");
    header.setOnMouseClicked(e -> view.order.set(GridOrder.LAYER));
    header.setTooltip(new Tooltip("Sort by layer and head"));
    column.setGraphic(header);
    column.getStyleClass().add("role-name");
    column.setCellFactory(
        c ->
            new TableCell<>() {
              @Override
              protected void updateItem(Head head, boolean empty) {
                super.updateItem(head, empty);
                setText(empty || head == null ? "" : words.of(head));
              }
            });
    return column;
  }

  private static TableColumn<Head, Head> column(double width) {
    TableColumn<Head, Head> column = new TableColumn<>();
    column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
    column.setPrefWidth(width);
    column.setMinWidth(40);
    column.setSortable(false); // Headers sort on their own: the order is the pane's.
    column.setReorderable(false);
    return column;
  }

  private static Label header(String title) {
    Label header = Ui.label(title, "role-header");
    header.setWrapText(true);
    header.setMaxSize(Double.MAX_VALUE, Double.MAX_VALUE);
    header.setAlignment(Pos.CENTER_RIGHT);
    return header;
  }

  /**
   * A score.
   *
   * @param spreads whether any head has a spread
   */
  TableColumn<Head, Head> of(HeadScore score, boolean spreads) {
    TableColumn<Head, Head> column = column(WIDTH + (spreads && view.spread.get() ? SPREAD : 0));
    Label header = header("");
    Tooltip tip = new Tooltip();
    tip.setOnShowing(e -> tip.setText(about(score, view.conditions().get(score.id()))));
    header.setTooltip(tip);
    header.setOnMouseClicked(e -> view.sortBy(score.id()));
    mark(header, score);
    marks.add(() -> mark(header, score));
    column.setGraphic(header);
    column.setUserData(score);
    column.setCellFactory(c -> new Cell(score, view.table()::get));
    return column;
  }

  private void mark(Label header, HeadScore score) {
    header.setText(title(score));
    header.pseudoClassStateChanged(SORTED, score.id().equals(view.order.get().score()));
    header.pseudoClassStateChanged(CHOSEN, score.id().equals(view.role.get()));
  }

  private String title(HeadScore score) {
    GridOrder order = view.order.get();
    return order.score().equals(score.id()) ? score.title() + " " + order.arrow() : score.title();
  }

  /** What a score is: formula, unit, source, and on what it was measured. */
  static String about(HeadScore score, String conditions) {
    StringBuilder about = new StringBuilder(score.title());
    about.append(score.unit().isEmpty() ? "" : ", " + score.unit());
    about.append("  (").append(score.id()).append(")\n").append(score.formula());
    if (!score.source().isEmpty()) {
      about.append('\n').append(score.source());
    }
    boolean known = conditions != null && !conditions.isEmpty();
    return about.append('\n').append(known ? conditions : "not measured yet").toString();
  }

  /** A cell in a line: number, spread, contradiction. */
  static String text(RoleTable.Cell cell) {
    String spread = cell.spread().isEmpty() ? "" : " " + cell.spread();
    return cell.text() + spread + cell.against().map(a -> "  ≠ " + a).orElse("");
  }

  /** A number with its spread, and a mark where another definition contradicts it. */
  private final class Cell extends TableCell<Head, Head> {
    private final HeadScore score;
    private final Supplier<RoleTable> table;
    private final Label mark = Ui.label("≠", "role-mark");
    private final Label number = Ui.label("", "role-number");
    private final Label spread = Ui.label("", "role-spread");
    private final HBox line = Ui.row(4, mark, number, spread);
    private final Tooltip against = new Tooltip();

    Cell(HeadScore score, Supplier<RoleTable> table) {
      this.score = score;
      this.table = table;
      line.setAlignment(Pos.CENTER_RIGHT);
      spread.setMinWidth(Region.USE_PREF_SIZE);
      number.setMinWidth(Region.USE_PREF_SIZE);
      mark.setTooltip(against);
      setText(null);
    }

    @Override
    protected void updateItem(Head head, boolean empty) {
      super.updateItem(head, empty);
      setGraphic(empty || head == null ? null : line);
      if (empty || head == null || table.get() == null) {
        return;
      }
      RoleTable.Cell cell = table.get().cell(head, score);
      number.setText(cell.text());
      number.pseudoClassStateChanged(STRONG, cell.strong());
      spread.setText(cell.spread());
      Ui.show(spread, view.spread.get() && !cell.spread().isEmpty());
      Ui.show(mark, cell.against().isPresent());
      against.setText("Two definitions disagree: " + cell.against().orElse(""));
      setAccessibleText(head + " " + score.title() + " " + text(cell));
    }
  }
}
