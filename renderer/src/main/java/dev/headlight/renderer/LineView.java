package dev.headlight.renderer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The lines of a map drawn as two columns of tokens, query left and key right, where opacity is the
 * weight (BertViz: Vig 2019, A Multiscale Visualization of Attention). Only lines above a threshold
 * or the strongest of each query are kept, and never more than a cap.
 *
 * @param segments by rising weight, so that the strongest are drawn last and lie on top
 * @param leftOut lines that passed the rule but not the cap; to be said beside the picture
 */
public record LineView(List<Segment> segments, int leftOut) {

  /**
   * One line.
   *
   * @param query row of the cell
   * @param key column of the cell
   * @param weight its value
   */
  public record Segment(int query, int key, float weight) {}

  private static final Comparator<Segment> BY_WEIGHT =
      Comparator.comparingDouble(Segment::weight)
          .thenComparing(Segment::query, Comparator.reverseOrder())
          .thenComparing(Segment::key, Comparator.reverseOrder());

  /** Copies the list. */
  public LineView {
    segments = List.copyOf(segments);
  }

  /**
   * Every cell of at least {@code threshold}.
   *
   * @param cap most lines to keep, the strongest win; at least 1
   * @param hideColumn0 leave out lines to the first key (the attention sink)
   */
  public static LineView above(Matrix matrix, double threshold, int cap, boolean hideColumn0) {
    Strongest kept = new Strongest(cap);
    for (int query = 0; query < matrix.rows(); query++) {
      for (int key = hideColumn0 ? 1 : 0; key < matrix.columns(); key++) {
        float weight = matrix.cells()[matrix.at(query) + key];
        if (weight >= threshold) {
          kept.offer(query, key, weight);
        }
      }
    }
    return new LineView(kept.sorted(), kept.dropped());
  }

  /**
   * The {@code k} strongest keys of each query, without zeros and masked cells.
   *
   * @param k at least 1
   */
  public static LineView topPerQuery(Matrix matrix, int k, int cap, boolean hideColumn0) {
    Strongest kept = new Strongest(cap);
    for (int query = 0; query < matrix.rows(); query++) {
      for (Segment segment : ofQuery(matrix, query, k, hideColumn0).segments()) {
        kept.offer(query, segment.key(), segment.weight());
      }
    }
    return new LineView(kept.sorted(), kept.dropped());
  }

  /** The {@code k} strongest keys of one query, without zeros and masked cells. */
  public static LineView ofQuery(Matrix matrix, int query, int k, boolean hideColumn0) {
    Strongest kept = new Strongest(k);
    for (int key = hideColumn0 ? 1 : 0; key < matrix.columns(); key++) {
      float weight = matrix.get(query, key);
      if (weight > 0) {
        kept.offer(query, key, weight);
      }
    }
    return new LineView(kept.sorted(), kept.dropped());
  }

  /** Keeps the strongest few; of equal weights the earlier query, then the earlier key. */
  private static final class Strongest {
    private final int cap;
    private final PriorityQueue<Segment> heap;
    private int dropped;

    Strongest(int cap) {
      if (cap < 1) {
        throw new IllegalArgumentException("at least one line must be allowed, found " + cap);
      }
      this.cap = cap;
      this.heap = new PriorityQueue<>(BY_WEIGHT);
    }

    void offer(int query, int key, float weight) {
      if (heap.size() < cap) {
        heap.add(new Segment(query, key, weight));
        return;
      }
      dropped++;
      Segment weakest = heap.element();
      Segment candidate = new Segment(query, key, weight);
      if (BY_WEIGHT.compare(candidate, weakest) > 0) {
        heap.remove();
        heap.add(candidate);
      }
    }

    int dropped() {
      return dropped;
    }

    List<Segment> sorted() {
      List<Segment> list = new ArrayList<>(heap);
      list.sort(BY_WEIGHT);
      return list;
    }
  }
}
