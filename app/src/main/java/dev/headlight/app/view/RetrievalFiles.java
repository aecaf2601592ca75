package dev.headlight.app.view;

import dev.headlight.app.engine.ModelQuestion;
import dev.headlight.app.retrieval.Findings;
import dev.headlight.app.retrieval.RetrievalExports;
import dev.headlight.renderer.figure.Figure;
import dev.headlight.renderer.figure.FigureStyle;
import dev.headlight.renderer.figure.Provenance;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import javafx.scene.control.MenuItem;
import javafx.stage.FileChooser;

/** Asks for files of the retrieval pane. */
final class RetrievalFiles {
  private final RetrievalDesk desk;

  RetrievalFiles(RetrievalDesk desk) {
    this.desk = desk;
  }

  /** Asks for a file to read. */
  Optional<Path> open(String title, String... endings) {
    FileChooser chooser = chooser(title);
    if (endings.length > 0) {
      chooser.getExtensionFilters().add(filter(endings));
    }
    return desk.context().actions().openFile(chooser);
  }

  private static FileChooser chooser(String title) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(title);
    return chooser;
  }

  private static FileChooser.ExtensionFilter filter(String... endings) {
    return new FileChooser.ExtensionFilter(
        String.join(", ", endings), Arrays.stream(endings).map(e -> "*." + e).toList());
  }

  /** Asks for a place and writes there. */
  void save(String name, String ending, Function<Path, ModelQuestion<Path>> writer) {
    FileChooser chooser = chooser("Export " + name);
    chooser.setInitialFileName(desk.facts().name() + "-" + name + "." + ending);
    chooser.getExtensionFilters().add(filter(ending));
    desk.context().actions().saveFile(chooser).ifPresent(file -> desk.write(writer.apply(file)));
  }

  /** An item that writes a figure of what is found; the ending says in which format. */
  MenuItem figure(String name, BiFunction<FigureStyle, Provenance, Figure> figure) {
    return Menus.item("Export figure …", "", () -> saveFigure(name, figure));
  }

  private void saveFigure(String name, BiFunction<FigureStyle, Provenance, Figure> figure) {
    FileChooser chooser = chooser("Export figure");
    chooser.setInitialFileName(desk.facts().name() + "-" + name + ".pdf");
    chooser.getExtensionFilters().addAll(filter("pdf"), filter("svg"), filter("png"));
    desk.context().actions().saveFile(chooser).ifPresent(file -> write(file, figure));
  }

  /** Writes a figure in the look of a page. */
  void write(Path file, BiFunction<FigureStyle, Provenance, Figure> figure) {
    Findings findings = desk.state().findings();
    FigureStyle style = FigureStyle.page();
    desk.write(RetrievalExports.figure(file, findings, from -> figure.apply(style, from)));
  }
}
