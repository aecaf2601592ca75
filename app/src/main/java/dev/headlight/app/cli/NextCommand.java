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
import java.util.List;
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
  /** A token that may come next. */
  private record Candidate(int id, String label, double probability) {}

  /** What changes make of it; the label, before and after are of the most probable token before. */
  private record Changed(
      List<String> interventions,
      List<Candidate> candidates,
      String label,
      double before,
      double after,
      double kl,
      boolean unchanged) {}

  /** The whole answer; without changes the last is null. */
  private record Answer(int position, List<Candidate> candidates, Changed changed) {}

  private final Terminal terminal;

  @Parameters(
      paramLabel = "MODEL",
      description = "Model folder, file, sample:NAME or sample:NAME@STEP.")
  private String model;

  @Mixin private InputOptions input;
  @Mixin private PictureOptions pictures;

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

  @Mixin private ChangeOptions changes;

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
      PictureOptions.Read read = pictures.read(input, opened, terminal);
      input.tellChat(terminal);
      if (read.prompts().size() != 1) {
        throw new HeadlightException(
            Kind.INPUT, "next reads one sequence, found " + read.prompts().size() + ".");
      }
      if (!opened.spec().hasLogits()) {
        throw new HeadlightException(
            Kind.MODEL, opened.name() + " has no next-token head, so it expects no token.");
      }
      answer(opened, read);
    }
    return ExitCodes.DONE;
  }

  private void answer(Model opened, PictureOptions.Read read) {
    Tokens prompt = read.prompts().get(0);
    int at = position < 0 ? prompt.size() + position : position;
    if (at < 0 || at >= prompt.size()) {
      throw new HeadlightException(
          Kind.INPUT,
          "--position: the prompt has %d tokens, 0 to %d; found %d."
              .formatted(prompt.size(), prompt.size() - 1, position));
    }
    float[] before = logits(opened, read, List.of(), at);
    float[] after = changes.all().isEmpty() ? null : logits(opened, read, changes.all(), at);
    Answer found =
        new Answer(
            at,
            candidates(opened, new Distribution(before)),
            after == null ? null : changed(opened, before, after));
    if (json) {
      terminal.json(found);
    } else {
      print(found);
    }
  }

  private float[] logits(
      Model opened, PictureOptions.Read read, List<Intervention> applied, int at) {
    boolean last = at == read.prompts().get(0).size() - 1;
    RunRequest request = read.request().withInterventions(applied);
    RunRequest kept = last ? request : request.withAllLogits();
    try (Run run = opened.run(kept, terminal.progress().part(0.3, 1)).get(0)) {
      return run.logits(last ? -1 : at);
    }
  }

  private Changed changed(Model opened, float[] before, float[] after) {
    Distribution with = new Distribution(after);
    Distribution without = new Distribution(before);
    int first = without.top(1).get(0);
    return new Changed(
        changes.texts(),
        candidates(opened, with),
        label(opened, first),
        without.probability(first),
        with.probability(first),
        without.divergence(with),
        Arrays.equals(before, after));
  }

  private List<Candidate> candidates(Model opened, Distribution distribution) {
    return distribution.top(top).stream()
        .map(id -> new Candidate(id, label(opened, id), distribution.probability(id)))
        .toList();
  }

  private static String label(Model opened, int id) {
    return opened.tokenizer().map(t -> t.label(id)).orElseGet(() -> Integer.toString(id));
  }

  private void print(Answer answer) {
    print("after " + answer.position(), answer.candidates());
    Changed changed = answer.changed();
    if (changed != null) {
      print("with " + String.join(" ", changed.interventions()), changed.candidates());
      terminal
          .out()
          .printf(
              "P(%s) %.6f → %.6f, KL %.6f nats%s%n",
              changed.label(),
              changed.before(),
              changed.after(),
              changed.kl(),
              changed.unchanged() ? "; every logit is the same" : "");
    }
  }

  private void print(String title, List<Candidate> candidates) {
    terminal.out().println(title);
    for (Candidate candidate : candidates) {
      terminal.out().printf("  %.6f  %s%n", candidate.probability(), candidate.label());
    }
  }
}
