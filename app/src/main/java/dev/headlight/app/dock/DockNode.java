package dev.headlight.app.dock;

import java.util.List;
import java.util.Optional;

/** A part of the area in which panes stand: a group of tabs, or two parts beside each other. */
public sealed interface DockNode permits DockNode.Group, DockNode.Split {
  /** The groups, from left to right and from top to bottom. */
  List<Group> groups();

  /**
   * Panes as tabs over one another. Only the root of a layout may be empty.
   *
   * @param panes ids in the order of the tabs, each once
   * @param selected the pane in front; one of {@code panes}, or empty where there is none
   */
  record Group(List<String> panes, String selected) implements DockNode {
    /** Copies the list; where the selected pane is not in it, the first takes its place. */
    public Group {
      panes = List.copyOf(panes);
      selected = panes.contains(selected) || panes.isEmpty() ? selected : panes.get(0);
    }

    /** A group whose first pane is in front. */
    public static Group of(String... panes) {
      return new Group(List.of(panes), panes.length == 0 ? "" : panes[0]);
    }

    @Override
    public List<Group> groups() {
      return List.of(this);
    }
  }

  /**
   * Two parts with a divider between them.
   *
   * @param across whether they stand side by side, not one above the other
   * @param position of the divider, as a share of the room, 0.05 to 0.95
   * @param first the left or upper part
   * @param second the right or lower part
   */
  record Split(boolean across, double position, DockNode first, DockNode second)
      implements DockNode {
    private static final double LEAST = 0.05;

    /** Keeps both parts in sight. */
    public Split {
      position = Double.isFinite(position) ? Math.max(LEAST, Math.min(1 - LEAST, position)) : 0.5;
    }

    @Override
    public List<Group> groups() {
      return java.util.stream.Stream.of(first, second).flatMap(n -> n.groups().stream()).toList();
    }
  }

  /** The group that holds a pane. */
  default Optional<Group> groupOf(String pane) {
    return groups().stream().filter(g -> g.panes().contains(pane)).findFirst();
  }
}
