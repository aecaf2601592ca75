package dev.headlight.app.cli;

import dev.headlight.analysis.ablation.Target;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.HeadSet;
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
    LEAVE_ONE_IN;

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
        converter = Converters.Heads.class,
        description = "Heads that are taken away together; repeat for more such sets.")
    private List<HeadSet> heads = List.of();

    @Option(
        names = "--sweep",
        paramLabel = "WHAT",
        description =
            "One after the other: heads, layers, groups (KV groups), or leave-one-in (all heads but"
                + " one).")
    private SweepOver sweep;
  }

  @ArgGroup(multiplicity = "0..1")
  private Choice choice;

  /** Whether heads were named one set at a time. */
  boolean named() {
    return choice != null && choice.sweep == null;
  }

  /** Whether each head is taken away alone. */
  boolean everyHead() {
    return choice != null && choice.sweep == SweepOver.HEADS;
  }

  /** The sets that were named. */
  List<HeadSet> sets() {
    return named() ? choice.heads : List.of();
  }

  /** The targets; none where nothing was said. */
  List<Target> read(ModelSpec spec) {
    if (choice == null) {
      return List.of();
    }
    if (choice.sweep == null) {
      return choice.heads.stream().map(Target::of).toList();
    }
    return switch (choice.sweep) {
      case HEADS -> Target.heads(spec);
      case LAYERS -> Target.layers(spec);
      case GROUPS -> Target.groups(spec);
      case LEAVE_ONE_IN -> Target.leaveOneIn(spec);
    };
  }
}
