package dev.headlight.app.view;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.text.TextUnit;
import dev.headlight.app.export.ExportRequest.Format;
import dev.headlight.app.export.FigureContent;
import dev.headlight.app.export.FigureContent.Kind;
import dev.headlight.app.export.FigureRequest;
import dev.headlight.app.workbench.HeadView;
import dev.headlight.renderer.Theme;
import dev.headlight.renderer.figure.FigureStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ObjectProperty;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.util.StringConverter;

/** The settings of a figure: what is drawn, how large, and how it looks. */
final class FigureForm extends GridPane {
  private final FigureRequest start;
  private final Head selected;
  private final ModelSpec spec;
  private final ChoiceBox<Kind> kind = new ChoiceBox<>();
  private final TextField heads = new TextField();
  private final ChoiceBox<Format> format = new ChoiceBox<>();
  private final Spinner<Integer> width;
  private final Spinner<Integer> fontSize;
  private final Spinner<Integer> dpi;
  private final ChoiceBox<Theme> theme = new ChoiceBox<>();
  private final ChoiceBox<TextUnit> unit = new ChoiceBox<>();
  private final CheckBox colourBar = new CheckBox("Colour bar");
  private final TextField title = new TextField();
  private final CheckBox titled = new CheckBox("Title");

  /**
   * @param selected the head that "selected head" means
   */
  FigureForm(FigureRequest start, Format first, ModelSpec spec, Head selected) {
    this.start = start;
    this.selected = selected;
    this.spec = spec;
    FigureStyle style = start.style();
    width = new Spinner<>(40, 600, (int) style.widthMm(), 10);
    fontSize = new Spinner<>(3, 36, (int) style.fontSizePt(), 1);
    dpi = new Spinner<>(36, 1200, style.dpi(), 50);
    FigureContent content = start.content();
    heads.setText(
        content.kind() == Kind.MEAN
            ? HeadSet.of(content.heads()).toString()
            : "L" + selected.layer() + "H*");
    fill(kind, Kind.values(), content.kind(), FigureForm::name);
    fill(unit, TextUnit.values(), content.unit(), HeadView::title);
    fill(format, new Format[] {Format.PNG, Format.SVG, Format.PDF}, first, Format::name);
    fill(theme, Theme.values(), style.theme(), t -> capital(t.name()));
    titled.setSelected(true);
    title.setPromptText("What it shows");
    colourBar.setSelected(style.colourBar());
    ObjectProperty<Kind> drawn = kind.valueProperty();
    heads.disableProperty().bind(drawn.isEqualTo(Kind.HEAD).or(drawn.isEqualTo(Kind.GRID)));
    unit.disableProperty().bind(drawn.isEqualTo(Kind.PANELS).or(drawn.isEqualTo(Kind.GRID)));
    dpi.disableProperty().bind(format.valueProperty().isNotEqualTo(Format.PNG));
    title.disableProperty().bind(titled.selectedProperty().not());
    arrange();
  }

  private void arrange() {
    setHgap(12);
    setVgap(8);
    row(0, "Show", kind, "What the figure shows", "");
    row(1, "Heads", heads, "Heads side by side or averaged, such as L1H2,L3H*", "");
    row(2, "Rows and columns", unit, "What rows and columns stand for", "");
    row(3, "Format", format, "Format of the file", "");
    row(4, "Width", width, "Width in millimetres", "mm");
    row(5, "Font size", fontSize, "Size of labels in points", "pt");
    row(6, "Resolution", dpi, "Resolution in dots per inch", "dpi");
    row(7, "Theme", theme, "Theme of the figure", "");
    title.setAccessibleText("Title of the figure");
    addRow(8, titled, title);
    add(colourBar, 0, 9, 3, 1);
    for (Spinner<Integer> spinner : List.of(width, fontSize, dpi)) {
      spinner.setEditable(true);
      spinner.setPrefWidth(110);
    }
    heads.setPrefColumnCount(14);
    heads.setId("figure-heads");
  }

  private void row(int row, String name, Node control, String spoken, String unit) {
    control.setAccessibleText(spoken);
    addRow(row, Ui.label(name, "dim"), control, Ui.label(unit, "dim"));
  }

  private static <T> void fill(
      ChoiceBox<T> box, T[] values, T first, java.util.function.Function<T, String> name) {
    box.getItems().setAll(values);
    box.setValue(first);
    box.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(T value) {
            return value == null ? "" : name.apply(value);
          }

          @Override
          public T fromString(String text) {
            throw new UnsupportedOperationException("a choice is not written");
          }
        });
  }

  private static String name(Kind kind) {
    return switch (kind) {
      case HEAD -> "Selected head";
      case MEAN -> "Mean of heads";
      case PANELS -> "Chosen heads";
      case GRID -> "All heads";
    };
  }

  private static String capital(String name) {
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }

  /** Calls back after every change. */
  void whenChanged(Runnable changed) {
    InvalidationListener listener = o -> changed.run();
    kind.valueProperty().addListener(listener);
    heads.textProperty().addListener(listener);
    width.valueProperty().addListener(listener);
    fontSize.valueProperty().addListener(listener);
    theme.valueProperty().addListener(listener);
    title.textProperty().addListener(listener);
    titled.selectedProperty().addListener(listener);
    unit.valueProperty().addListener(listener);
    colourBar.selectedProperty().addListener(listener);
  }

  Format format() {
    return format.getValue();
  }

  /** Name of the file without its ending. */
  String fileName() {
    return new FigureContent(kind.getValue(), List.of(selected)).name();
  }

  /**
   * The figure as it is set.
   *
   * @throws HeadlightException if the heads cannot be read or are not in the model
   */
  FigureRequest figure() {
    boolean named = kind.getValue() == Kind.PANELS || kind.getValue() == Kind.MEAN;
    List<Head> chosen =
        named ? List.copyOf(HeadSet.parse(heads.getText()).resolve(spec)) : List.of(selected);
    FigureStyle style =
        new FigureStyle(
            theme.getValue(),
            width.getValue(),
            fontSize.getValue(),
            dpi.getValue(),
            colourBar.isSelected());
    return new FigureRequest(
        start.run(),
        new FigureContent(kind.getValue(), chosen, unit.getValue()),
        start.tokens(),
        style,
        wording(),
        start.scale(),
        start.common());
  }

  private Optional<String> wording() {
    if (!titled.isSelected()) {
      return Optional.of("");
    }
    return title.getText().isBlank() ? Optional.empty() : Optional.of(title.getText().strip());
  }
}
