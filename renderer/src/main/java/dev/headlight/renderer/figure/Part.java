package dev.headlight.renderer.figure;

import dev.headlight.renderer.Fonts.Face;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Neighbouring characters of one font.
 *
 * @param start index in the whole text
 * @param typeface their font; null for one character that no font has
 * @param level even where written from left to right, odd from right to left
 */
record Part(String text, int start, Typeface typeface, int level) {

  /** Cuts a text where its font changes. */
  static List<Part> split(String text, Face face) {
    List<Part> parts = new ArrayList<>();
    for (int at = 0; at < text.length(); ) {
      int end = clusterEnd(text, at);
      String cluster = text.substring(at, end);
      Optional<Typeface> typeface =
          drawable(cluster) ? Typefaces.find(cluster, face) : Optional.empty();
      if (typeface.isPresent()) {
        add(parts, new Part(cluster, at, typeface.get(), 0));
      } else {
        addEach(parts, cluster, at, face);
      }
      at = end;
    }
    return parts;
  }

  /** No font has the whole of it: its characters one by one. */
  private static void addEach(List<Part> parts, String cluster, int start, Face face) {
    for (int at = 0; at < cluster.length(); ) {
      int next = cluster.offsetByCodePoints(at, 1);
      String one = cluster.substring(at, next);
      Optional<Typeface> typeface = drawable(one) ? Typefaces.find(one, face) : Optional.empty();
      add(parts, new Part(one, start + at, typeface.orElse(null), 0));
      at = next;
    }
  }

  private static void add(List<Part> parts, Part part) {
    int last = parts.size() - 1;
    if (last >= 0 && part.typeface != null && parts.get(last).typeface == part.typeface) {
      Part before = parts.get(last);
      parts.set(last, new Part(before.text + part.text, before.start, before.typeface, 0));
    } else {
      parts.add(part);
    }
  }

  /** End of a character with the marks, joiners and selectors that belong to it. */
  private static int clusterEnd(String text, int start) {
    int end = text.offsetByCodePoints(start, 1);
    while (end < text.length() && joins(text.codePointAt(end))) {
      end = text.offsetByCodePoints(end, 1);
    }
    return end;
  }

  private static boolean joins(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || Typefaces.isInvisibleJoiner(codePoint);
  }

  /** Whether a reader could see it: no lone mark or joiner, no control, nothing unassigned. */
  private static boolean drawable(String cluster) {
    return !joins(cluster.codePointAt(0)) && cluster.codePoints().allMatch(Part::meansSomething);
  }

  private static boolean meansSomething(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.FORMAT -> Typefaces.isInvisibleJoiner(codePoint);
      case Character.CONTROL,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
