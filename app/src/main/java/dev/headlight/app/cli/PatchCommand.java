package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.io.PatchTables;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.patching.ActivationPatching;
import dev.headlight.analysis.patching.AttributionPatching;
import dev.headlight.analysis.patching.Direction;
import dev.headlight.analysis.patching.PatchGrid;
import dev.headlight.analysis.patching.PatchMap;
import dev.headlight.analysis.patching.PatchRequest;
import dev.headlight.analysis.patching.Places;
import dev.headlight.analysis.patching.Verification;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.sweep.SweepListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which parts carry an answer: values moved between two prompts. */
@Command(
    name = "patch",
    mixinStandardHelpOptions = true,
    description = {
      "Move values between two prompts, part by part, and read the logit difference:",
      "(patched - corrupt) / (clean - corrupt) is 0 for the corrupt prompt and 1 for the clean one."
    })
final class PatchCommand implements Callable<Integer> {
  /** How a cell's value is found. */
  enum Method {
    EXACT,
    ATTRIBUTION,
    PATH
  }

  private final Terminal terminal;

  @Parameters(paramLabel = "MODEL", description = "Model folder, file or sample:NAME.")
  private String model;

  @Mixin private PatchPairs input;
  @Mixin private PictureOptions pictures;

  @Option(
      names = "--site",
      paramLabel = "SITE",
      required = true,
      converter = Converters.PatchSites.class,
      description = "resid_pre, attn_out, mlp_out, z, pattern, q, k or v.")
  private Site site;

  @Option(
      names = "--grid",
      paramLabel = "GRID",
      converter = Converters.Grids.class,
      description =
          "What a cell is: layer-position, head or head-position; default: head where the site has"
              + " heads, else layer-position.")
  private PatchGrid grid;

  @Option(
      names = "--positions",
      paramLabel = "WHERE",
      defaultValue = "all",
      converter = Converters.PlacesOf.class,
      description = "all, last, or a list such as 3,7-9; default: ${DEFAULT-VALUE}.")
  private Places places;

  @Option(
      names = "--direction",
      paramLabel = "HOW",
      defaultValue = "denoising",
      description =
          "denoising (clean values into the corrupt prompt) or noising (the reverse); default:"
              + " ${DEFAULT-VALUE}.")
  private Direction direction;

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      defaultValue = "exact",
      description =
          "exact (a pass a cell), attribution (first order, one backward pass) or path (only some"
              + " inputs hear the change of a head or MLP); default: ${DEFAULT-VALUE}.")
  private Method method;

  @Option(
      names = "--verify",
      paramLabel = "N",
      defaultValue = "0",
      description = "With attribution: compute the N strongest cells exactly, too.")
  private int verify;

  @Mixin private PathOptions paths;

  @Option(names = "--json", description = "One JSON document.")
  private boolean json;

  @Option(names = "--csv", paramLabel = "FILE", description = "Write the cells as a table.")
  private Path csv;

  @Mixin private ModelOptions options;

  PatchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    check();
    try (Model opened = options.open(model, terminal.progress().part(0, 0.1))) {
      List<TokenPair> pairs = input.read(opened, pictures, terminal);
      List<PatchFindings> reports = new ArrayList<>();
      double count = pairs.size();
      for (int i = 0; i < count; i++) {
        Progress part =
            terminal.progress().part(0.1 + 0.9 * i / count, 0.1 + 0.9 * (i + 1) / count);
        reports.add(numbered(opened, pairs, i, part));
      }
      write(opened, reports);
      tell(reports);
    }
    return ExitCodes.DONE;
  }

  private void check() {
    paths.check(method == Method.PATH);
    if (verify < 0) {
      throw new HeadlightException(
          Kind.INPUT, "--verify: expected 0 or more, found " + verify + ".");
    }
    if (verify > 0 && method != Method.ATTRIBUTION) {
      throw new HeadlightException(
          Kind.INPUT, "--verify: only estimates need it; use it with --method attribution.");
    }
  }

  /** The report of a pair; what is wrong with one of several says which. */
  private PatchFindings numbered(Model opened, List<TokenPair> pairs, int i, Progress progress) {
    try {
      return report(opened, pairs.get(i), progress);
    } catch (HeadlightException e) {
      if (pairs.size() == 1) {
        throw e;
      }
      throw new HeadlightException(e.kind(), "pair " + i + ": " + e.getMessage(), e);
    }
  }

  private PatchFindings report(Model opened, TokenPair pair, Progress progress) {
    if (method == Method.PATH) {
      return paths.run(opened, pair, site, places, direction, progress);
    }
    PatchGrid cut =
        grid != null ? grid : PatchGrid.HEAD.fits(site) ? PatchGrid.HEAD : PatchGrid.LAYER_POSITION;
    PatchRequest request = new PatchRequest(pair, site, cut, places, direction);
    if (method == Method.EXACT) {
      CostNote.tell(
          opened, ActivationPatching.sweep(request, request.cells(opened.spec())), terminal);
      PatchMap map = ActivationPatching.run(opened, request, SweepListener.NONE, progress);
      return new PatchReport(opened.spec(), map, Optional.empty());
    }
    PatchMap map = AttributionPatching.run(opened, request, progress.part(0, 0.5));
    Optional<Verification> verified =
        verify == 0
            ? Optional.empty()
            : Optional.of(
                Verification.of(opened, map, verify, SweepListener.NONE, progress.part(0.5, 1)));
    return new PatchReport(opened.spec(), map, verified);
  }

  private void write(Model opened, List<PatchFindings> reports) {
    if (csv != null) {
      IntFunction<String> labels =
          id -> opened.tokenizer().map(t -> t.label(id)).orElse(Integer.toString(id));
      PatchTables.write(csv, reports.stream().flatMap(r -> r.rows(labels).stream()).toList());
    }
  }

  private void tell(List<PatchFindings> reports) {
    if (json) {
      List<Map<String, Object>> documents = reports.stream().map(PatchFindings::document).toList();
      terminal.json(documents.size() == 1 ? documents.get(0) : Map.of("pairs", documents));
    } else if (csv != null) {
      terminal.out().println(csv);
    } else {
      reports.forEach(r -> r.print(terminal));
    }
  }
}
