package dev.headlight.app.dock;

import dev.headlight.app.dock.DockNode.Group;
import dev.headlight.app.dock.DockNode.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Which panes are open and where; a value. Every change makes another layout, and one that means
 * nothing (a pane that is not open, a group beside itself) leaves it as it is.
 *
 * @param root the whole area; an empty group where nothing is open
 */
public record DockLayout(DockNode root) {
  /** Ids of the open panes, group by group. */
  public List<String> panes() {
    return root.groups().stream().flatMap(g -> g.panes().stream()).toList();
  }

  /** Whether a pane is open. */
  public boolean holds(String pane) {
    return root.groupOf(pane).isPresent();
  }

  /** The panes in front of their groups. */
  public List<String> inFront() {
    return root.groups().stream().filter(g -> !g.panes().isEmpty()).map(Group::selected).toList();
  }

  /** With a pane in front of its group. */
  public DockLayout select(String pane) {
    return change(pane, g -> new Group(g.panes(), pane));
  }

  /** With a pane opened in front of the group of another one, or of the last group. */
  public DockLayout open(String pane, String near) {
    if (holds(pane)) {
      return select(pane);
    }
    List<Group> groups = root.groups();
    Group target = root.groupOf(near).orElse(groups.get(groups.size() - 1));
    return new DockLayout(replace(root, target, with(target, pane, target.panes().size())));
  }

  /** With a pane opened beside the group of another one. */
  public DockLayout openBeside(String pane, String near, Side side) {
    return holds(pane) || !holds(near) ? open(pane, near) : open(pane, near).move(pane, near, side);
  }

  /** Without a pane; a group that was left empty goes too. */
  public DockLayout close(String pane) {
    return new DockLayout(without(root, pane).orElse(Group.of()));
  }

  /** With a pane moved to a side of the group that holds another one (or itself). */
  public DockLayout move(String pane, String target, Side side) {
    Optional<Group> to = root.groupOf(target);
    if (!holds(pane) || to.isEmpty() || to.get().panes().equals(List.of(pane))) {
      return this;
    }
    if (side == Side.INSIDE) {
      return moveInto(pane, target, to.get().panes().size());
    }
    String anchor = target.equals(pane) ? other(to.get(), pane) : target;
    DockNode rest = without(root, pane).orElseThrow();
    Group beside = rest.groupOf(anchor).orElseThrow();
    Group alone = Group.of(pane);
    Split split =
        side.before()
            ? new Split(side.across(), 0.5, alone, beside)
            : new Split(side.across(), 0.5, beside, alone);
    return new DockLayout(replace(rest, beside, split));
  }

  /**
   * With a pane moved to a place among the tabs of the group that holds another one (or itself).
   *
   * @param index number of the tab it takes, counted before the move
   */
  public DockLayout moveInto(String pane, String target, int index) {
    Optional<Group> to = root.groupOf(target);
    if (!holds(pane) || to.isEmpty() || to.get().panes().equals(List.of(pane))) {
      return this;
    }
    int old = to.get().panes().indexOf(pane);
    String anchor = target.equals(pane) ? other(to.get(), pane) : target;
    DockNode rest = without(root, pane).orElseThrow();
    Group group = rest.groupOf(anchor).orElseThrow();
    int place = old >= 0 && old < index ? index - 1 : index;
    return new DockLayout(replace(rest, group, with(group, pane, place)));
  }

  /** With a pane moved into the next group, the first after the last. */
  public DockLayout moveToNextGroup(String pane) {
    List<Group> groups = root.groups();
    Optional<Group> from = root.groupOf(pane);
    if (from.isEmpty() || groups.size() < 2) {
      return this;
    }
    Group next = groups.get((groups.indexOf(from.get()) + 1) % groups.size());
    return move(pane, next.selected(), Side.INSIDE);
  }

  private DockLayout change(String pane, UnaryOperator<Group> how) {
    return root.groupOf(pane).map(g -> new DockLayout(replace(root, g, how.apply(g)))).orElse(this);
  }

  private static String other(Group group, String pane) {
    return group.panes().stream().filter(p -> !p.equals(pane)).findFirst().orElseThrow();
  }

  private static Group with(Group group, String pane, int index) {
    List<String> panes = new ArrayList<>(group.panes());
    panes.add(Math.max(0, Math.min(panes.size(), index)), pane);
    return new Group(panes, pane);
  }

  /** Panes are open once, so that equal groups are the same group. */
  private static DockNode replace(DockNode node, Group old, DockNode now) {
    if (node instanceof Split s) {
      return new Split(
          s.across(), s.position(), replace(s.first(), old, now), replace(s.second(), old, now));
    }
    return node.equals(old) ? now : node;
  }

  private static Optional<DockNode> without(DockNode node, String pane) {
    if (node instanceof Split s) {
      Optional<DockNode> first = without(s.first(), pane);
      Optional<DockNode> second = without(s.second(), pane);
      if (first.isEmpty() || second.isEmpty()) {
        return first.or(() -> second);
      }
      return Optional.of(new Split(s.across(), s.position(), first.get(), second.get()));
    }
    Group group = (Group) node;
    int index = group.panes().indexOf(pane);
    if (index < 0) {
      return Optional.of(group);
    }
    List<String> left = new ArrayList<>(group.panes());
    left.remove(index);
    if (left.isEmpty()) {
      return Optional.empty();
    }
    String neighbour = left.get(Math.min(index, left.size() - 1));
    boolean wasInFront = group.selected().equals(pane);
    return Optional.of(new Group(left, wasInFront ? neighbour : group.selected()));
  }
}
