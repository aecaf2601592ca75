package dev.headlight.analysis.vision;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Intervention.DropKeys;
import dev.headlight.analysis.run.Intervention.Neighbours;
import dev.headlight.analysis.run.Intervention.Redistribute;
import dev.headlight.analysis.run.Intervention.SeeKeys;
import dev.headlight.analysis.run.Intervention.TopKeys;
import dev.headlight.analysis.run.Positions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What papers do to attention over pictures, as changes of a pass. */
public final class VisionInterventions {
  private VisionInterventions() {}

  /** All heads of layers {@code from} to {@code to}, both included. */
  public static HeadSet layers(int from, int to) {
    return HeadSet.parse(from == to ? "L" + from + "H*" : "L" + from + "-" + to + "H*");
  }

  /** Text behind the pictures, and what is written after it. */
  private static Positions textBehind(ImageSpan span) {
    if (span.behind() >= span.length()) {
      throw noText();
    }
    return Positions.from(span.behind());
  }

  private static HeadlightException noText() {
    return new HeadlightException(
        Kind.INPUT,
        "no text follows the picture, so that nothing reads it and nothing can be shown to it; ask"
            + " something behind the picture");
  }

  /**
   * Cuts what text reads from pictures in a range of layers: the knock-out of Geva et al. 2023,
   * from text behind the pictures to every image token.
   *
   * @param from first layer
   * @param to last layer, included
   * @throws HeadlightException when no text follows the pictures
   */
  public static Intervention knockOut(ImageSpan span, int from, int to) {
    return new DropKeys(layers(from, to), textBehind(span), keys(span.image()));
  }

  /**
   * Shows the text behind the pictures to their tokens, and so lets pictures be read with the
   * question in mind (modality-mutual attention, Wang et al. 2025).
   *
   * @param span of the prompt alone: what is written later is not shown
   * @param from first layer
   * @param to last layer, included
   * @throws HeadlightException when no text follows the pictures
   */
  public static Intervention showText(ImageSpan span, int from, int to) {
    int[] words = span.textBehind();
    if (words.length == 0) {
      throw noText();
    }
    return new SeeKeys(layers(from, to), keys(span.image()), keys(words));
  }

  /**
   * VAR for one prompt: a change a layer that has sinks, from layer {@link VisualSinks#FIRST_LAYER}
   * to the one before the last. Which rows of which heads are changed is decided by their own
   * attention, in the pass.
   *
   * @param span of the prompt; sinks behind it are left out
   * @param sinks of the unchanged prompt
   * @param kept p, what a sink keeps, 0 to 1; 1 is the identity. For papers that call the moved
   *     part p, give 1 − p.
   * @param rho ρ, {@link VisualSinks.Interest#RHO}
   */
  public static List<Intervention> var(ImageSpan span, VisualSinks sinks, double kept, double rho) {
    return var(span, sinks, kept, rho, 0, sinks.phi().size(0) - 1);
  }

  /**
   * The same in layers {@code from} to {@code to} alone, both included; empty where none of them
   * has sinks to take from.
   */
  public static List<Intervention> var(
      ImageSpan span, VisualSinks sinks, double kept, double rho, int from, int to) {
    List<Intervention> changes = new ArrayList<>();
    int end = Math.min(to, sinks.phi().size(0) - 2);
    for (int l = Math.max(from, VisualSinks.FIRST_LAYER); l <= end; l++) {
      List<Integer> here = sinks.sinks(l).stream().filter(p -> p < span.length()).toList();
      boolean all = here.containsAll(keys(span.image()));
      if (!here.isEmpty() && !all) {
        changes.add(
            new Redistribute(
                layers(l, l),
                textBehind(span),
                keys(span.image()),
                here,
                kept,
                Redistribute.LEAST_IMAGE,
                rho));
      }
    }
    return List.copyOf(changes);
  }

  /**
   * Image tokens that go when some are kept: those with the least attention.
   *
   * @param attention of each position, such as the mean over heads of the last text row after layer
   *     k (FastV, Chen et al. 2024), {@code [T]}
   * @param keepRatio part of the image tokens that stays, 0 to 1; as many as that gives rounded up
   * @return positions, ascending; empty where all stay
   */
  public static List<Integer> leastAttended(ImageSpan span, float[] attention, double keepRatio) {
    int stay = (int) Math.ceil(keepRatio * span.image().length);
    return keys(span.image()).stream()
        .sorted((a, b) -> Float.compare(attention[a], attention[b]))
        .limit(span.image().length - stay)
        .sorted()
        .toList();
  }

  /**
   * Drops image tokens behind a layer: from the next one on nothing else sees them.
   *
   * @param layer k, the last layer that has them all
   * @param layers of the model
   * @param dropped positions, such as {@link #leastAttended}
   * @return nothing where there is nothing to drop, or no layer behind
   */
  public static List<Intervention> drop(int layer, int layers, List<Integer> dropped) {
    return dropped.isEmpty() || layer + 1 >= layers
        ? List.of()
        : List.of(new DropKeys(layers(layer + 1, layers - 1), Positions.ALL, dropped));
  }

  /**
   * Patches see only near patches of their tile (YOPO's neighbour masks, Zhang et al. 2024; ViT
   * neighbourhood attention, Hassani et al. 2023).
   *
   * @param part a tile whose positions follow each other without gaps
   * @param radius patches into every direction, 0 or more
   */
  public static Intervention near(HeadSet heads, ImageSpan.Part part, int radius) {
    return grid(heads, part, false, radius);
  }

  /** Patches see only their own window of {@code size} × {@code size} patches. */
  public static Intervention window(HeadSet heads, ImageSpan.Part part, int size) {
    return grid(heads, part, true, size);
  }

  /** {@link #near} in every tile of the pictures, each by itself. */
  public static List<Intervention> near(HeadSet heads, ImageSpan span, int radius) {
    return span.parts().stream().map(part -> near(heads, part, radius)).toList();
  }

  /** {@link #window} in every tile of the pictures, each by itself. */
  public static List<Intervention> window(HeadSet heads, ImageSpan span, int size) {
    return span.parts().stream().map(part -> window(heads, part, size)).toList();
  }

  /**
   * Patches see the keys with their largest logits alone (k-NN attention, Wang et al. 2022, KVT),
   * from the first image token to the last.
   *
   * @param count of keys, 1 or more
   */
  public static Intervention strongest(HeadSet heads, ImageSpan span, int count) {
    return new TopKeys(heads, count, new Positions(span.image()[0], span.behind() - 1, false));
  }

  private static Intervention grid(HeadSet heads, ImageSpan.Part part, boolean window, int size) {
    int[] at = part.positions();
    for (int i = 0; i < at.length; i++) {
      if (at[i] != at[0] + i) {
        throw new HeadlightException(
            Kind.INPUT,
            "patches of tile %d do not stand row by row in the sequence, as masks of near patches and windows need; found %d in place of %d"
                .formatted(part.tile(), at[i], at[0] + i));
      }
    }
    int rows = part.grid().rows();
    return new Neighbours(heads, at[0], rows, part.grid().columns(), window, size);
  }

  private static List<Integer> keys(int[] positions) {
    return Arrays.stream(positions).boxed().toList();
  }
}
