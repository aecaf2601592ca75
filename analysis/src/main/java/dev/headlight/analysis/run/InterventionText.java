package dev.headlight.analysis.run;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.run.Intervention.Ablate;
import dev.headlight.analysis.run.Intervention.AddVector;
import dev.headlight.analysis.run.Intervention.InTower;
import dev.headlight.analysis.run.Intervention.LowRank;
import dev.headlight.analysis.run.Intervention.MaskEdges;
import dev.headlight.analysis.run.Intervention.Mode;
import dev.headlight.analysis.run.Intervention.MoveAttention;
import dev.headlight.analysis.run.Intervention.Patch;
import dev.headlight.analysis.run.Intervention.ScaleColumn;
import dev.headlight.analysis.run.Intervention.ScaleHead;
import dev.headlight.analysis.run.Intervention.SetRow;
import dev.headlight.analysis.run.Intervention.Temperature;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text form of interventions, as the command line, sessions and undo write it (and {@link
 * PictureText} for those that were made for pictures):
 *
 * <pre>
 * zero:L5H3@-1   mean:L5H*   resample:L5H3   uniform:L3-5H0,L7G1@3-7   scale:L5H3=0.5
 * column:L5H3/0=0.3   move:L5H3/7,12=0.4   temperature:L5H3@7=2   mask:L5H&#42;/q=10-20/k=0-3
 * patch:resid_pre/L5@7&lt;-FILE   patch:z/L5H3@-1&lt;-[1,2,3]   add:resid_post/L5@-1&lt;-FILE*1.5
 * add:z/L5H3&lt;-FILE*2   rank:k/L5G1=4   row:L5H3@7=3:0.6,5:0.4   zero:vision.L3H2
 * </pre>
 */
final class InterventionText {
  private static final Pattern PLACE = Pattern.compile("([a-z_0-9]+)(?:/L(\\d+)(?:[HG](\\d+))?)?");
  private static final Pattern VALUED = Pattern.compile("([^=@]+)(?:@([^=]+))?=([^@]+)(?:@(.+))?");
  private static final Pattern SCALED = Pattern.compile("(.*)\\*([-+.0-9eE]+)");

  private InterventionText() {}

  static Intervention parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw bad(text, "a verb and a colon, such as zero:L5H3");
    }
    String verb = text.substring(0, colon).strip().toLowerCase(Locale.ROOT);
    String rest = text.substring(colon + 1).strip();
    for (String tower : new String[] {InTower.VISION, InTower.TEXT}) {
      if (rest.startsWith(tower + ".")) {
        return new InTower(tower, parse(verb + ":" + rest.substring(tower.length() + 1)));
      }
    }
    return switch (verb) {
      case "zero", "mean", "resample", "uniform" -> {
        String[] at = at(rest);
        Mode mode = Mode.valueOf(verb.toUpperCase(Locale.ROOT));
        yield new Ablate(mode, HeadSet.parse(at[0]), Positions.parse(at[1]));
      }
      case "scale" -> scale(text, rest);
      case "column" -> column(text, rest);
      case "move" -> move(text, rest);
      case "temperature" -> temperature(text, rest);
      case "mask" -> mask(text, rest);
      case "row" -> row(text, rest);
      case "patch" -> patch(text, rest);
      case "add" -> add(text, rest);
      case "rank" -> rank(text, rest);
      case "drop", "see", "near", "window", "top", "var" ->
          PictureText.parse(verb, rest).orElseThrow(() -> bad(text, PictureText.expected(verb)));
      default ->
          throw bad(
              text,
              "one of zero, mean, resample, uniform, scale, column, move, temperature, mask, row,"
                  + " patch, add, rank, drop, see, near, window, top, var");
    };
  }

  private static Intervention scale(String text, String rest) {
    Matcher m = valued(text, rest, "a factor, such as scale:L5H3=0.5");
    return new ScaleHead(HeadSet.parse(m.group(1)), number(text, m.group(3)), positions(m));
  }

  private static Intervention temperature(String text, String rest) {
    Matcher m = valued(text, rest, "a temperature, such as temperature:L5H3@7=2");
    double temperature = number(text, m.group(3));
    if (!(temperature > 0)) {
      throw bad(text, "a temperature above 0");
    }
    return new Temperature(HeadSet.parse(m.group(1)), temperature, positions(m));
  }

  /** The positions stand before the number or after it: L5H3@-1=0.5, L5H3=0.5@-1. */
  private static Matcher valued(String text, String rest, String expected) {
    Matcher m = VALUED.matcher(rest);
    if (!m.matches()) {
      throw bad(text, expected);
    }
    return m;
  }

  private static Positions positions(Matcher m) {
    return Positions.parse(
        m.group(2) != null ? m.group(2) : m.group(4) != null ? m.group(4) : "all");
  }

  private static Intervention move(String text, String rest) {
    Matcher m = Pattern.compile("(.+)/(\\d{1,9}(?:,\\d{1,9})*)=(.+)").matcher(rest);
    if (!m.matches()) {
      throw bad(text, "keys and a factor, such as move:L5H3/7,12=0.4");
    }
    double factor = number(text, m.group(3));
    if (!(factor >= 0 && factor <= 1)) {
      throw bad(text, "a factor of 0 to 1");
    }
    List<Integer> keys = Arrays.stream(m.group(2).split(",", -1)).map(Integer::valueOf).toList();
    return new MoveAttention(HeadSet.parse(m.group(1)), keys, factor);
  }

  private static Intervention column(String text, String rest) {
    Matcher m = Pattern.compile("(.+)/(\\d+)=(.+)").matcher(rest);
    if (!m.matches()) {
      throw bad(text, "a key and a factor, such as column:L5H3/0=0.3");
    }
    double factor = number(text, m.group(3));
    if (!(factor > 0)) {
      throw bad(text, "a factor above 0");
    }
    return new ScaleColumn(HeadSet.parse(m.group(1)), Integer.parseInt(m.group(2)), factor);
  }

  private static Intervention mask(String text, String rest) {
    Matcher m = Pattern.compile("(.+?)/q=([^/]+)/k=([^/]+)").matcher(rest);
    if (!m.matches()) {
      throw bad(text, "queries and keys, such as mask:L5H*/q=10-20/k=0-3");
    }
    return new MaskEdges(
        HeadSet.parse(m.group(1)), Positions.parse(m.group(2)), Positions.parse(m.group(3)));
  }

  private static Intervention row(String text, String rest) {
    String expected =
        "keys with weights above 0 and at most 1 together, such as row:L5H3@7=3:0.6,5:0.4";
    Matcher m = Pattern.compile("([^=]+)=(\\d{1,9}:[^:,]+(?:,\\d{1,9}:[^:,]+)*)").matcher(rest);
    if (!m.matches()) {
      throw bad(text, expected);
    }
    SortedMap<Integer, Double> weights = new TreeMap<>();
    for (String part : m.group(2).split(",", -1)) {
      String[] pair = split(part, ":");
      if (weights.put(Integer.valueOf(pair[0]), number(text, pair[1])) != null) {
        throw bad(text, "each key once");
      }
    }
    String[] at = at(m.group(1));
    try {
      return new SetRow(HeadSet.parse(at[0]), Positions.parse(at[1]), weights);
    } catch (IllegalArgumentException e) {
      throw bad(text, expected);
    }
  }

  private static Intervention patch(String text, String rest) {
    String[] parts = split(rest, "<-");
    if (parts.length != 2) {
      throw bad(
          text,
          "a capture file or the ids of a prompt, such as patch:z/L5H3@-1<-FILE or <-[1,2,3]");
    }
    String[] at = at(parts[0]);
    Matcher place = place(text, at[0]);
    return new Patch(
        site(text, place),
        layer(place),
        slice(place),
        Positions.parse(at[1]),
        PatchSource.parse(parts[1]));
  }

  private static Intervention add(String text, String rest) {
    String[] parts = split(rest, "<-");
    if (parts.length != 2) {
      throw bad(text, "a capture file, such as add:resid_post/L5@-1<-FILE*1.5");
    }
    String[] at = at(parts[0]);
    Matcher place = place(text, at[0]);
    Matcher scaled = SCALED.matcher(parts[1]);
    boolean factor = scaled.matches();
    return new AddVector(
        site(text, place),
        layer(place),
        slice(place),
        Positions.parse(at[1]),
        PatchSource.parse(factor ? scaled.group(1) : parts[1]),
        factor ? number(text, scaled.group(2)) : 1);
  }

  private static Intervention rank(String text, String rest) {
    Matcher m = Pattern.compile("(.+)=(\\d{1,6})").matcher(rest);
    String expected = "keys or values of a layer or group and a rank, such as rank:k/L5G1=4";
    if (!m.matches()) {
      throw bad(text, expected);
    }
    Matcher place = place(text, m.group(1));
    Site site = site(text, place);
    int rank = Integer.parseInt(m.group(2));
    if ((site != Site.K && site != Site.V) || rank < 1) {
      throw bad(text, expected);
    }
    return new LowRank(site, layer(place), slice(place), rank);
  }

  private static Optional<Integer> slice(Matcher place) {
    return Optional.ofNullable(place.group(3)).map(Integer::valueOf);
  }

  private static Matcher place(String text, String place) {
    Matcher m = PLACE.matcher(place);
    if (!m.matches()) {
      throw bad(text, "a site and a layer, such as resid_pre/L5 or z/L5H3");
    }
    return m;
  }

  private static Site site(String text, Matcher place) {
    Site site =
        Site.parse(place.group(1))
            .orElseThrow(
                () ->
                    bad(
                        text,
                        "one of the sites "
                            + Arrays.stream(Site.values()).map(Site::shortName).toList()));
    if (site.perLayer() != (place.group(2) != null)) {
      throw bad(
          text, site.perLayer() ? "a layer, such as " + site.shortName() + "/L5" : "no layer");
    }
    return site;
  }

  private static int layer(Matcher place) {
    return place.group(2) == null ? -1 : Integer.parseInt(place.group(2));
  }

  private static String[] at(String text) {
    int i = text.lastIndexOf('@');
    return i < 0
        ? new String[] {text, "all"}
        : new String[] {text.substring(0, i), text.substring(i + 1)};
  }

  private static String[] split(String text, String separator) {
    return text.split(Pattern.quote(separator), 2);
  }

  private static double number(String text, String number) {
    try {
      double value = Double.parseDouble(number.strip());
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below, with the whole text.
    }
    throw bad(text, "a number instead of \"" + number + "\"");
  }

  private static HeadlightException bad(String text, String expected) {
    return new HeadlightException(
        HeadlightException.Kind.INPUT,
        "cannot read the intervention \"" + text + "\": expected " + expected);
  }

  static String print(Intervention change) {
    if (change instanceof Ablate a) {
      return a.mode().name().toLowerCase(Locale.ROOT) + ":" + a.heads() + suffix(a.positions());
    } else if (change instanceof ScaleHead s) {
      return "scale:" + s.heads() + suffix(s.positions()) + "=" + s.factor();
    } else if (change instanceof ScaleColumn c) {
      return "column:" + c.heads() + "/" + c.key() + "=" + c.factor();
    } else if (change instanceof MoveAttention m) {
      String keys = m.keys().stream().map(String::valueOf).collect(Collectors.joining(","));
      return "move:" + m.heads() + "/" + keys + "=" + m.factor();
    } else if (change instanceof Temperature t) {
      return "temperature:" + t.heads() + suffix(t.queries()) + "=" + t.temperature();
    } else if (change instanceof MaskEdges m) {
      return "mask:" + m.heads() + "/q=" + m.queries() + "/k=" + m.keys();
    } else if (change instanceof SetRow r) {
      String weights =
          r.weights().entrySet().stream()
              .map(e -> e.getKey() + ":" + e.getValue())
              .collect(Collectors.joining(","));
      return "row:" + r.heads() + suffix(r.queries()) + "=" + weights;
    } else if (change instanceof Patch p) {
      return "patch:"
          + place(p.site(), p.layer(), p.head())
          + suffix(p.positions())
          + "<-"
          + p.source();
    } else if (change instanceof AddVector v) {
      String place = place(v.site(), v.layer(), v.head()) + suffix(v.positions());
      return "add:" + place + "<-" + v.source() + "*" + v.scale();
    } else if (change instanceof InTower t) {
      String inner = print(t.change());
      int colon = inner.indexOf(':') + 1;
      return inner.substring(0, colon) + t.tower() + "." + inner.substring(colon);
    } else if (change instanceof LowRank r) {
      return "rank:" + place(r.site(), r.layer(), r.group()) + "=" + r.rank();
    }
    return PictureText.print(change)
        .orElseThrow(() -> new IllegalArgumentException(change.toString()));
  }

  private static String place(Site site, int layer, Optional<Integer> slice) {
    String letter = site.scope() == Site.Scope.GROUP ? "G" : "H";
    return site.shortName()
        + (layer < 0 ? "" : "/L" + layer)
        + slice.map(h -> letter + h).orElse("");
  }

  private static String suffix(Positions positions) {
    return positions.equals(Positions.ALL) ? "" : "@" + positions;
  }
}
