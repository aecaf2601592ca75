package dev.headlight.app.view;

import dev.headlight.analysis.retrieval.RetrievalResult;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.retrieval.Findings;
import dev.headlight.app.retrieval.HeadRow;
import dev.headlight.app.retrieval.RetrievalExports;
import dev.headlight.app.retrieval.RetrievalState;
import dev.headlight.app.session.Compared;
import dev.headlight.app.session.HeadGroup;
import dev.headlight.app.workbench.HeadNumbers;
import dev.headlight.app.workbench.Notice;
import dev.headlight.app.workbench.Workbench;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;

/** The heads in the order of their scores, with what else is known of them. */
final class RetrievalRanking extends RetrievalPart {
  private static final int TOP = 10;

  private final RetrievalDesk desk;
  private final Workbench w;
  private final TableView<HeadRow> table = new TableView<>();
  private final Button json;
  private final Button csv;
  private final MenuButton more;
  private final Button mask = Ui.tool(new Button("Mask top 10"));
  private final Button group = Ui.tool(new Button("Save as group"));
  private boolean filling;
  private final Label none = Ui.label("", "empty");
  private List<HeadRow> shownRows = List.of();

  RetrievalRanking(RetrievalDesk desk, RetrievalFiles files) {
    this(desk, files, new Button("JSON"), new Button("CSV"), new MenuButton("…"));
  }

  private RetrievalRanking(
      RetrievalDesk desk, RetrievalFiles files, Button json, Button csv, MenuButton more) {
    super("Ranked heads", Ui.tool(json), Ui.tool(csv), Ui.tool(more));
    this.desk = desk;
    this.w = desk.workbench();
    this.json = json;
    this.csv = csv;
    this.more = more;
    table.getStyleClass().add("ranked");
    table.setAccessibleText("Heads by retrieval score");
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    table.setPlaceholder(none);
    columns();
    verbs(files);
    below(Ui.row(6, mask, group));
    caption(
        "±: standard deviation over the answered needles · active: share of them of which the head"
            + " copied a token · sink: on the prompt at hand · induction: once it was measured",
        "");
    table.getSelectionModel().selectedItemProperty().addListener((o, old, now) -> select(now));
    w.head.addListener(o -> follow());
    w.run.addListener(o -> update());
    w.measured.addListener(o -> update());
    desk.whenChanged(this::update);
    update();
  }

  private void verbs(RetrievalFiles files) {
    json.setTooltip(new Tooltip("Scores of each answered needle, as nightdessert/Retrieval_Head"));
    json.setOnAction(
        e -> files.save("retrieval", "json", f -> RetrievalExports.retrievalHead(f, findings())));
    csv.setTooltip(new Tooltip("Every score of every head, one a row"));
    csv.setOnAction(
        e -> files.save("retrieval", "csv", f -> RetrievalExports.scores(f, findings())));
    more.setAccessibleText("More about the ranking");
    more.getItems()
        .addAll(
            Menus.item(
                "Export streaming proxy as DuoAttention TSV …",
                "",
                () ->
                    files.save(
                        "full_attention_heads", "tsv", f -> RetrievalExports.duo(f, findings()))),
            Menus.item(
                "Import scores (Retrieval_Head JSON, DuoAttention TSV) …",
                "",
                () -> files.open("Import scores", "json", "tsv").ifPresent(desk::read)));
    mask.setTooltip(new Tooltip("Compare the prompt with a pass without the ten first heads"));
    mask.setOnAction(e -> mask());
    group.setTooltip(new Tooltip("Name the heads above 0.1, or the first ten if there are none"));
    group.setOnAction(e -> group());
  }

  private Findings findings() {
    return desk.state().findings();
  }

  private void columns() {
    TableColumn<HeadRow, ?> score =
        number("score", "Retrieval score by the definition above", HeadRow::score, 62, "%.2f");
    table
        .getColumns()
        .setAll(
            List.of(
                column("head", "", HeadRow::head, Comparator.naturalOrder(), Head::toString, 66),
                column(
                    "group",
                    "Key/value group",
                    HeadRow::group,
                    Comparator.naturalOrder(),
                    g -> "G" + g,
                    52),
                score,
                number("±", "Standard deviation", HeadRow::deviation, 52, "%.2f"),
                number("active", "Activation frequency", r -> 100 * r.active(), 58, "%.0f %%"),
                number("induction", "Induction score", HeadRow::induction, 72, "%.2f"),
                number("sink", "Share on the first key", HeadRow::sink, 52, "%.2f")));
  }

  private static TableColumn<HeadRow, Double> number(
      String title, String tip, ToDoubleFunction<HeadRow> value, double width, String form) {
    // What is not known stands last when the largest stand first.
    Comparator<Double> order =
        Comparator.comparingDouble(v -> Double.isNaN(v) ? Double.NEGATIVE_INFINITY : v);
    return column(
        title,
        tip,
        value::applyAsDouble,
        order,
        v -> Double.isNaN(v) ? "–" : String.format(Locale.ROOT, form, v),
        width);
  }

  private static <T> TableColumn<HeadRow, T> column(
      String title,
      String tip,
      Function<HeadRow, T> value,
      Comparator<? super T> order,
      Function<T, String> text,
      double width) {
    TableColumn<HeadRow, T> column = new TableColumn<>();
    Label header = Ui.label(title);
    if (!tip.isEmpty()) {
      header.setTooltip(new Tooltip(tip));
    }
    column.setGraphic(header);
    column.setMinWidth(width * 0.72);
    column.setPrefWidth(width);
    column.setReorderable(false);
    column.setComparator(order::compare);
    column.setSortType(
        title.equals("head") || title.equals("group")
            ? TableColumn.SortType.ASCENDING
            : TableColumn.SortType.DESCENDING);
    column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(value.apply(row.getValue())));
    column.setCellFactory(
        c ->
            new TableCell<>() {
              @Override
              protected void updateItem(T item, boolean empty) {
                super.updateItem(item, empty);
                setText(empty || item == null ? "" : text.apply(item));
              }
            });
    return column;
  }

  private void select(HeadRow row) {
    if (!filling && row != null) {
      w.head.set(row.head());
    }
  }

  private void follow() {
    filling = true;
    Head head = w.head.get();
    Optional<HeadRow> row =
        table.getItems().stream().filter(r -> r.head().equals(head)).findFirst();
    if (row.isPresent()) {
      table.getSelectionModel().select(row.get());
    } else {
      table.getSelectionModel().clearSelection();
    }
    filling = false;
  }

  private void update() {
    RetrievalState state = desk.state();
    if (state == null) {
      return;
    }
    Findings findings = state.findings();
    boolean defined = findings != null && findings.defined(state.definition());
    boolean measured = findings != null && findings.result().defined();
    json.setDisable(!measured);
    csv.setDisable(!measured);
    more.getItems().get(0).setDisable(!measured);
    mask.setDisable(!defined);
    group.setDisable(!defined);
    show(table);
    none.setText(
        findings == null ? "Heads rank once a needle is found." : "No score is defined yet.");
    List<HeadRow> rows = defined ? rows(findings, state) : List.of();
    if (!rows.equals(shownRows)) {
      shownRows = rows;
      filling = true;
      table.getItems().setAll(rows);
      table.sort();
      filling = false;
      follow();
    }
  }

  private List<HeadRow> rows(Findings findings, RetrievalState state) {
    ModelFacts facts = w.model.get();
    if (facts == null || !facts.equals(desk.facts())) {
      return List.of();
    }
    HeadNumbers numbers = HeadNumbers.of(w);
    return findings.rows(
        state.definition(), h -> numbers.score("induction", h), h -> numbers.score("first", h));
  }

  private List<Head> first() {
    return findings().top(desk.state().definition(), TOP);
  }

  private void mask() {
    String heads = first().stream().map(Head::toString).collect(Collectors.joining(","));
    w.compared.set(new Compared("runs", Optional.empty(), "", "zero:" + heads));
    desk.context().actions().openPane("compare");
  }

  private void group() {
    List<Head> strong =
        shownRows.stream()
            .filter(r -> r.score() > RetrievalResult.RETRIEVAL)
            .map(HeadRow::head)
            .toList();
    List<Head> heads = strong.isEmpty() ? first() : strong;
    w.groups.set(HeadGroup.with(w.groups.get(), HeadGroup.of("retrieval heads", heads)));
    w.notice.set(
        Notice.info("Saved " + Ui.count(heads.size(), "head") + " as the group retrieval heads."));
  }
}
