package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.app.visual.Looked;
import dev.headlight.app.visual.MapMode;
import dev.headlight.app.visual.Over;
import dev.headlight.app.visual.Shown;
import dev.headlight.app.visual.Side;
import dev.headlight.app.visual.VisualAsk;
import dev.headlight.app.visual.VisualChoice;
import dev.headlight.app.visual.VisualState;
import dev.headlight.app.visual.VisualWork;
import dev.headlight.renderer.Theme;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which map is laid over a picture, and how it is drawn. */
final class VisualMapOptions {
  /** The modes as {@link MapMode#option} writes them. */
  static final class Modes implements ITypeConverter<MapMode> {
    @Override
    public MapMode convert(String text) {
      return Arrays.stream(MapMode.values())
          .filter(m -> m.option().equals(text.toLowerCase(Locale.ROOT)))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "expected one of "
                          + Arrays.stream(MapMode.values())
                              .map(MapMode::option)
                              .collect(Collectors.joining(", "))
                          + ", found "
                          + text));
    }
  }

  @Option(
      names = "--word",
      paramLabel = "WORD",
      description =
          "Whose look: a position of prompt and answer (negative from the end), or the label of a"
              + " token; default: the first word of the answer.")
  private String word;

  @Option(
      names = "--side",
      paramLabel = "SIDE",
      description =
          "main (language model, or the tower of a model that is one) or tower; default: the first"
              + " that sees patches.")
  private Side side;

  @Option(
      names = "--heads",
      paramLabel = "HEADS",
      converter = Converters.Heads.class,
      description = "Heads to draw, such as L3H5,L4H*; default: all of the last layer but one.")
  private HeadSet heads;

  @Option(
      names = "--mean",
      paramLabel = "OVER",
      description =
          "One map in place of one a head: chosen, layer, all, or each (all, each by its largest"
              + " patch).")
  private Over over;

  @Option(
      names = "--map",
      paramLabel = "MAP",
      defaultValue = "raw",
      converter = Modes.class,
      description =
          "raw, minus-blank, minus-word, without-sinks, rollout or relevancy; default:"
              + " ${DEFAULT-VALUE}.")
  private MapMode mode;

  @Option(
      names = "--minus",
      paramLabel = "N",
      defaultValue = "-1",
      description = "With minus-word: position of the word; default: the first function word.")
  private int baseline;

  @Option(
      names = "--style",
      paramLabel = "STYLE",
      defaultValue = "patches",
      description = "patches, smooth or contour; default: ${DEFAULT-VALUE}.")
  private VisualChoice.Style style;

  @Option(
      names = "--alpha",
      paramLabel = "A",
      defaultValue = "0.65",
      description = "Strength of the overlay, 0 to 1; default: ${DEFAULT-VALUE}.")
  private double alpha;

  @Option(names = "--scanpath", description = "Draw the path of looks read off each map.")
  private boolean scanpath;

  @Option(
      names = "--picture",
      paramLabel = "N",
      defaultValue = "-1",
      description = "Of several pictures: this one, from 0; default: all.")
  private int picture;

  @Option(
      names = "--tile",
      paramLabel = "N",
      defaultValue = "-1",
      description =
          "Of a picture in tiles: this one, from 0; default: the parts together and the whole, of a"
              + " tower each.")
  private int tile;

  @Option(
      names = "--text",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Of several texts beside pictures (CLIP, SigLIP): the one that is read, from 0; default:"
              + " ${DEFAULT-VALUE}.")
  private int text;

  @Option(
      names = "--mask",
      paramLabel = "FILE",
      description = "A picture of the same size, white where the object is: ranks all heads.")
  private Path mask;

  @Option(
      names = "--theme",
      paramLabel = "THEME",
      defaultValue = "light",
      description = "Of the figures: light, dark or paper; default: ${DEFAULT-VALUE}.")
  private Theme theme;

  Theme theme() {
    return theme;
  }

  Optional<Path> mask() {
    return Optional.ofNullable(mask);
  }

  VisualChoice choice(ModelSpec spec) {
    if (!(alpha >= 0 && alpha <= 1)) {
      throw new HeadlightException(Kind.INPUT, "--alpha: expected 0 to 1, found " + alpha + ".");
    }
    Side shown = side != null ? side : VisualWork.firstSide(spec);
    return VisualChoice.FIRST
        .with(shown)
        .with(new Shown(Math.max(0, picture), tile, text))
        .with(mode)
        .with(over == null ? Over.HEAD : over)
        .withBaseline(baseline)
        .with(style)
        .withAlpha(alpha)
        .withScanpath(scanpath);
  }

  /**
   * What is drawn of a look: the picture and tile that were named, else all there are.
   *
   * @throws HeadlightException when there is no such picture, tile or text
   */
  List<Shown> shown(VisualState state) {
    VisualAsk ask = state.looked().ask();
    known("--picture", "picture", picture, ask.pictures().size());
    known("--tile", "tile", tile, ask.layout(Math.max(0, picture)).tiles().size());
    known("--text", "text", text, Math.max(1, ask.texts().size()));
    if (state.looked().text() || tile >= 0) {
      return List.of(state.choice().shown());
    }
    return state.offered().stream().filter(s -> picture < 0 || s.picture() == picture).toList();
  }

  private static void known(String option, String thing, int number, int count) {
    if (number >= count) {
      throw new HeadlightException(
          Kind.INPUT,
          "%s: expected 0 to %d, found %d; there %s %d %s%s."
              .formatted(
                  option,
                  count - 1,
                  number,
                  count == 1 ? "is" : "are",
                  count,
                  thing,
                  count == 1 ? "" : "s"));
    }
  }

  /** The position of the word, once the tokens are known. */
  Optional<Integer> word(Looked looked) {
    if (word == null) {
      return Optional.empty();
    }
    int position =
        word.matches("-?\\d+")
            ? Integer.parseInt(word) + (word.startsWith("-") ? looked.length() : 0)
            : named(looked);
    boolean there =
        position >= 0 && position < looked.length() && looked.rows().has(looked.query(position));
    if (!there) {
      throw new HeadlightException(
          Kind.INPUT,
          "--word: no word \"%s\"; there are positions 0 to %d: %s."
              .formatted(word, looked.length() - 1, words(looked)));
    }
    return Optional.of(position);
  }

  private int named(Looked looked) {
    for (int i = looked.length() - 1; i >= 0; i--) {
      String label = looked.labels().get(i);
      if (label.equals(word) || label.replaceAll("[^\\p{L}\\p{N}]", "").equals(word)) {
        return i;
      }
    }
    return -1;
  }

  private static String words(Looked looked) {
    return Arrays.stream(looked.rows().queries())
        .filter(q -> !looked.span().isImage(q))
        .limit(40)
        .mapToObj(q -> looked.labels().get(q))
        .collect(Collectors.joining(" "));
  }

  /** Heads to draw. */
  List<Head> heads(ModelSpec spec, Looked looked) {
    ModelSpec of = looked.side() == Side.TOWER ? spec.vision().orElseThrow().tower() : spec;
    HeadSet meant =
        heads != null ? heads : HeadSet.parse("L" + Math.max(0, of.layers() - 2) + "H*");
    return List.copyOf(meant.resolve(of));
  }
}
