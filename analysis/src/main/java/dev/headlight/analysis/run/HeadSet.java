package dev.headlight.analysis.run;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.model.ModelSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A choice of heads as written by people: {@code L5H3}, {@code L5H*}, {@code L*H3}, {@code L3-5H0},
 * {@code L5G1} (all query heads of a key/value group), {@code 5.3}, joined by commas. The text is
 * kept, so that what is printed parses to an equal value; the heads it means depend on the model.
 *
 * @param terms the parts between commas, in order, normalised
 */
public record HeadSet(List<String> terms) {
  private static final Pattern TERM =
      Pattern.compile("L(\\*|\\d+(?:-\\d+)?)([HG])(\\*|\\d+(?:-\\d+)?)");

  /** Copies the list. */
  public HeadSet {
    terms = List.copyOf(terms);
  }

  /** The set of one head. */
  public static HeadSet of(Head head) {
    return new HeadSet(List.of(head.toString()));
  }

  /** The set of these heads. */
  public static HeadSet of(Iterable<Head> heads) {
    List<String> terms = new ArrayList<>();
    heads.forEach(h -> terms.add(h.toString()));
    return new HeadSet(terms);
  }

  /**
   * Reads a list of heads.
   *
   * @throws HeadlightException naming the part that is not a head
   */
  public static HeadSet parse(String text) {
    List<String> terms = new ArrayList<>();
    for (String part : text.split(",(?![^(]*\\))", -1)) {
      String term = part.strip();
      terms.add(TERM.matcher(term).matches() ? term : Head.parse(term).toString());
    }
    return new HeadSet(terms);
  }

  /**
   * The heads meant in a model, in order of layer and head.
   *
   * @throws HeadlightException when a part names a layer, head or group that the model lacks
   */
  public SortedSet<Head> resolve(ModelSpec spec) {
    SortedSet<Head> heads = new TreeSet<>();
    for (String term : terms) {
      Matcher m = TERM.matcher(term);
      if (!m.matches()) {
        throw new IllegalStateException(term);
      }
      boolean group = m.group(2).equals("G");
      int[] layers = range(m.group(1), spec.layers(), term, "layers");
      int[] inner =
          range(
              m.group(3),
              group ? spec.kvHeads() : spec.heads(),
              term,
              group ? "KV groups" : "heads");
      int size = group ? spec.heads() / spec.kvHeads() : 1;
      for (int l = layers[0]; l <= layers[1]; l++) {
        for (int h = inner[0] * size; h < (inner[1] + 1) * size; h++) {
          heads.add(new Head(l, h));
        }
      }
    }
    return heads;
  }

  private static int[] range(String text, int count, String term, String what) {
    if (text.equals("*")) {
      return new int[] {0, count - 1};
    }
    String[] ends = text.split("-", -1);
    int from = Integer.parseInt(ends[0]);
    int to = Integer.parseInt(ends[ends.length - 1]);
    if (from > to || to >= count) {
      throw new HeadlightException(
          HeadlightException.Kind.INPUT,
          term + " is outside the model: it has " + count + " " + what + ", 0 to " + (count - 1));
    }
    return new int[] {from, to};
  }

  @Override
  public String toString() {
    return terms.stream().collect(Collectors.joining(","));
  }
}
