package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.model.GenerateRequest;
import dev.headlight.analysis.model.Generation;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.text.TextTokenizer;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.engine.TextStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a model write on after a prompt. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = "Write on after a prompt; greedy unless --temperature is given.")
final class GenerateCommand implements Callable<Integer> {
  private final Terminal terminal;
  private boolean begun;

  @Parameters(
      paramLabel = "MODEL",
      description = "Model folder, file, sample:NAME or sample:NAME@STEP.")
  private String model;

  @Mixin private InputOptions input;
  @Mixin private PictureOptions pictures;

  @Option(
      names = "--max-new",
      paramLabel = "N",
      defaultValue = "64",
      description = "Write at most N tokens; default: ${DEFAULT-VALUE}.")
  private int maxNew;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "0",
      description = "Sample at this temperature; 0 is greedy.")
  private double temperature;

  @Mixin private ChangeOptions changes;

  @Option(names = "--json", description = "One JSON document.")
  private boolean json;

  @Mixin private ModelOptions options;

  GenerateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    checkNumbers();
    try (Model opened = options.open(model, terminal.progress())) {
      PictureOptions.Read read = pictures.read(input, opened, terminal);
      List<Tokens> prompts = read.prompts();
      input.tellChat(terminal);
      if (prompts.size() != 1) {
        throw new HeadlightException(
            Kind.INPUT, "generate continues one sequence, found " + prompts.size() + ".");
      }
      write(opened, prompts.get(0), PictureOptions.one(read));
    }
    return ExitCodes.DONE;
  }

  private void checkNumbers() {
    if (maxNew < 1) {
      throw new HeadlightException(
          Kind.INPUT, "--max-new: expected 1 or more, found " + maxNew + ".");
    }
    if (!(temperature >= 0) || Double.isInfinite(temperature)) {
      throw new HeadlightException(
          Kind.INPUT, "--temperature: expected 0 (greedy) or more, found " + temperature + ".");
    }
  }

  private void write(Model opened, Tokens prompt, Optional<Pixels> seen) {
    GenerateRequest plain =
        GenerateRequest.greedy(prompt.ids(), maxNew)
            .sampling(temperature, options.seed())
            .withStops(stops(opened))
            .withInterventions(changes.all());
    GenerateRequest request = seen.map(plain::withPictures).orElse(plain);
    TextStream stream = new TextStream(opened.tokenizer(), prompt.ids());
    Generation written =
        opened.generate(
            request,
            (id, logprob) -> {
              String more = stream.add(id);
              print(prompt, more);
            },
            json ? terminal.progress() : terminal.progress().silent());
    if (json) {
      terminal.json(document(written, stream.text()));
    } else {
      print(prompt, stream.rest() + System.lineSeparator());
    }
  }

  /** The prompt comes with the first token: before it, the model may still refuse. */
  private void print(Tokens prompt, String more) {
    if (!json) {
      terminal.out().print(begun ? more : prompt.text() + more);
      terminal.out().flush();
      begun = true;
    }
  }

  private static Set<Integer> stops(Model opened) {
    return opened.tokenizer().map(TextTokenizer::eosIds).map(Set::copyOf).orElse(Set.of());
  }

  private static Map<String, Object> document(Generation written, String text) {
    List<Double> logprobs =
        IntStream.range(0, written.logprobs().length)
            .mapToObj(i -> (double) written.logprobs()[i])
            .toList();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("tokens", written.tokens());
    document.put("text", text);
    document.put("logprobs", logprobs);
    document.put("stopped", written.stopped());
    return document;
  }
}
