package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.cost.CostEstimate;
import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.io.CaptureWriter;
import dev.headlight.analysis.io.Provenance;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Sight;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.cli.Converters.Range;
import dev.headlight.renderer.figure.FigureFormat;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a model once and writes what was asked for: arrays, tables or figures. */
@Command(
    name = "capture",
    mixinStandardHelpOptions = true,
    description = "Run a model on a prompt and write its activations or figures of its heads.")
final class CaptureCommand implements Callable<Integer> {
  /** What is written. */
  enum Format {
    SAFETENSORS,
    NPZ,
    CSV,
    PNG,
    SVG,
    PDF;

    boolean arrays() {
      return this == SAFETENSORS || this == NPZ;
    }

    boolean figure() {
      return !arrays() && this != CSV;
    }
  }

  /** Which rows of the logits are kept. */
  enum Logits {
    ALL,
    LAST
  }

  private final Terminal terminal;

  @Spec private CommandSpec command;

  @Parameters(
      paramLabel = "MODEL",
      description = "Model folder, file, sample:NAME or sample:NAME@STEP.")
  private String model;

  @Mixin private InputOptions input;
  @Mixin private PictureOptions pictures;

  @Option(
      names = "--sites",
      paramLabel = "SITE",
      split = ",",
      description =
          "What to keep: logits, pattern, attn_scores, q, k, v, rot_q, rot_k, z, result, resid_pre, …;"
              + " default: logits (where there are some) and pattern, for figures pattern.")
  private List<String> sites = List.of();

  @Option(
      names = "--layers",
      paramLabel = "0-3",
      converter = Converters.Ranges.class,
      description = "First and last layer whose sites are kept; default: all.")
  private Range layers;

  @Option(
      names = "--heads",
      paramLabel = "L1H2,…",
      converter = Converters.Heads.class,
      description = "Heads whose patterns are kept or drawn, such as L1H2,L3H*; default: all.")
  private HeadSet heads;

  @Option(
      names = "--logits",
      paramLabel = "all|last",
      defaultValue = "all",
      description = "Logits of all positions or of the last; default: ${DEFAULT-VALUE}.")
  private Logits logits;

  @Mixin private ChangeOptions changes;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Output folder; needed but for --dry-run.")
  private Path out;

  @Option(
      names = "--dry-run",
      description = "Only say what it will cost: seconds, and bytes of memory above the weights.")
  private boolean dryRun;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "safetensors",
      description = "safetensors, npz, csv, png, svg or pdf; default: ${DEFAULT-VALUE}.")
  private Format format;

  @Option(names = "--json", description = "List the written files as one JSON document.")
  private boolean json;

  @Mixin private MapOptions maps;
  @Mixin private FigureOptions figures;
  @Mixin private ModelOptions options;

  CaptureCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Set<Site> wanted = CaptureSites.parse(sites, format);
    figures.check();
    maps.check(format, wanted);
    if (out == null && !dryRun) {
      throw new ParameterException(
          command.commandLine(), "Missing required option: '--out=DIR' (or give --dry-run)");
    }
    try (Model opened = options.open(model, terminal.progress().part(0, 0.3))) {
      PictureOptions.Read read = pictures.read(input, opened, terminal);
      List<Tokens> prompts = read.prompts();
      input.tellChat(terminal);
      checkLayers(opened.spec());
      Collection<Head> chosen = heads(opened.spec());
      RunRequest request = read.in(request(prompts, sites(opened, wanted)));
      if (dryRun) {
        tell(CostNote.estimate(opened, request, terminal.progress()));
        return ExitCodes.DONE;
      }
      CostNote.tell(opened, request, terminal);
      Provenance provenance = provenance(opened, request);
      List<Path> files =
          OutputFolder.filled(
              out, folder -> write(opened, request, prompts, chosen, provenance, folder));
      tell(files);
    }
    return ExitCodes.DONE;
  }

  /** The sites to keep; says so when the model lacks one that is written by default. */
  private Set<Site> sites(Model opened, Set<Site> wanted) {
    Set<Site> kept = CaptureSites.of(opened.spec(), wanted, !sites.isEmpty());
    if (sites.isEmpty() && wanted.contains(Site.LOGITS) && !kept.contains(Site.LOGITS)) {
      terminal.note(opened.name() + " has no next-token head: logits are left out.");
    }
    return kept;
  }

  private void checkLayers(ModelSpec spec) {
    if (layers != null && layers.last() >= spec.layers()) {
      throw new HeadlightException(
          Kind.INPUT,
          "--layers: the model has "
              + spec.layers()
              + " layers, 0 to "
              + (spec.layers() - 1)
              + "; found "
              + layers.first()
              + "-"
              + layers.last()
              + ".");
    }
  }

  private Collection<Head> heads(ModelSpec spec) {
    Set<Head> asked = heads != null ? heads.resolve(spec) : HeadSet.parse("L*H*").resolve(spec);
    Set<Head> kept = new TreeSet<>();
    for (Head head : asked) {
      if (layers == null || (head.layer() >= layers.first() && head.layer() <= layers.last())) {
        kept.add(head);
      }
    }
    if (kept.isEmpty()) {
      throw new HeadlightException(
          Kind.INPUT, "none of the heads " + heads + " lies in the layers asked for.");
    }
    return kept;
  }

  private RunRequest request(List<Tokens> prompts, Set<Site> wanted) {
    boolean arrays = format.arrays();
    Set<Site> kept = arrays ? wanted : CaptureSites.withoutMaps(wanted);
    return new RunRequest(
        prompts.stream().map(Tokens::ids).toList(),
        input.types(),
        kept,
        Optional.ofNullable(layers).map(r -> new int[] {r.first(), r.last()}),
        arrays ? Optional.ofNullable(heads) : Optional.empty(),
        logits == Logits.ALL && wanted.contains(Site.LOGITS),
        !arrays && kept.size() < wanted.size(),
        format.figure(),
        changes.all());
  }

  private Provenance provenance(Model opened, RunRequest request) {
    Provenance provenance =
        Provenance.of(
                opened.name(), opened.checkpoint().sha256(), request.sequences(), opened.device())
            .withInterventions(changes.texts())
            .with("logits", logits.name().toLowerCase(Locale.ROOT));
    if (heads != null) {
      String list =
          heads(opened.spec()).stream().map(Head::toString).collect(Collectors.joining(","));
      provenance = provenance.with("heads", list);
    }
    if (layers != null) {
      provenance = provenance.with("layers", layers.first() + "-" + layers.last());
    }
    return maps.about(sight(opened, request, provenance));
  }

  /** Where the pictures of the first prompt stand in it, and their grids. */
  private Provenance sight(Model opened, RunRequest request, Provenance provenance) {
    if (request.pictures().isEmpty()) {
      return provenance;
    }
    Sight sight = opened.runner().where(request, 0);
    Provenance seen =
        provenance
            .with("pictures", pictures.names())
            .with("patch_grid", grids(sight.patches()))
            .with("grid", grids(sight.tokens().isEmpty() ? sight.patches() : sight.tokens()));
    return sight.positions().isEmpty()
        ? seen
        : seen.with(
            "image_positions",
            sight.positions().stream().map(Arrays::toString).toList().toString());
  }

  private static String grids(List<PatchGrid> grids) {
    return grids.stream().map(g -> List.of(g.rows(), g.columns())).toList().toString();
  }

  private List<Path> write(
      Model opened,
      RunRequest request,
      List<Tokens> prompts,
      Collection<Head> chosen,
      Provenance provenance,
      Path folder) {
    CaptureRuns runs = new CaptureRuns(opened, request, terminal.progress().part(0.3, 1));
    return switch (format) {
      case SAFETENSORS, NPZ ->
          List.of(
              new CaptureWriter(request, runs, terminal.progress())
                  .with(CaptureSites.extras(sites))
                  .write(folder, CaptureWriter.Format.valueOf(format.name()), provenance));
      case CSV ->
          new CaptureTables(
                  folder, maps, figures.scale().hideFirst(), provenance, terminal.progress())
              .write(runs, CaptureSites.parse(sites, format), prompts, chosen);
      default ->
          new CaptureFigures(
                  folder, figures, maps, FigureFormat.valueOf(format.name()), provenance, terminal)
              .write(runs, prompts, chosen);
    };
  }

  private void tell(CostEstimate cost) {
    if (json) {
      terminal.json(Map.of("seconds", cost.seconds(), "bytes", cost.bytes()));
    } else {
      terminal.out().println(cost.text());
    }
  }

  private void tell(List<Path> files) {
    List<String> names = files.stream().map(Path::toString).toList();
    if (json) {
      terminal.json(Map.of("files", names));
    } else {
      names.forEach(terminal.out()::println);
    }
  }
}
