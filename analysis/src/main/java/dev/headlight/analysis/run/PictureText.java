package dev.headlight.analysis.run;

import dev.headlight.analysis.run.Intervention.DropKeys;
import dev.headlight.analysis.run.Intervention.Neighbours;
import dev.headlight.analysis.run.Intervention.Redistribute;
import dev.headlight.analysis.run.Intervention.SeeKeys;
import dev.headlight.analysis.run.Intervention.TopKeys;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text form of changes that were made for pictures:
 *
 * <pre>
 * drop:L3-11H&#42;/q=all/k=5-9,12   see:L0-5H&#42;/q=6-21/k=22-35   near:L0-5H&#42;/at=1/grid=14x14/r=2
 * window:L0-5H&#42;/at=1/grid=14x14/size=7   top:L5H3@1..=8
 * var:L2-4H&#42;/q=21../image=5-20/sinks=0,7/p=0.6/v=0.2/r=0.8
 * </pre>
 */
final class PictureText {
  private static final Pattern DROP = Pattern.compile("(.+?)/q=([^/]+)/k=([^/]+)");
  private static final Pattern GRID =
      Pattern.compile("(.+?)/at=(\\d{1,7})/grid=(\\d{1,4})x(\\d{1,4})/(r|size)=(\\d{1,4})");
  private static final Pattern TOP = Pattern.compile("([^=@]+)(?:@([^=]+))?=(\\d{1,7})");
  private static final Pattern VAR =
      Pattern.compile(
          "(.+?)/q=([^/]+)/image=([^/]+)/sinks=([^/]+)/p=([.\\d]+)(?:/v=([.\\d]+))?(?:/r=([.\\d]+))?");

  private PictureText() {}

  /** What each verb expects, for errors. */
  static String expected(String verb) {
    return switch (verb) {
      case "drop" -> "queries and keys, such as drop:L3-11H*/q=all/k=5-9,12";
      case "see" -> "queries and later keys, such as see:L0-5H*/q=6-21/k=22-35";
      case "near" -> "a grid of patches and a radius, such as near:L0-5H*/at=1/grid=14x14/r=2";
      case "window" -> "a grid of patches and a size, such as window:L0-5H*/at=1/grid=14x14/size=7";
      case "top" -> "a number of keys of 1 or more, such as top:L5H3@1..=8";
      default ->
          "queries, image tokens, sinks and what they keep (0 to 1), such as"
              + " var:L2-4H*/q=21../image=5-20/sinks=0,7/p=0.6/v=0.2/r=0.8";
    };
  }

  /** The change; empty where the text is not what the verb expects. */
  static Optional<Intervention> parse(String verb, String rest) {
    try {
      return switch (verb) {
        case "drop" -> drop(DROP.matcher(rest));
        case "see" -> see(DROP.matcher(rest));
        case "near", "window" -> grid(verb, GRID.matcher(rest));
        case "top" -> top(TOP.matcher(rest));
        default -> redistribute(VAR.matcher(rest));
      };
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Intervention> drop(Matcher m) {
    return m.matches()
        ? KeyText.parse(m.group(3))
            .map(k -> new DropKeys(HeadSet.parse(m.group(1)), Positions.parse(m.group(2)), k))
        : Optional.empty();
  }

  private static Optional<Intervention> see(Matcher m) {
    return m.matches()
        ? KeyText.parse(m.group(2))
            .flatMap(
                q ->
                    KeyText.parse(m.group(3))
                        .map(k -> new SeeKeys(HeadSet.parse(m.group(1)), q, k)))
        : Optional.empty();
  }

  private static Optional<Intervention> grid(String verb, Matcher m) {
    boolean window = verb.equals("window");
    if (!m.matches() || m.group(5).equals("size") != window) {
      return Optional.empty();
    }
    return Optional.of(
        new Neighbours(
            HeadSet.parse(m.group(1)),
            Integer.parseInt(m.group(2)),
            Integer.parseInt(m.group(3)),
            Integer.parseInt(m.group(4)),
            window,
            Integer.parseInt(m.group(6))));
  }

  private static Optional<Intervention> top(Matcher m) {
    if (!m.matches()) {
      return Optional.empty();
    }
    Positions queries = Positions.parse(m.group(2) == null ? "all" : m.group(2));
    return Optional.of(
        new TopKeys(HeadSet.parse(m.group(1)), Integer.parseInt(m.group(3)), queries));
  }

  private static Optional<Intervention> redistribute(Matcher m) {
    if (!m.matches()) {
      return Optional.empty();
    }
    var image = KeyText.parse(m.group(3));
    var sinks = KeyText.parse(m.group(4));
    if (image.isEmpty() || sinks.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Redistribute(
            HeadSet.parse(m.group(1)),
            Positions.parse(m.group(2)),
            image.get(),
            sinks.get(),
            Double.parseDouble(m.group(5)),
            m.group(6) == null ? Redistribute.LEAST_IMAGE : Double.parseDouble(m.group(6)),
            m.group(7) == null ? Redistribute.RHO : Double.parseDouble(m.group(7))));
  }

  /** The text of a change of this kind; empty for other kinds. */
  static Optional<String> print(Intervention change) {
    if (change instanceof DropKeys d) {
      return Optional.of(
          "drop:" + d.heads() + "/q=" + d.queries() + "/k=" + KeyText.print(d.keys()));
    } else if (change instanceof SeeKeys s) {
      String queries = KeyText.print(s.queries());
      return Optional.of("see:" + s.heads() + "/q=" + queries + "/k=" + KeyText.print(s.keys()));
    } else if (change instanceof Neighbours n) {
      return Optional.of(
          (n.window() ? "window:" : "near:")
              + n.heads()
              + "/at=%d/grid=%dx%d/".formatted(n.first(), n.rows(), n.columns())
              + (n.window() ? "size=" : "r=")
              + n.size());
    } else if (change instanceof TopKeys t) {
      String at = t.queries().equals(Positions.ALL) ? "" : "@" + t.queries();
      return Optional.of("top:" + t.heads() + at + "=" + t.count());
    } else if (change instanceof Redistribute r) {
      return Optional.of(
          "var:"
              + r.heads()
              + "/q="
              + r.queries()
              + "/image="
              + KeyText.print(r.image())
              + "/sinks="
              + KeyText.print(r.sinks())
              + "/p="
              + r.kept()
              + "/v="
              + r.leastImage()
              + "/r="
              + r.rho());
    }
    return Optional.empty();
  }
}
