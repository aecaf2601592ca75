package dev.headlight.app.view;

import dev.headlight.analysis.ablation.Curves;
import dev.headlight.analysis.ablation.Interaction;
import dev.headlight.analysis.ablation.Offsets;
import dev.headlight.analysis.ablation.RankSensitivity;
import dev.headlight.analysis.ablation.Redundancy;
import dev.headlight.app.ablation.AblationPictures;
import dev.headlight.app.ablation.AblationPlots;
import dev.headlight.app.ablation.AblationState;
import dev.headlight.app.ablation.Part;
import java.util.List;
import javafx.scene.Node;

/** The sections of the ablation pane: what stands together in one view. */
enum AblationSections {
  EFFECT("Effect", "The map, the texts, the numbers, more and more heads"),
  TOGETHER("By twos", "Which heads back each other up"),
  IMPORTANCE("Importance", "What gradients say beforehand, and whether they are right"),
  LIKENESS("Likeness", "Which heads do the same"),
  RANK("Keys and values", "How few directions keys and values need"),
  OFFSET("Offset", "What adding to a head does");

  private static final String READ = "There is nothing to read: write a prompt, or choose others.";

  private final String title;
  private final String tip;

  AblationSections(String title, String tip) {
    this.title = title;
    this.tip = tip;
  }

  String title() {
    return title;
  }

  String tip() {
    return tip;
  }

  /** What its parts ask. */
  List<Part> asked() {
    return switch (this) {
      case EFFECT -> List.of(Part.SWEEP, Part.TEXTS, Part.CURVES);
      case TOGETHER -> List.of(Part.PAIRS);
      case IMPORTANCE -> List.of(Part.GRADIENT, Part.SINGLES, Part.PERTURBED);
      case LIKENESS -> List.of(Part.LIKENESS);
      case RANK -> List.of(Part.RANKS);
      case OFFSET -> List.of(Part.OFFSETS);
    };
  }

  /** The parts, in order. */
  List<Node> parts(AblationDesk desk) {
    return switch (this) {
      case EFFECT ->
          List.of(
              new AblationSweepPart(desk),
              new AblationTextsPart(desk),
              new AblationEffectPart(desk),
              curves(desk));
      case TOGETHER -> List.of(pairs(desk), new AblationBackupPart(desk));
      case IMPORTANCE -> List.of(new AblationGradientPart(desk), new AblationRankingPart(desk));
      case LIKENESS -> List.of(likeness(desk, false), likeness(desk, true));
      case RANK -> List.of(ranks(desk, false), ranks(desk, true));
      case OFFSET -> List.of(offsets(desk));
    };
  }

  private static boolean always(AblationState state) {
    return true;
  }

  private static Node curves(AblationDesk desk) {
    return new AblationPlotPart(
        desk,
        new AblationPlotPart.Kind(
            Part.CURVES,
            "Best first, worst first, random",
            "curves",
            "Run takes more and more heads away, by what each takes alone.",
            READ,
            "Best: its loss alone does most damage; band: least and most of random orders.",
            "Michel et al. 2019, Are Sixteen Heads Really Better than One?, figure 3."),
        AblationSections::always,
        found -> AblationPlots.curves((Curves) found));
  }

  private static boolean some(AblationState state) {
    return state.taken().size() > 1 && state.taken().size() <= Interaction.MOST;
  }

  private static Node pairs(AblationDesk desk) {
    return new AblationMapPart(
        desk,
        new AblationMapPart.Kind(
            Part.PAIRS,
            false,
            "Beyond the sum",
            "pairs",
            "Run takes each two of these heads away and holds that against the sum of both.",
            "Take 2 to " + Interaction.MOST + " heads away above; each two of them are tried.",
            "Backup heads: Wang et al. 2023, Interpretability in the Wild, section 3.4."),
        AblationSections::some,
        found -> AblationPictures.pairs((Interaction) found));
  }

  private static Node likeness(AblationDesk desk, boolean patterns) {
    return new AblationMapPart(
        desk,
        new AblationMapPart.Kind(
            Part.LIKENESS,
            patterns,
            patterns ? "What they look at" : "What they add",
            patterns ? "patterns" : "outputs",
            "Run holds every head against every other, on the first "
                + Redundancy.LENGTH
                + " tokens of each prompt.",
            READ,
            "Order: average linkage (UPGMA), Sokal and Michener 1958."),
        AblationSections::always,
        found ->
            patterns
                ? AblationPictures.patterns((Redundancy) found)
                : AblationPictures.outputs((Redundancy) found));
  }

  private static Node ranks(AblationDesk desk, boolean values) {
    return new AblationMapPart(
        desk,
        new AblationMapPart.Kind(
            Part.RANKS,
            values,
            values ? "Values" : "Keys",
            "low-rank",
            "Run keeps 1, 2, 4 … directions of the keys, then of the values, of each group.",
            READ,
            ""),
        AblationSections::always,
        found -> AblationPictures.ranks((RankSensitivity) found, !values));
  }

  private static Node offsets(AblationDesk desk) {
    return new AblationPlotPart(
        desk,
        new AblationPlotPart.Kind(
            Part.OFFSETS,
            "Offset on each head",
            "offsets",
            "Run adds α times the difference of the two prompts to each of these heads alone.",
            "Read on pairs, and take up to " + Offsets.MOST + " heads away above.",
            "hook_z + α · (z of the clean prompt − z of the corrupt one) at the last position, each"
                + " head alone; α = −1 is the corrupt prompt's output.",
            "After LoFiT, Yin et al. 2024, which learns the offset."),
        s -> s.choice().on().pairs() && !s.taken().isEmpty() && s.taken().size() <= Offsets.MOST,
        found -> AblationPlots.offsets((Offsets) found));
  }
}
