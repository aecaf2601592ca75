package dev.headlight.app.view.pairs;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.pairs.PairKind;
import dev.headlight.analysis.pairs.PairRequest;
import dev.headlight.analysis.pairs.PairRequest.Corruption;
import dev.headlight.analysis.pairs.PairRequest.Order;
import dev.headlight.app.pairs.PairDesk;
import dev.headlight.app.view.Ui;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Popup;
import javafx.util.StringConverter;

/** Which pairs to draw: kind, number, seed, and for indirect objects order and corruption. */
final class PairDrawForm extends VBox {
  private static final double WIDTH = 360;

  private final PairDesk desk;
  private final Runnable drawn;
  private final Popup popup = new Popup();
  private final ComboBox<PairKind> kind = box("Kind of pairs", PairKind.values());
  private final ComboBox<Order> order = box("Order of names", Order.values());
  private final ComboBox<Corruption> corruption = box("Corrupt prompt", Corruption.values());
  private final Label definition = Ui.label("", "caption");
  private final Label problem = Ui.label("", "problem");
  private final TextField count = field("Number of pairs", "pair-count");
  private final TextField seed = field("Seed", "pair-seed");

  /**
   * @param drawn hears when pairs are asked for
   */
  PairDrawForm(PairDesk desk, Runnable drawn) {
    super(8);
    this.desk = desk;
    this.drawn = drawn;
    getStyleClass().addAll("card", "retrieval-form", "pair-form");
    setPrefWidth(WIDTH);
    setMaxWidth(WIDTH);
    for (Label label : new Label[] {definition, problem}) {
      label.setWrapText(true);
      label.setMinHeight(Region.USE_PREF_SIZE);
    }
    GridPane rows = new GridPane();
    rows.setHgap(8);
    rows.setVgap(8);
    rows.addRow(0, Ui.label("Kind", "dim"), kind);
    rows.addRow(1, Ui.label("Pairs", "dim"), Ui.row(8, count, Ui.label("Seed", "dim"), seed));
    rows.addRow(2, Ui.label("Names", "dim"), Ui.row(8, order, corruption));
    Button draw = Ui.tool(new Button("Draw"));
    draw.getStyleClass().addAll("retrieval-run", "pair-draw-now");
    draw.setDefaultButton(true);
    draw.setOnAction(e -> draw());
    kind.valueProperty().addListener(o -> describe());
    getChildren()
        .addAll(Ui.section("Draw pairs"), rows, definition, problem, Ui.row(8, Ui.spacer(), draw));
    popup.getContent().add(this);
    popup.setAutoHide(true);
  }

  private static TextField field(String name, String style) {
    TextField field = new TextField();
    field.getStyleClass().addAll("compare-field", style);
    field.setAccessibleText(name);
    field.setPrefColumnCount(5);
    return field;
  }

  private static <T> ComboBox<T> box(String name, T[] values) {
    ComboBox<T> box = new ComboBox<>();
    box.getItems().setAll(values);
    box.setAccessibleText(name);
    box.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(T value) {
            return value instanceof PairKind kind ? kind.title() : said(value);
          }

          @Override
          public T fromString(String text) {
            throw new UnsupportedOperationException();
          }
        });
    return Ui.tool(box);
  }

  private static String said(Object value) {
    if (value == null) {
      return "";
    }
    return value == Order.MIXED
        ? "ABBA and BABA"
        : value == Corruption.S2 ? "S2 → IO" : value.toString();
  }

  private void describe() {
    definition.setText(kind.getValue().definition());
    boolean names = kind.getValue() == PairKind.IOI;
    order.setDisable(!names);
    corruption.setDisable(!names);
  }

  /** Opens below a node, or closes. */
  void toggle(Node owner) {
    if (popup.isShowing()) {
      popup.hide();
      return;
    }
    PairRequest request = desk.request();
    kind.setValue(request.kind());
    order.setValue(request.order());
    corruption.setValue(request.corruption());
    count.setText(Integer.toString(request.count()));
    seed.setText(Long.toString(request.seed()));
    say("");
    describe();
    Bounds at = owner.localToScreen(owner.getBoundsInLocal());
    popup.show(owner, at.getMaxX() - WIDTH, at.getMaxY() + 4);
  }

  private void say(String text) {
    problem.setText(Ui.sentence(text));
    Ui.show(problem, !text.isEmpty());
  }

  private void draw() {
    try {
      PairRequest request =
          new PairRequest(
              kind.getValue(),
              Integer.parseInt(count.getText().strip()),
              Long.parseLong(seed.getText().strip()),
              order.getValue(),
              corruption.getValue());
      popup.hide();
      desk.choose(request);
      desk.draw();
      drawn.run();
    } catch (NumberFormatException e) {
      say("number and seed: expected whole numbers, such as 20 and 0");
    } catch (HeadlightException e) {
      say(e.getMessage());
    }
  }
}
