package dev.headlight.app.cli;

import dev.headlight.analysis.run.Intervention;
import java.util.List;
import picocli.CommandLine.Option;

/** What is changed in a pass. */
final class ChangeOptions {
  @Option(
      names = "--intervene",
      paramLabel = "TEXT",
      converter = Converters.Interventions.class,
      description = "A change, such as zero:L5H3; repeatable, applied in this order.")
  private List<Intervention> interventions = List.of();

  /** In the order in which they are applied. */
  List<Intervention> all() {
    return interventions;
  }

  /** In text form. */
  List<String> texts() {
    return interventions.stream().map(Intervention::text).toList();
  }
}
