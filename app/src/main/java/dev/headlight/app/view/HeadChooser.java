package dev.headlight.app.view;

import dev.headlight.analysis.run.Head;
import dev.headlight.app.workbench.Workbench;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which heads clicks, drags and keys choose. */
final class HeadChooser {
  private final Workbench w;
  private Head anchor;

  HeadChooser(Workbench workbench) {
    this.w = workbench;
  }

  /** Selects one head; what was chosen together is let go. */
  void only(Head head) {
    anchor = head;
    w.choose(Set.of());
    w.head.set(head);
  }

  /** Adds a head to those chosen together, or takes it out; the selected head stays. */
  void toggle(Head head) {
    Set<Head> now = new TreeSet<>(w.meant());
    if (!now.remove(head)) {
      now.add(head);
      w.other.set(head);
    }
    anchor = head;
    w.choose(now);
  }

  /** Adds the selected head to those chosen together, or takes it out. */
  void mark(Head head) {
    Set<Head> now = new TreeSet<>(w.chosen.get());
    if (!now.remove(head)) {
      now.add(head);
    }
    anchor = head;
    w.choose(now);
  }

  /**
   * Chooses all from the head clicked last to this one: by layer the rectangle between them, else
   * those that stand between.
   */
  void upTo(Head head, GridGeometry geometry, boolean byLayer) {
    Head from = anchor != null && geometry.slot(anchor) >= 0 ? anchor : w.head.get();
    int a = geometry.slot(from);
    int b = geometry.slot(head);
    if (a < 0 || b < 0) {
      only(head);
      return;
    }
    anchor = from;
    w.choose(byLayer ? rectangle(from, head, geometry) : between(a, b, geometry));
  }

  private static List<Head> rectangle(Head a, Head b, GridGeometry geometry) {
    return geometry.heads().stream()
        .filter(
            h -> within(h.layer(), a.layer(), b.layer()) && within(h.head(), a.head(), b.head()))
        .toList();
  }

  private static boolean within(int value, int a, int b) {
    return value >= Math.min(a, b) && value <= Math.max(a, b);
  }

  private static List<Head> between(int a, int b, GridGeometry geometry) {
    return geometry.heads().subList(Math.min(a, b), Math.max(a, b) + 1);
  }

  /**
   * Chooses the heads under a rubber band.
   *
   * @param before what stays chosen beside them
   */
  void band(Collection<Head> touched, Collection<Head> before) {
    Set<Head> all = new TreeSet<>(before);
    all.addAll(touched);
    w.choose(all);
  }
}
