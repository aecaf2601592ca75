package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.engine.Distribution;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a model expects next, and what changes make of it. */
@Command(
    name = "next",
    mixinStandardHelpOptions = true,
    description = {
      "Say which tokens are the most probable after a position; with --intervene also after the",
      "changes, and how far the two distributions lie apart: KL(without ‖ with changes) in nats."
    })
final class NextCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "MODEL", description = "Model folder, file or sample:NAME.")
  private String model;

  @Mixin private InputOptions input;

  @Option(
      names = "--position",
      paramLabel = "N",
      defaultValue = "-1",
      description = "The token after which; negative ones count from the end; default: the last.")
  private int position;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many tokens; default: ${DEFAULT-VALUE}.")
  private int top;

  @Option(
      names = "--intervene",
      paramLabel = "TEXT",
      converter = Converters.Interventions.class,
      description = "A change, such as zero:L5H3; repeatable, applied in this order.")
  private List<Intervention> interventions = List.of();

  @Option(names = "--json", description = "One JSON document.")
  private boolean json;

  @Mixin private ModelOptions options;

  NextCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (top < 1) {
      throw new HeadlightException(Kind.INPUT, "--top: expected 1 or more, found " + top + ".");
    }
    try (Model opened = options.open(model, terminal.progress().part(0, 0.3))) {
      List<Tokens> prompts = input.read(opened.tokenizer());
      input.tellChat(terminal);
      if (prompts.size() != 1) {
        throw new HeadlightException(
            Kind.INPUT, "next reads one sequence, found " + prompts.size() + ".");
      }
      if (!opened.spec().hasLogits()) {
        throw new HeadlightException(
            Kind.MODEL, opened.name() + " has no next-token head, so it expects no token.");
      }
      answer(opened, prompts.get(0));
    }
    return ExitCodes.DONE;
  }

  private void answer(Model opened, Tokens prompt) {
    int at = position < 0 ? prompt.size() + position : position;
    if (at < 0 || at >= prompt.size()) {
      throw new HeadlightException(
          Kind.INPUT,
          "--position: the prompt has %d tokens, 0 to %d; found %d."
              .formatted(prompt.size(), prompt.size() - 1, position));
    }
    float[] before = logits(opened, prompt, List.of(), at);
    float[] after = interventions.isEmpty() ? null : logits(opened, prompt, interventions, at);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("position", at);
    document.put("candidates", candidates(opened, new Distribution(before)));
    if (after != null) {
      document.put("changed", changed(opened, before, after));
    }
    if (json) {
      terminal.json(document);
    } else {
      print(document);
    }
  }

  private float[] logits(Model opened, Tokens prompt, List<Intervention> changes, int at) {
    RunRequest request = RunRequest.of(prompt.ids()).withInterventions(changes);
    RunRequest kept = at == prompt.size() - 1 ? request : request.withAllLogits();
    try (Run run = opened.run(kept, terminal.progress().part(0.3, 1)).get(0)) {
      return run.logits(at == prompt.size() - 1 ? -1 : at);
    }
  }

  private Map<String, Object> changed(Model opened, float[] before, float[] after) {
    Distribution with = new Distribution(after);
    Distribution without = new Distribution(before);
    int first = without.top(1).get(0);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("interventions", interventions.stream().map(Intervention::text).toList());
    document.put("candidates", candidates(opened, with));
    document.put("label", label(opened, first));
    document.put("before", without.probability(first));
    document.put("after", with.probability(first));
    document.put("kl", without.divergence(with));
    document.put("unchanged", Arrays.equals(before, after));
    return document;
  }

  private List<Map<String, Object>> candidates(Model opened, Distribution distribution) {
    return distribution.top(top).stream()
        .map(
            id -> {
              Map<String, Object> candidate = new LinkedHashMap<>();
              candidate.put("id", id);
              candidate.put("label", label(opened, id));
              candidate.put("probability", distribution.probability(id));
              return candidate;
            })
        .toList();
  }

  private static String label(Model opened, int id) {
    return opened.tokenizer().map(t -> t.label(id)).orElseGet(() -> Integer.toString(id));
  }

  private void print(Map<String, Object> document) {
    print("after " + document.get("position"), document);
    if (document.get("changed") instanceof Map<?, ?> changed) {
      print("with " + changed.get("interventions"), changed);
      terminal
          .out()
          .printf(
              "P(%s) %.6f → %.6f, KL %.6f nats%s%n",
              changed.get("label"),
              changed.get("before"),
              changed.get("after"),
              changed.get("kl"),
              Boolean.TRUE.equals(changed.get("unchanged")) ? "; every logit is the same" : "");
    }
  }

  private void print(String title, Map<?, ?> document) {
    terminal.out().println(title);
    for (Object candidate : (List<?>) document.get("candidates")) {
      Map<?, ?> c = (Map<?, ?>) candidate;
      terminal.out().printf("  %.6f  %s%n", c.get("probability"), c.get("label"));
    }
  }
}
