package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.session.ModelCheck;
import dev.headlight.app.session.ModelReference;
import dev.headlight.app.session.Replay;
import dev.headlight.app.session.Session;
import dev.headlight.app.session.SessionReader;
import dev.headlight.app.workbench.KnownScores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A saved session again, without a window. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = "Write the figures and numbers of a saved session again, without a window.")
final class ReplayCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "SESSION", description = "A session's file, NAME.headlight.")
  private Path session;

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "Output folder.")
  private Path out;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "Where the model is now; default: where the session says.")
  private String model;

  @Option(
      names = "--other-weights",
      description = "Go on with a model whose weights are not the session's.")
  private boolean otherWeights;

  @Option(names = "--json", description = "One JSON document.")
  private boolean json;

  private Optional<Double> difference = Optional.empty();

  ReplayCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    SessionReader.Opened opened = SessionReader.read(session);
    opened.problems().forEach(terminal::note);
    Session read = opened.session();
    ModelSource source = source(read.model());
    check(read.model(), source);
    List<Path> files = OutputFolder.filled(out, folder -> replay(read, source, folder));
    tell(files);
    return ExitCodes.DONE;
  }

  private ModelSource source(ModelReference wanted) {
    String reference = model != null ? model : wanted.reference();
    if (reference.isEmpty()) {
      throw new HeadlightException(
          Kind.INPUT,
          session + ": no model was open in this session, so there is nothing to show.");
    }
    Path path = ModelOptions.path(reference);
    if (Files.notExists(path)) {
      throw new HeadlightException(
          Kind.MODEL,
          "%s: the session's model %s is not there any more; say where it is with --model."
              .formatted(reference, wanted.name()));
    }
    return ModelSource.of(reference, path);
  }

  private void check(ModelReference wanted, ModelSource source) {
    if (otherWeights || wanted.sha256().isEmpty()) {
      return;
    }
    String found = ModelCheck.sha256(source, terminal.progress().part(0, 0.2));
    ModelCheck.otherWeights(wanted, found, source.reference())
        .ifPresent(
            why -> {
              throw new HeadlightException(
                  Kind.MODEL, why + "; go on all the same with --other-weights.");
            });
  }

  private List<Path> replay(Session read, ModelSource source, Path folder) {
    Progress progress = terminal.progress();
    try (ModelHost host = new ModelHost()) {
      ModelFacts facts = host.open(source, progress.part(0.2, 0.4));
      Replay.Written written =
          new Replay(host, facts, read, KnownScores::job).write(folder, progress.part(0.4, 1));
      difference = written.difference();
      return written.files();
    }
  }

  private void tell(List<Path> files) {
    difference.ifPresent(d -> terminal.note(sentence(d)));
    List<String> names = files.stream().map(Path::toString).toList();
    if (json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("files", names);
      document.put("largestDifference", difference.filter(Double::isFinite).orElse(null));
      terminal.json(document);
    } else {
      names.forEach(terminal.out()::println);
    }
  }

  private static String sentence(double difference) {
    if (difference == 0) {
      return "every number is the one that the session holds.";
    }
    return Double.isInfinite(difference)
        ? "what is computed now differs from what the session holds: other tokens, heads or words."
        : "numbers differ from those that the session holds by up to " + difference + ".";
  }
}
