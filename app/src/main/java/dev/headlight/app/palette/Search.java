package dev.headlight.app.palette;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Ranks things by what was typed; what was chosen lately comes first among equals, and first of all
 * while nothing is typed.
 *
 * @param <T> what is searched
 */
public final class Search<T> {
  private static final int REMEMBERED = 12;

  private final Function<T, String> id;
  private final Function<T, String> title;
  private final Deque<String> lately = new ArrayDeque<>();

  /**
   * A thing that fits.
   *
   * @param thing itself
   * @param match where its title fits
   */
  public record Hit<T>(T thing, FuzzyMatch match) {}

  /**
   * @param id stable name of a thing
   * @param title what letters are looked for in
   */
  public Search(Function<T, String> id, Function<T, String> title) {
    this.id = id;
    this.title = title;
  }

  /** Remembers that a thing was chosen. */
  public void chosen(T thing) {
    String name = id.apply(thing);
    lately.remove(name);
    lately.addFirst(name);
    if (lately.size() > REMEMBERED) {
      lately.removeLast();
    }
  }

  /** The things that fit, the best first; equals stay in the order they are given in. */
  public List<Hit<T>> rank(String typed, List<T> things) {
    List<Hit<T>> hits = new ArrayList<>();
    for (T thing : things) {
      Optional<FuzzyMatch> match = FuzzyMatch.of(typed, title.apply(thing));
      match.ifPresent(m -> hits.add(new Hit<>(thing, m)));
    }
    List<String> order = List.copyOf(lately);
    hits.sort(
        Comparator.<Hit<T>>comparingInt(h -> -h.match().score())
            .thenComparingInt(h -> place(order, h.thing()))
            .thenComparingInt(h -> typed.isBlank() ? 0 : title.apply(h.thing()).length()));
    return hits;
  }

  private int place(List<String> order, T thing) {
    int at = order.indexOf(id.apply(thing));
    return at < 0 ? REMEMBERED : at;
  }
}
