package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.ablation.Target;
import dev.headlight.analysis.patching.PatchGrid;
import dev.headlight.analysis.patching.PatchRequest;
import dev.headlight.analysis.patching.Places;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Positions;
import dev.headlight.analysis.run.Site;
import dev.headlight.app.export.Limits;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** From option texts to values; a text that cannot be read is wrong usage. */
final class Converters {
  private Converters() {}

  private static <T> T read(String text, Function<String, T> parse) {
    try {
      return parse.apply(text);
    } catch (HeadlightException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  /** {@code 0.1,99%}. */
  static Limits limits(String text) {
    return read(text, Limits::parse);
  }

  /** {@code L5H3,L1H*}. */
  static final class Heads implements ITypeConverter<HeadSet> {
    @Override
    public HeadSet convert(String text) {
      return read(text, HeadSet::parse);
    }
  }

  /** Heads that are taken away together, such as {@code L1H2,L3H*} or {@code vision.L0H1}. */
  static final class Targets implements ITypeConverter<Target> {
    @Override
    public Target convert(String text) {
      return read(text, Target::parse);
    }
  }

  /** {@code all}, {@code last}, {@code 3,7-9}. */
  static final class PlacesOf implements ITypeConverter<Places> {
    @Override
    public Places convert(String text) {
      return read(text, Places::parse);
    }
  }

  /** A site that can be patched, such as {@code resid_pre}. */
  static final class PatchSites implements ITypeConverter<Site> {
    @Override
    public Site convert(String text) {
      return Site.parse(text)
          .filter(PatchRequest.SITES::contains)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "expected one of "
                          + PatchRequest.SITES.stream()
                              .map(Site::shortName)
                              .collect(Collectors.joining(", "))
                          + ", found "
                          + text));
    }
  }

  /** {@code layer-position}, {@code head}, {@code head-position}. */
  static final class Grids implements ITypeConverter<PatchGrid> {
    @Override
    public PatchGrid convert(String text) {
      return Arrays.stream(PatchGrid.values())
          .filter(g -> g.toString().equalsIgnoreCase(text.strip()))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "expected layer-position, head or head-position, found " + text));
    }
  }

  /** {@code all}, {@code 3-7}, {@code -1..}. */
  static final class At implements ITypeConverter<Positions> {
    @Override
    public Positions convert(String text) {
      return read(text, Positions::parse);
    }
  }

  /** {@code zero:L5H3@-1}. */
  static final class Interventions implements ITypeConverter<Intervention> {
    @Override
    public Intervention convert(String text) {
      return read(text, Intervention::parse);
    }
  }

  /** {@code 3} or {@code 0-3}: first and last, both included. */
  record Range(int first, int last) {
    static Range parse(String text) {
      try {
        String[] ends = text.strip().split("-", 2);
        int first = Integer.parseInt(ends[0]);
        int last = ends.length == 1 ? first : Integer.parseInt(ends[1]);
        if (first >= 0 && first <= last) {
          return new Range(first, last);
        }
      } catch (NumberFormatException e) {
        throw new TypeConversionException(wrong(text));
      }
      throw new TypeConversionException(wrong(text));
    }

    private static String wrong(String text) {
      return "'" + text + "' is no range of layers; expected one like 3 or 0-3";
    }
  }

  /** {@code 0-3}. */
  static final class Ranges implements ITypeConverter<Range> {
    @Override
    public Range convert(String text) {
      return Range.parse(text);
    }
  }
}
