package dev.headlight.app.cli;

import dev.headlight.analysis.ablation.Target;
import dev.headlight.analysis.model.ModelSpec;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which heads are taken away. */
final class TargetOptions {
  /** What a sweep takes away, one after the other. */
  enum SweepOver {
    HEADS,
    LAYERS,
    GROUPS,
    /** All heads but one. */
    LEAVE_ONE_IN,
    /** Heads of the tower that reads pictures. */
    VISION_HEADS,
    /** Its layers. */
    VISION_LAYERS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** One way of saying it. */
  static final class Choice {
    @Option(
        names = "--heads",
        paramLabel = "L1H2,…",
        converter = Converters.Targets.class,
        description =
            "Heads that are taken away together, vision.L1H2 of the tower that reads pictures; repeat"
                + " for more such sets.")
    private List<Target> heads = List.of();

    @Option(
        names = "--sweep",
        paramLabel = "WHAT",
        split = ",",
        description =
            "One after the other: heads, layers, groups (KV groups), leave-one-in (all heads but one),"
                + " vision-heads or vision-layers (of the tower that reads pictures); several by"
                + " commas.")
    private List<SweepOver> sweep = List.of();
  }

  @ArgGroup(multiplicity = "0..1")
  private Choice choice;

  /** Whether heads were named one set at a time. */
  boolean named() {
    return choice != null && choice.sweep.isEmpty();
  }

  /** Whether each head is taken away alone. */
  boolean everyHead() {
    return choice != null && choice.sweep.contains(SweepOver.HEADS);
  }

  /** The sets that were named. */
  List<Target> sets() {
    return named() ? choice.heads : List.of();
  }

  /** The targets; none where nothing was said. */
  List<Target> read(ModelSpec spec) {
    if (choice == null) {
      return List.of();
    }
    return named()
        ? choice.heads
        : choice.sweep.stream().flatMap(over -> over(over, spec).stream()).toList();
  }

  private static List<Target> over(SweepOver over, ModelSpec spec) {
    return switch (over) {
      case HEADS -> Target.heads(spec);
      case LAYERS -> Target.layers(spec);
      case GROUPS -> Target.groups(spec);
      case LEAVE_ONE_IN -> Target.leaveOneIn(spec);
      case VISION_HEADS -> Target.visionHeads(spec);
      case VISION_LAYERS -> Target.visionLayers(spec);
    };
  }
}
