package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.app.visual.Effect;
import dev.headlight.app.visual.Looked;
import dev.headlight.app.visual.MapMode;
import dev.headlight.app.visual.MaskFile;
import dev.headlight.app.visual.VisualAsk;
import dev.headlight.app.visual.VisualChoice;
import dev.headlight.app.visual.VisualPrompt;
import dev.headlight.app.visual.VisualReport;
import dev.headlight.app.visual.VisualState;
import dev.headlight.app.visual.VisualWork;
import dev.headlight.renderer.figure.FigureFormat;
import java.nio.file.Path;
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
          "Write maps.csv, a figure a map of each picture and tile and, with --mask, groundings.csv;"
              + " with changes, changes.csv.")
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
      VisualFiles writer = new VisualFiles(terminal, opened, map, format, changes.texts());
      List<Path> files = out == null ? List.of() : writer.write(out, state);
      tell(state, files);
    }
    return ExitCodes.DONE;
  }

  private VisualState look(Model opened, VisualAsk ask, Progress progress) {
    VisualState state = new VisualState(() -> {});
    VisualChoice choice = map.choice(opened.spec());
    Looked looked =
        VisualWork.look(ask, choice.side(), choice.shown(), choice.patch())
            .ask(opened, progress.part(0.1, 0.4));
    state.choose(choice);
    state.looked(looked);
    map.shown(state);
    map.word(looked).ifPresent(word -> state.choose(state.choice().withWord(word)));
    map.mask()
        .ifPresent(file -> state.mask(MaskFile.read(file, ask.pictures().get(state.picture()))));
    known(opened, state, progress.part(0.4, 0.7));
    if (state.mask() != null) {
      state.groundings(state.groundingKey(), state.single().groundings(state.mask()));
    }
    asked.ask(opened, state, map.heads(opened.spec(), looked), progress.part(0.7, 1));
    return state;
  }

  /** What the mode takes. */
  static void known(Model opened, VisualState state, Progress progress) {
    Looked looked = state.looked();
    if (state.choice().mode() == MapMode.MINUS_BLANK) {
      state.blank(VisualWork.blank(looked).ask(opened, progress));
    }
    if (state.choice().mode() == MapMode.WITHOUT_SINKS) {
      state.sunk(VisualWork.sinks(looked).ask(opened, progress));
    }
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
