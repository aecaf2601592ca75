package dev.headlight.app.cli;

import dev.headlight.app.cli.DoctorCheck.Status;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks at the machine and says what is there, what is missing and what to do about it. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Check Java, engine, devices, memory, fonts and display; say what to do.")
final class DoctorCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--json", description = "One JSON document.")
  private boolean json;

  DoctorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<DoctorCheck> checks = DoctorChecks.all();
    if (json) {
      terminal.json(Map.of("checks", checks.stream().map(DoctorCheck::document).toList()));
    } else {
      checks.forEach(check -> check.lines().forEach(terminal.out()::println));
    }
    boolean broken = checks.stream().anyMatch(check -> check.status() == Status.BROKEN);
    return broken ? ExitCodes.BAD_INPUT : ExitCodes.DONE;
  }
}
