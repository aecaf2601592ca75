package dev.headlight.app.cli;

import dev.headlight.analysis.io.Version;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line: every subcommand, its exit codes and how errors are told. */
@Command(
    name = "headlight",
    mixinStandardHelpOptions = true,
    versionProvider = HeadlightCommand.VersionText.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "See what a transformer's attention heads do.",
    footer = {
      "",
      "MODEL is a model folder (config.json and *.safetensors), a .safetensors file beside its",
      "config.json, or sample:NAME. Without a command the window opens: headlight [MODEL]",
      "Exit codes: 0 done, 1 our bug, 2 wrong usage, 3 bad model or input, 4 cancelled."
    })
public final class HeadlightCommand implements Runnable {
  private static final Map<String, Function<Terminal, Object>> COMMANDS = commands();

  @Option(
      names = "--trace",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of an error.")
  private boolean trace;

  private final CommandLine[] self = new CommandLine[1];

  private static Map<String, Function<Terminal, Object>> commands() {
    Map<String, Function<Terminal, Object>> map = new LinkedHashMap<>();
    map.put("info", InfoCommand::new);
    map.put("tokens", TokensCommand::new);
    map.put("capture", CaptureCommand::new);
    map.put("generate", GenerateCommand::new);
    map.put("next", NextCommand::new);
    map.put("scores", ScoresCommand::new);
    map.put("sinks", SinksCommand::new);
    map.put("retrieval", RetrievalCommand::new);
    map.put("ablate", AblateCommand::new);
    map.put("pairs", PairsCommand::new);
    map.put("patch", PatchCommand::new);
    map.put("circuit", CircuitCommand::new);
    map.put("visual", VisualCommand::new);
    map.put("weights", WeightsCommand::new);
    map.put("samples", SamplesCommand::new);
    map.put("get", GetCommand::new);
    map.put("tour", TourCommand::new);
    map.put("screenshots", ScreenshotsCommand::new);
    map.put("replay", ReplayCommand::new);
    map.put("bench", BenchCommand::new);
    map.put("doctor", DoctorCommand::new);
    return map;
  }

  /** Whether an argument belongs to the command line (a command or an option of its own). */
  public static boolean knows(String arg) {
    return COMMANDS.containsKey(arg) || arg.startsWith("-");
  }

  /**
   * Runs a command line to its end.
   *
   * @return the exit code: 0 done, 1 our bug, 2 wrong usage, 3 bad model or input, 4 cancelled
   */
  public static int run(String... args) {
    // Numbers look the same whatever the system's language is.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    Terminal terminal = new Terminal(System.out, System.err);
    HeadlightCommand command = new HeadlightCommand();
    CommandLine line = command.line(terminal, args);
    Failures failures = new Failures(terminal, () -> command.trace);
    line.setOut(terminal.outWriter())
        .setErr(terminal.errWriter())
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .setCaseInsensitiveEnumValuesAllowed(true);
    return Interruption.watching(terminal, () -> execute(line, failures, args));
  }

  private static int execute(CommandLine line, Failures failures, String... args) {
    try {
      return line.execute(args);
    } catch (OutOfMemoryError | LinkageError e) {
      return failures.handle(e);
    }
  }

  /** Looking at a command's options costs start-up time, so only the one asked for is looked at. */
  private CommandLine line(Terminal terminal, String... args) {
    CommandLine line = new CommandLine(this);
    self[0] = line;
    String asked = args.length > 0 ? args[0] : "";
    COMMANDS.forEach(
        (name, make) -> {
          if (!COMMANDS.containsKey(asked) || name.equals(asked)) {
            line.addSubcommand(name, make.apply(terminal));
          }
        });
    return line;
  }

  @Override
  public void run() {
    self[0].usage(self[0].getOut());
  }

  /** What {@code --version} prints. */
  static final class VersionText implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"Headlight " + Version.text()};
    }
  }
}
