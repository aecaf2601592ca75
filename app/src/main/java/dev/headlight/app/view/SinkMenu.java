package dev.headlight.app.view;

import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.engine.SinkMeasured;
import dev.headlight.app.export.SinkExport;
import dev.headlight.app.export.SinkExport.Table;
import dev.headlight.app.workbench.Notice;
import dev.headlight.app.workbench.SinkNumbers;
import dev.headlight.app.workbench.SinkState;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.figure.Plot;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.scene.control.MenuButton;
import javafx.scene.control.SeparatorMenuItem;
import javafx.stage.FileChooser;

/** Writes curves and tables of sinks to files. */
final class SinkMenu {
  private final PaneContext context;
  private final Workbench w;
  private final SinkState state;

  private enum Ask {
    EXPORT
  }

  SinkMenu(PaneContext context, SinkState state) {
    this.context = context;
    this.w = context.workbench();
    this.state = state;
  }

  /** The button that offers them. */
  MenuButton button(SinkSizes sizes, SinkTuningPart tuning) {
    MenuButton button = Ui.tool(new MenuButton("Export"));
    button
        .getItems()
        .addAll(
            Menus.item("Size inside, figure …", "", () -> curves("sizes", sizes::figure)),
            Menus.item("Loss over γ, figure …", "", () -> curves("gamma", tuning::figure)),
            new SeparatorMenuItem(),
            Menus.item("Heads as CSV …", "", () -> table(Table.HEADS)),
            Menus.item("Attention on tokens as CSV …", "", () -> table(Table.TOKENS)),
            Menus.item("Token concentration as CSV …", "", () -> table(Table.CONCENTRATION)));
    return button;
  }

  private void curves(String name, Supplier<Optional<Plot>> figure) {
    Optional<Plot> plot = figure.get();
    if (plot.isEmpty()) {
      w.notice.set(Notice.info("There is no such curve yet; measure first."));
      return;
    }
    SinkMeasured measured = state.measured.get();
    List<int[]> prompt = List.of(measured.prompt().ids());
    String caption = plot.get().y().name() + " over " + plot.get().x().name() + " on the prompt";
    askFile(name, List.of("pdf", "svg", "png"))
        .ifPresent(
            file ->
                write(
                    file,
                    host ->
                        SinkExport.curves(
                            host, measured.model(), plot.get(), caption, prompt, file)));
  }

  private void table(Table table) {
    SinkNumbers numbers = state.numbers().get();
    if (numbers == null) {
      w.notice.set(Notice.info("There are no numbers yet; measure first."));
      return;
    }
    askFile("sinks-" + table.name().toLowerCase(Locale.ROOT), List.of("csv"))
        .ifPresent(
            file ->
                write(
                    file,
                    host ->
                        SinkExport.table(
                            host,
                            numbers.measured().model(),
                            numbers.measured().ofTexts(),
                            numbers.rates(),
                            numbers.entropy(),
                            table,
                            file)));
  }

  private Optional<Path> askFile(String name, List<String> endings) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle("Export " + name);
    chooser.setInitialFileName(w.model.get().name() + "-" + name + "." + endings.get(0));
    for (String ending : endings) {
      chooser
          .getExtensionFilters()
          .add(new FileChooser.ExtensionFilter(ending.toUpperCase(Locale.ROOT), "*." + ending));
    }
    return context.actions().saveFile(chooser);
  }

  private void write(Path file, Function<ModelHost, Path> writing) {
    context.ask(
        Ask.EXPORT,
        "Export " + file.getFileName(),
        (host, progress) -> writing.apply(host),
        path -> w.notice.set(Notice.info("Wrote " + path + ".")));
  }
}
