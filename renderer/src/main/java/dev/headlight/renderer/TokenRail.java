package dev.headlight.renderer;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * Which tokens along an axis get a label, and where: as many as stand legibly beside each other.
 * What stays when zoomed out also stays when zoomed in (steps are powers of two), and chosen tokens
 * (selected, hovered) always have their label.
 *
 * @param rotation degrees, clockwise positive, the same for all labels: 0, −60 or −90
 * @param labels by index
 * @param thickness room the labels need across the axis, in pixels
 */
public record TokenRail(double rotation, List<Label> labels, double thickness) {

  /**
   * A label to draw.
   *
   * @param index the token
   * @param text its label, shortened if it was too long
   * @param offset middle of the token along the axis, pixels from the start of the view
   * @param chosen whether it was asked for
   */
  public record Label(int index, String text, double offset, boolean chosen) {}

  /**
   * The axis of a view.
   *
   * @param first left (upper) edge of the view in tokens, with fraction
   * @param pixelsPerToken above 0
   * @param length pixels of the whole view
   * @param lineHeight pixels a line of text needs
   * @param longest pixels a label may be long
   */
  public record Axis(
      double first, double pixelsPerToken, double length, double lineHeight, double longest) {

    /** Checks the sizes. */
    public Axis {
      if (!(pixelsPerToken > 0 && length > 0 && lineHeight > 0 && longest > 0)) {
        throw new IllegalArgumentException("an axis needs sizes above 0");
      }
    }

    double offset(int index) {
      return (index + 0.5 - first) * pixelsPerToken;
    }

    boolean shows(int index) {
      return offset(index) >= 0 && offset(index) <= length;
    }
  }

  private static final double SLANT = -60;
  private static final double SLANT_TIGHTNESS = 0.92;
  private static final String ELLIPSIS = "…";

  /** Copies the list. */
  public TokenRail {
    labels = List.copyOf(labels);
  }

  /**
   * Labels beside the rows, upright.
   *
   * @param tokens one label a row
   * @param chosen indices that must be labelled
   * @param width measures a text in pixels
   */
  public static TokenRail rows(
      List<String> tokens, Axis axis, Collection<Integer> chosen, ToDoubleFunction<String> width) {
    List<Label> labels = place(tokens, axis, chosen, axis.lineHeight(), axis.longest(), width);
    return new TokenRail(0, labels, longest(labels, width));
  }

  /**
   * Labels above the columns: upright where they fit, else slanted, else (dense) standing.
   *
   * @param tokens one label a column
   */
  public static TokenRail columns(
      List<String> tokens, Axis axis, Collection<Integer> chosen, ToDoubleFunction<String> width) {
    double widest = 0;
    for (int i = 0; i < tokens.size() && widest <= axis.pixelsPerToken(); i++) {
      widest = axis.shows(i) ? Math.max(widest, width.applyAsDouble(tokens.get(i))) : widest;
    }
    double gap = axis.lineHeight() / 2;
    if (widest + gap <= axis.pixelsPerToken()) {
      List<Label> labels = place(tokens, axis, chosen, widest + gap, axis.longest(), width);
      return new TokenRail(0, labels, axis.lineHeight());
    }
    double sine = Math.sin(Math.toRadians(-SLANT));
    double slanted = axis.lineHeight() / sine;
    // Slanted lines may stand closer than level ones: their letters do not meet head on.
    boolean slants = SLANT_TIGHTNESS * slanted <= axis.pixelsPerToken();
    double spacing = slants ? SLANT_TIGHTNESS * slanted : axis.lineHeight();
    List<Label> labels = place(tokens, axis, chosen, spacing, axis.longest(), width);
    double length = longest(labels, width);
    double thickness = slants ? length * sine + axis.lineHeight() / 2 : length;
    return new TokenRail(slants ? SLANT : -90, labels, thickness);
  }

  private static List<Label> place(
      List<String> tokens,
      Axis axis,
      Collection<Integer> chosen,
      double spacing,
      double longest,
      ToDoubleFunction<String> width) {
    TreeSet<Integer> asked = new TreeSet<>(chosen);
    asked.removeIf(index -> index < 0 || index >= tokens.size() || !axis.shows(index));
    int stride = 1;
    while (stride * axis.pixelsPerToken() < spacing) {
      stride *= 2;
    }
    List<Label> labels = new ArrayList<>();
    for (int index : asked) {
      labels.add(label(tokens, axis, index, true, longest, width));
    }
    int start = Math.max(0, (int) Math.floor(axis.first()));
    start += (stride - start % stride) % stride;
    for (int i = start; i < tokens.size() && axis.offset(i) <= axis.length(); i += stride) {
      if (axis.shows(i) && clear(asked, i, spacing / axis.pixelsPerToken())) {
        labels.add(label(tokens, axis, i, false, longest, width));
      }
    }
    labels.sort(Comparator.comparingInt(Label::index));
    return labels;
  }

  private static Label label(
      List<String> tokens,
      Axis axis,
      int index,
      boolean chosen,
      double longest,
      ToDoubleFunction<String> width) {
    String text = shorten(tokens.get(index), longest, width);
    return new Label(index, text, axis.offset(index), chosen);
  }

  /** Whether no asked-for label is nearer than {@code distance} tokens. */
  private static boolean clear(TreeSet<Integer> asked, int index, double distance) {
    Integer before = asked.floor(index);
    Integer after = asked.ceiling(index);
    return (before == null || (index - before >= distance && !before.equals(index)))
        && (after == null || after - index >= distance);
  }

  private static double longest(List<Label> labels, ToDoubleFunction<String> width) {
    return labels.stream().mapToDouble(label -> width.applyAsDouble(label.text())).max().orElse(0);
  }

  /**
   * A text cut to a width and ended with "…"; never inside a character, a combination or an emoji
   * pair. At least its first character stays.
   */
  public static String shorten(String text, double longest, ToDoubleFunction<String> width) {
    if (width.applyAsDouble(text) <= longest) {
      return text;
    }
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(text);
    int end = characters.next();
    int next = characters.next();
    while (next != BreakIterator.DONE
        && width.applyAsDouble(text.substring(0, next) + ELLIPSIS) <= longest) {
      end = next;
      next = characters.next();
    }
    return next == BreakIterator.DONE && end == text.length()
        ? text
        : text.substring(0, end) + ELLIPSIS;
  }
}
