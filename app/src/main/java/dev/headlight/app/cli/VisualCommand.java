package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.io.AtomicFiles;
import dev.headlight.analysis.io.Provenance;
import dev.headlight.analysis.io.VisionTables;
import dev.headlight.analysis.io.VisionTables.MapCell;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.app.report.FigureFiles;
import dev.headlight.app.visual.Effect;
import dev.headlight.app.visual.Looked;
import dev.headlight.app.visual.MapMode;
import dev.headlight.app.visual.MaskFile;
import dev.headlight.app.visual.Over;
import dev.headlight.app.visual.PatchView;
import dev.headlight.app.visual.VisualAsk;
import dev.headlight.app.visual.VisualChoice;
import dev.headlight.app.visual.VisualFigures;
import dev.headlight.app.visual.VisualPrompt;
import dev.headlight.app.visual.VisualReport;
import dev.headlight.app.visual.VisualSegments;
import dev.headlight.app.visual.VisualState;
import dev.headlight.app.visual.VisualTables;
import dev.headlight.app.visual.VisualWork;
import dev.headlight.renderer.figure.FigureFormat;
import dev.headlight.renderer.figure.FigureStyle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where words look in a picture. */
@Command(
    name = "visual",
    mixinStandardHelpOptions = true,
    description = "Show where the words of a prompt and its answer look in a picture.")
final class VisualCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "MODEL", description = "Model folder, file or sample:NAME.")
  private String model;

  @Mixin private VisualInput input;
  @Mixin private VisualMapOptions map;
  @Mixin private VisualChangeOptions asked;
  @Mixin private ChangeOptions changes;

  @Option(
      names = "--max-new",
      paramLabel = "N",
      defaultValue = "16",
      description = "Let the model write at most N tokens; default: ${DEFAULT-VALUE}.")
  private int maxNew;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Write maps.csv, a figure a map and, with --mask, groundings.csv; with changes, changes.csv.")
  private Path out;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "png",
      description = "Of the figures: png, svg or pdf; default: ${DEFAULT-VALUE}.")
  private FigureFormat format;

  @Option(names = "--json", description = "One JSON document.")
  private boolean json;

  @Mixin private ModelOptions options;

  VisualCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (maxNew < 0) {
      throw new HeadlightException(
          Kind.INPUT, "--max-new: expected 0 or more, found " + maxNew + ".");
    }
    asked.check();
    if (out == null && !json) {
      throw new HeadlightException(
          Kind.INPUT, "nothing is asked for; give --out DIR, --json or both.");
    }
    Progress progress = terminal.progress();
    try (Model opened = options.open(model, progress.part(0, 0.1))) {
      VisualPrompt prompt = input.read(opened);
      prompt.notices().forEach(terminal::note);
      VisualAsk ask = prompt.ask().withMaxNew(maxNew).withChanges(changes.all());
      VisualState state = look(opened, ask, progress);
      List<Path> files = out == null ? List.of() : write(opened, state);
      tell(state, files);
    }
    return ExitCodes.DONE;
  }

  private VisualState look(Model opened, VisualAsk ask, Progress progress) {
    VisualState state = new VisualState(() -> {});
    VisualChoice choice = map.choice(opened.spec());
    Looked looked =
        VisualWork.look(ask, choice.side(), choice.tile(), choice.patch())
            .ask(opened, progress.part(0.1, 0.4));
    state.choose(choice);
    state.looked(looked);
    map.word(looked).ifPresent(word -> state.choose(state.choice().withWord(word)));
    map.mask().ifPresent(file -> state.mask(MaskFile.read(file, ask.picture())));
    known(opened, state, progress.part(0.4, 0.7));
    if (state.mask() != null) {
      state.groundings(state.groundingKey(), state.single().groundings(state.mask()));
    }
    asked.ask(opened, state, map.heads(opened.spec(), looked), progress.part(0.7, 1));
    return state;
  }

  /** What the mode takes. */
  private void known(Model opened, VisualState state, Progress progress) {
    Looked looked = state.looked();
    if (state.choice().mode() == MapMode.MINUS_BLANK) {
      state.blank(VisualWork.blank(looked).ask(opened, progress));
    }
    if (state.choice().mode() == MapMode.WITHOUT_SINKS) {
      state.sunk(VisualWork.sinks(looked).ask(opened, progress));
    }
  }

  /** A map, and the heads it is of. */
  private record Drawn(String name, Collection<Head> heads, PatchView view) {}

  private List<Drawn> drawn(Model opened, VisualState state) {
    List<Drawn> all = new ArrayList<>();
    MapMode mode = state.choice().mode();
    List<Head> heads = map.heads(opened.spec(), state.looked());
    if (mode == MapMode.RELEVANCY) {
      all.add(followed(opened, state, heads.get(0)));
    } else if (mode == MapMode.ROLLOUT) {
      heads.stream()
          .map(Head::layer)
          .distinct()
          .forEach(l -> all.add(followed(opened, state, new Head(l, 0))));
    } else if (state.choice().over() != Over.HEAD) {
      state.select(heads.get(0));
      state.chooseHeads(heads);
      List<Head> meant = state.heads();
      all.add(new Drawn("mean", meant, state.view().orElseThrow()));
    } else {
      heads.forEach(h -> all.add(new Drawn(h.toString(), List.of(h), state.small(h))));
    }
    return all;
  }

  private Drawn followed(Model opened, VisualState state, Head head) {
    state.select(head);
    MapMode mode = state.choice().mode();
    Looked looked = state.looked();
    float[] row =
        mode == MapMode.ROLLOUT
            ? VisualWork.rollout(looked, state.maps().query(), head.layer())
                .ask(opened, terminal.progress())
            : VisualWork.relevancy(looked, state.word()).ask(opened, terminal.progress());
    state.followed(state.followedKey(), row);
    String name = mode == MapMode.ROLLOUT ? "rollout-L" + head.layer() : "relevancy";
    return new Drawn(name, List.of(head), state.view().orElseThrow());
  }

  private List<Path> write(Model opened, VisualState state) {
    List<Drawn> all = drawn(opened, state);
    Looked looked = state.looked();
    String token = looked.labels().get(state.word());
    String sha256 = opened.checkpoint().sha256();
    Provenance from =
        Provenance.of(opened.name(), sha256, List.of(looked.tokens()), opened.device())
            .withInterventions(changes.texts())
            .with("map", state.choice().mode().option())
            .with("word", Integer.toString(state.word()));
    return OutputFolder.filled(
        out,
        folder -> {
          List<Path> files = new ArrayList<>();
          List<MapCell> cells = new ArrayList<>();
          for (Drawn one : all) {
            boolean single = one.heads().size() == 1 && state.choice().mode().ofHeads();
            Collection<Head> heads = single ? one.heads() : List.of();
            cells.addAll(VisualTables.cells(one.view(), heads, state.maps().query(), token));
            files.add(figure(folder, one, token, state, from));
          }
          files.addAll(changed(folder, state));
          Path maps = folder.resolve("maps.csv");
          VisionTables.maps(maps, cells);
          files.add(maps);
          files.addAll(masks(folder, state, all));
          return files;
        });
  }

  private Path figure(Path folder, Drawn one, String token, VisualState state, Provenance from) {
    List<Integer> path = state.choice().scanpath() ? state.scanpath(one.view()) : List.of();
    Path file = folder.resolve(one.name() + "." + format.suffix());
    var figure =
        VisualFigures.overlay(
            one.view(),
            one.heads(),
            token,
            state.choice(),
            path,
            FigureStyle.page().withTheme(map.theme()),
            from.with("heads", HeadSet.of(one.heads()).toString()));
    FigureFiles.write(figure, format, file);
    FigureFiles.writeSidecar(figure, format, file);
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

  private List<Path> masks(Path folder, VisualState state, List<Drawn> all) {
    List<Path> files = new ArrayList<>();
    if (state.mask() != null) {
      Path groundings = folder.resolve("groundings.csv");
      VisionTables.groundings(groundings, state.groundings());
      files.add(groundings);
    }
    for (Drawn one : all) {
      Path segments = folder.resolve(one.name() + "-segmenter.json");
      AtomicFiles.writeText(segments, VisualSegments.json(one.view()) + "\n");
      files.add(segments);
    }
    return files;
  }

  /** Says in words what changed nothing. */
  private void note(Effect effect) {
    if (effect.nothing()) {
      terminal.note(
          "NO EFFECT: with %s every number that is read is bit by bit the same"
              .formatted(effect.change()));
    } else if (!effect.note().isEmpty()) {
      terminal.note("%s changed nothing: %s".formatted(effect.change(), effect.note()));
    }
  }

  private void tell(VisualState state, List<Path> files) {
    state.effects().forEach(this::note);
    if (json) {
      Map<String, Object> document = new LinkedHashMap<>(new VisualReport(state).document());
      document.put("files", files.stream().map(Path::toString).toList());
      terminal.json(document);
    } else {
      files.forEach(f -> terminal.out().println(f));
    }
  }
}
