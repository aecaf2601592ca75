package dev.headlight.analysis.ablation;

import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Heads that are taken away together.
 *
 * @param name such as {@code L5H3}, {@code L5}, {@code L5G1} or a group's
 * @param heads which
 */
public record Target(String name, HeadSet heads) {
  /** A target that is called as its heads are written. */
  public static Target of(HeadSet heads) {
    return new Target(heads.toString(), heads);
  }

  /** A target of one head. */
  public static Target of(Head head) {
    return of(HeadSet.of(head));
  }

  /** Each head of the model alone, in order. */
  public static List<Target> heads(ModelSpec spec) {
    return HeadSet.parse("L*H*").resolve(spec).stream().map(Target::of).toList();
  }

  /** Each layer's heads together. */
  public static List<Target> layers(ModelSpec spec) {
    List<Target> targets = new ArrayList<>();
    for (int l = 0; l < spec.layers(); l++) {
      targets.add(new Target("L" + l, HeadSet.parse("L" + l + "H*")));
    }
    return targets;
  }

  /** Each key/value group's query heads together. */
  public static List<Target> groups(ModelSpec spec) {
    List<Target> targets = new ArrayList<>();
    for (int l = 0; l < spec.layers(); l++) {
      for (int g = 0; g < spec.kvHeads(); g++) {
        targets.add(of(HeadSet.parse("L" + l + "G" + g)));
      }
    }
    return targets;
  }

  /** For each head all others: what a head can do alone. Named by the head that stays. */
  public static List<Target> leaveOneIn(ModelSpec spec) {
    List<Target> targets = new ArrayList<>();
    for (Head kept : HeadSet.parse("L*H*").resolve(spec)) {
      TreeSet<Head> others = new TreeSet<>(HeadSet.parse("L*H*").resolve(spec));
      others.remove(kept);
      targets.add(new Target("only " + kept, HeadSet.of(others)));
    }
    return targets;
  }
}
