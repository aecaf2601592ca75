package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.circuit.HeadTokens;
import dev.headlight.analysis.io.CircuitTables;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.circuits.WeightMap;
import dev.headlight.app.circuits.WeightPairs;
import dev.headlight.app.circuits.WeightWork;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the weights of a head say between tokens, without a prompt. */
@Command(
    name = "weights",
    mixinStandardHelpOptions = true,
    description = {
      "Read a head's OV or QK circuit between tokens off its weights: what reading one token adds to",
      "the logit of another, or how much one looks for the other; and how much the head copies."
    })
final class WeightsCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "MODEL", description = "Model folder, file or sample:NAME.")
  private String model;

  @Option(names = "--head", paramLabel = "HEAD", required = true, description = "Such as L5H3.")
  private String head;

  @Option(
      names = "--circuit",
      paramLabel = "WHICH",
      defaultValue = "ov",
      description = "ov (read to written) or qk (query to key); default: ${DEFAULT-VALUE}.")
  private HeadTokens.Circuit circuit;

  @Option(
      names = "--tokens",
      paramLabel = "1,2,3",
      split = ",",
      description = "Ids of rows and columns of a map.")
  private List<Integer> tokens = List.of();

  @Option(names = "--text", paramLabel = "TEXT", description = "The same as the tokens of a text.")
  private String text;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "0",
      description = "Also the N largest values between all tokens of the vocabulary.")
  private int top;

  @Option(names = "--json", description = "One JSON document.")
  private boolean json;

  @Option(names = "--csv", paramLabel = "FILE", description = "Write the map as a table.")
  private Path csv;

  @Mixin private ModelOptions options;

  WeightsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (top < 0) {
      throw new HeadlightException(Kind.INPUT, "--top: expected 0 or more, found " + top + ".");
    }
    try (Model opened = options.open(model, terminal.progress().part(0, 0.2))) {
      Head of = head(opened.spec());
      WeightMap map =
          WeightWork.map(of, circuit, ids(opened)).ask(opened, terminal.progress().part(0.2, 0.4));
      Optional<WeightPairs> pairs =
          top == 0
              ? Optional.empty()
              : Optional.of(
                  WeightWork.pairs(of, circuit, top).ask(opened, terminal.progress().part(0.4, 1)));
      if (csv != null) {
        CircuitTables.between(csv, map.labels(), map.values());
      }
      tell(map, pairs);
    }
    return ExitCodes.DONE;
  }

  private Head head(ModelSpec spec) {
    Head of = Head.parse(head);
    if (of.layer() >= spec.layers() || of.head() >= spec.heads()) {
      throw new HeadlightException(
          Kind.INPUT,
          "--head: the model has %d layers of %d heads, found %s."
              .formatted(spec.layers(), spec.heads(), of));
    }
    return of;
  }

  private int[] ids(Model opened) {
    if (text != null && !tokens.isEmpty()) {
      throw new HeadlightException(Kind.INPUT, "--tokens and --text are two ways; give one.");
    }
    int[] ids =
        text == null
            ? tokens.stream().mapToInt(t -> t).toArray()
            : InputOptions.required(opened.tokenizer()).encode(text, false).ids();
    for (int id : ids) {
      if (id < 0 || id >= opened.spec().vocab()) {
        throw new HeadlightException(
            Kind.INPUT,
            "--tokens: expected ids of 0 to %d, found %d."
                .formatted(opened.spec().vocab() - 1, id));
      }
    }
    if (ids.length == 0 && (csv != null || top == 0)) {
      throw new HeadlightException(
          Kind.INPUT, "between which tokens? Give --tokens, --text, or --top for the vocabulary.");
    }
    return ids;
  }

  private void tell(WeightMap map, Optional<WeightPairs> pairs) {
    if (json) {
      terminal.json(document(map, pairs));
    } else {
      print(terminal.out(), map, pairs);
    }
  }

  private static Map<String, Object> document(WeightMap map, Optional<WeightPairs> pairs) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("head", map.head().toString());
    document.put("circuit", map.circuit().toString().toLowerCase(Locale.ROOT));
    document.put("copying", known(map.copying()));
    document.put("tokenCopying", known(map.tokenCopying()));
    document.put("tokensOfCopying", map.tokens());
    document.put("ids", map.ids());
    document.put("labels", map.labels());
    document.put("values", map.values());
    pairs.ifPresent(p -> document.put("top", p.rows()));
    document.put("definitions", Map.of("value", map.sentence(), "copying", "Σ Re λ / Σ |λ|"));
    return document;
  }

  private static Double known(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private void print(PrintStream out, WeightMap map, Optional<WeightPairs> pairs) {
    out.printf(
        "%s, %s: copying %+.3f; from token to token %+.3f (%d tokens)%n",
        map.head(), map.circuit(), map.copying(), map.tokenCopying(), map.tokens());
    out.println(map.sentence());
    if (csv != null) {
      out.println(csv);
    } else {
      for (int r = 0; r < map.values().length; r++) {
        for (int c = 0; c < map.values()[r].length; c++) {
          out.printf(
              "%-16s %-16s %+10.4f%n",
              map.labels().get(r), map.labels().get(c), map.values()[r][c]);
        }
      }
    }
    pairs.ifPresent(
        p ->
            p.rows()
                .forEach(r -> out.printf("%-16s %-16s %+10.4f%n", r.row(), r.column(), r.value())));
  }
}
