package dev.headlight.app.cli;

import dev.headlight.analysis.io.AtomicFiles;
import dev.headlight.analysis.io.Provenance;
import dev.headlight.analysis.io.VisionTables;
import dev.headlight.analysis.io.VisionTables.MapCell;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.app.report.FigureFiles;
import dev.headlight.app.visual.Looked;
import dev.headlight.app.visual.MapMode;
import dev.headlight.app.visual.Over;
import dev.headlight.app.visual.PatchView;
import dev.headlight.app.visual.Shown;
import dev.headlight.app.visual.Side;
import dev.headlight.app.visual.VisualChoice;
import dev.headlight.app.visual.VisualFigures;
import dev.headlight.app.visual.VisualSegments;
import dev.headlight.app.visual.VisualState;
import dev.headlight.app.visual.VisualTables;
import dev.headlight.app.visual.VisualWork;
import dev.headlight.renderer.figure.FigureFormat;
import dev.headlight.renderer.figure.FigureStyle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Writes the maps of a look: of every picture and tile that is asked for, one after the other. */
final class VisualFiles {
  private final Terminal terminal;
  private final Model model;
  private final VisualMapOptions map;
  private final FigureFormat format;
  private final List<String> changes;

  VisualFiles(
      Terminal terminal,
      Model model,
      VisualMapOptions map,
      FigureFormat format,
      List<String> changes) {
    this.terminal = terminal;
    this.model = model;
    this.map = map;
    this.format = format;
    this.changes = changes;
  }

  /** A map, and the heads it is of. */
  private record Drawn(String name, Collection<Head> heads, PatchView view) {}

  List<Path> write(Path out, VisualState state) {
    VisualChoice first = state.choice();
    return OutputFolder.filled(
        out,
        folder -> {
          List<Path> files = new ArrayList<>();
          List<MapCell> cells = new ArrayList<>();
          List<Path> prompts = new ArrayList<>();
          List<Shown> all = map.shown(state);
          for (Shown shown : all) {
            VisualState there = at(shown, state);
            String place = all.size() == 1 ? "" : place(shown, there);
            for (Drawn one : drawn(there)) {
              cells.addAll(cells(one, there));
              if (!there.looked().text()) {
                files.add(figure(folder, one, place, there));
                prompts.add(segmenter(folder, one, place));
              }
            }
          }
          state.choose(first);
          Path maps = folder.resolve("maps.csv");
          VisionTables.maps(maps, cells);
          files.add(maps);
          files.addAll(changed(folder, state));
          files.addAll(groundings(folder, state));
          files.addAll(prompts);
          return files;
        });
  }

  /** A tower reads each tile by itself, so it is looked at again; a prompt has them all. */
  private VisualState at(Shown shown, VisualState state) {
    Looked looked = state.looked();
    state.choose(state.choice().with(shown));
    boolean there =
        looked.side() == Side.MAIN
            || (looked.at().picture() == shown.picture() && looked.at().tile() == shown.tile());
    if (there) {
      return state;
    }
    VisualState other = new VisualState(() -> {});
    other.choose(state.choice());
    other.looked(
        VisualWork.look(looked.ask().withMaxNew(0), Side.TOWER, shown, state.choice().patch())
            .ask(model, terminal.progress()));
    VisualCommand.known(model, other, terminal.progress());
    return other;
  }

  /** What the files of a picture or tile are called by. */
  private static String place(Shown shown, VisualState state) {
    boolean pictures = state.looked().ask().pictures().size() > 1;
    String picture = pictures ? "-picture" + shown.picture() : "";
    if (shown.tile() < 0) {
      return picture;
    }
    boolean several = state.looked().ask().layout(shown.picture()).tiles().size() > 1;
    boolean whole = state.looked().ask().layout(shown.picture()).tiles().get(shown.tile()).whole();
    return !several ? picture : picture + (whole ? "-whole" : "-tile" + shown.tile());
  }

  private List<Drawn> drawn(VisualState state) {
    List<Drawn> all = new ArrayList<>();
    MapMode mode = state.choice().mode();
    List<Head> heads = map.heads(model.spec(), state.looked());
    if (mode == MapMode.RELEVANCY) {
      all.add(followed(state, heads.get(0)));
    } else if (mode == MapMode.ROLLOUT) {
      heads.stream()
          .map(Head::layer)
          .distinct()
          .forEach(l -> all.add(followed(state, new Head(l, 0))));
    } else if (state.choice().over() != Over.HEAD) {
      state.select(heads.get(0));
      state.chooseHeads(heads);
      all.add(new Drawn("mean", state.heads(), state.view().orElseThrow()));
    } else {
      heads.forEach(h -> all.add(new Drawn(h.toString(), List.of(h), state.small(h))));
    }
    return all;
  }

  private Drawn followed(VisualState state, Head head) {
    state.select(head);
    MapMode mode = state.choice().mode();
    Looked looked = state.looked();
    if (state.followed().isEmpty()) {
      float[] row =
          mode == MapMode.ROLLOUT
              ? VisualWork.rollout(looked, state.maps().query(), head.layer())
                  .ask(model, terminal.progress())
              : VisualWork.relevancy(looked, state.word()).ask(model, terminal.progress());
      state.followed(state.followedKey(), row);
    }
    String name = mode == MapMode.ROLLOUT ? "rollout-L" + head.layer() : "relevancy";
    return new Drawn(name, List.of(head), state.view().orElseThrow());
  }

  private static List<MapCell> cells(Drawn one, VisualState state) {
    boolean single = one.heads().size() == 1 && state.choice().mode().ofHeads();
    Collection<Head> heads = single ? one.heads() : List.of();
    return VisualTables.cells(one.view(), heads, state.maps().query(), token(state));
  }

  private static String token(VisualState state) {
    return state.looked().labels().get(state.word());
  }

  private Path figure(Path folder, Drawn one, String place, VisualState state) {
    List<Integer> path = state.choice().scanpath() ? one.view().scanpath() : List.of();
    Path file = folder.resolve(one.name() + place + "." + format.suffix());
    var figure =
        VisualFigures.overlay(
            one.view(),
            one.heads(),
            token(state),
            state.choice(),
            path,
            FigureStyle.page().withTheme(map.theme()),
            provenance(one, state));
    FigureFiles.write(figure, format, file);
    FigureFiles.writeSidecar(figure, format, file);
    return file;
  }

  private Provenance provenance(Drawn one, VisualState state) {
    Looked looked = state.looked();
    String sha256 = model.checkpoint().sha256();
    return Provenance.of(model.name(), sha256, List.of(looked.tokens()), model.device())
        .withInterventions(changes)
        .with("map", state.choice().mode().option())
        .with("side", looked.side().name().toLowerCase(Locale.ROOT))
        .with("word", Integer.toString(state.word()))
        .with("heads", HeadSet.of(one.heads()).toString());
  }

  private static Path segmenter(Path folder, Drawn one, String place) {
    Path file = folder.resolve(one.name() + place + "-segmenter.json");
    AtomicFiles.writeText(file, VisualSegments.json(one.view()) + "\n");
    return file;
  }

  private static List<Path> changed(Path folder, VisualState state) {
    if (state.effects().isEmpty() && state.curves().isEmpty()) {
      return List.of();
    }
    Path file = folder.resolve("changes.csv");
    VisionTables.changes(file, VisualTables.changes(state.effects(), state.curves()));
    return List.of(file);
  }

  private static List<Path> groundings(Path folder, VisualState state) {
    if (state.mask() == null) {
      return List.of();
    }
    Path file = folder.resolve("groundings.csv");
    VisionTables.groundings(file, state.groundings());
    return List.of(file);
  }
}
