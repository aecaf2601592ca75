package dev.headlight.app.cli;

import dev.headlight.analysis.checkpoint.Checkpoint;
import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.family.Families;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a model is, from its config and the headers of its weights. */
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    description = "Say what a model is: family, shape, size, hash.")
final class InfoCommand implements Callable<Integer> {
  private static final Map<String, String> LABELS = labels();

  private final Terminal terminal;

  @Parameters(paramLabel = "MODEL", description = "Model folder, file or sample:NAME.")
  private String model;

  @Option(names = "--json", description = "One JSON document.")
  private boolean json;

  @Mixin private ModelOptions options;

  InfoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  private static Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("kvHeads", "key/value heads");
    labels.put("headDim", "head width");
    labels.put("maxPositions", "longest prompt");
    labels.put("storedType", "stored as");
    labels.put("storedBytes", "weight files, bytes");
    labels.put("tiedEmbeddings", "tied embeddings");
    labels.put("hasTokenizer", "tokenizer");
    return labels;
  }

  @Override
  public Integer call() {
    options.prepare();
    try (Checkpoint checkpoint = options.checkpoint(model)) {
      Map<String, Object> facts = facts(checkpoint, spec(checkpoint.config()));
      if (json) {
        terminal.json(facts);
      } else {
        facts.forEach(
            (key, value) ->
                terminal.out().printf("%-20s %s%n", LABELS.getOrDefault(key, key), text(value)));
      }
    }
    return ExitCodes.DONE;
  }

  private static ModelSpec spec(Config config) {
    return Families.of(config).spec(config);
  }

  static Map<String, Object> facts(Checkpoint checkpoint, ModelSpec spec) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", checkpoint.name());
    facts.put("family", spec.family());
    facts.put("architecture", spec.architecture());
    facts.put("layers", spec.layers());
    facts.put("heads", spec.heads());
    facts.put("kvHeads", spec.kvHeads());
    facts.put("headDim", spec.headDim());
    facts.put("width", spec.width());
    facts.put("vocab", spec.vocab());
    facts.put("maxPositions", spec.maxPositions());
    facts.put("parameters", checkpoint.parameters());
    facts.put("storedType", checkpoint.storedType().name());
    facts.put("storedBytes", checkpoint.storedBytes());
    facts.put("tiedEmbeddings", spec.tiedEmbeddings());
    facts.put("hasTokenizer", checkpoint.file("tokenizer.json").isPresent());
    facts.put("sha256", checkpoint.sha256());
    return facts;
  }

  private static String text(Object value) {
    if (value instanceof Boolean yes) {
      return yes ? "yes" : "no";
    }
    return value instanceof Number n && n.longValue() > 9999 ? "%,d".formatted(n) : "" + value;
  }
}
