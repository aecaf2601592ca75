package dev.headlight.analysis.ablation;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Intervention.InTower;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Heads that are taken away together.
 *
 * @param name such as {@code L5H3}, {@code L5}, {@code L5G1}, {@code vision.L0H2} or a group's
 * @param heads which
 * @param vision whether they are those of the tower that reads pictures
 */
public record Target(String name, HeadSet heads, boolean vision) {
  private static final String PREFIX = InTower.VISION + ".";

  /** Heads of the model itself. */
  public Target(String name, HeadSet heads) {
    this(name, heads, false);
  }

  /** A target that is called as its heads are written. */
  public static Target of(HeadSet heads) {
    return new Target(heads.toString(), heads);
  }

  /** A target of one head. */
  public static Target of(Head head) {
    return of(HeadSet.of(head));
  }

  /** Heads of the tower that reads pictures. */
  public static Target inVision(HeadSet heads) {
    String name =
        heads.terms().stream().map(term -> PREFIX + term).collect(Collectors.joining(","));
    return new Target(name, heads, true);
  }

  /**
   * Reads heads that are taken away together: {@code L5H3,L6H*}, or {@code vision.L0H2,vision.L1H*}
   * of the tower that reads pictures.
   *
   * @throws HeadlightException when a part is no head, or the parts are of two transformers
   */
  public static Target parse(String text) {
    if (!text.contains(PREFIX)) {
      return of(HeadSet.parse(text));
    }
    List<String> terms = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String term = part.strip();
      if (!term.startsWith(PREFIX)) {
        throw new HeadlightException(
            Kind.INPUT,
            "%s: %s is no head of the tower; heads that are taken away together are of one transformer"
                .formatted(text, term));
      }
      terms.add(term.substring(PREFIX.length()));
    }
    return inVision(HeadSet.parse(String.join(",", terms)));
  }

  /** Each head of the model alone, in order. */
  public static List<Target> heads(ModelSpec spec) {
    return HeadSet.parse("L*H*").resolve(spec).stream().map(Target::of).toList();
  }

  /**
   * Each head of the tower that reads pictures alone, in order.
   *
   * @throws HeadlightException when the model has none
   */
  public static List<Target> visionHeads(ModelSpec spec) {
    return HeadSet.parse("L*H*").resolve(tower(spec)).stream()
        .map(h -> inVision(HeadSet.of(h)))
        .toList();
  }

  /** Each layer's heads together. */
  public static List<Target> layers(ModelSpec spec) {
    List<Target> targets = new ArrayList<>();
    for (int l = 0; l < spec.layers(); l++) {
      targets.add(new Target("L" + l, HeadSet.parse("L" + l + "H*")));
    }
    return targets;
  }

  /**
   * Each layer's heads of the tower that reads pictures together.
   *
   * @throws HeadlightException when the model has none
   */
  public static List<Target> visionLayers(ModelSpec spec) {
    List<Target> targets = new ArrayList<>();
    for (int l = 0; l < tower(spec).layers(); l++) {
      targets.add(new Target(PREFIX + "L" + l, HeadSet.parse("L" + l + "H*"), true));
    }
    return targets;
  }

  /** The tower in front of a model; of a tower by itself that tower. */
  private static ModelSpec tower(ModelSpec spec) {
    if (spec.patches().isPresent()) {
      return spec;
    }
    return spec.vision()
        .orElseThrow(
            () ->
                new HeadlightException(
                    Kind.INPUT,
                    spec.family() + " has no tower that reads pictures; leave vision. out"))
        .tower();
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

  /** The shape of the transformer whose heads these are: the model, or its tower. */
  public ModelSpec shape(ModelSpec model) {
    return vision ? tower(model) : model;
  }

  /**
   * The heads meant in a model, in order.
   *
   * @throws HeadlightException when a part names a layer, head or group that is not there
   */
  public SortedSet<Head> resolve(ModelSpec model) {
    return heads.resolve(shape(model));
  }
}
