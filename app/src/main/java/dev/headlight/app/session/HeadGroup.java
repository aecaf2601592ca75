package dev.headlight.app.session;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Heads under a name.
 *
 * @param name as the user wrote it; lists hold each name once, whatever its case
 * @param heads which; {@code heads.toString()} is their text on the command line
 */
public record HeadGroup(String name, HeadSet heads) {
  /** A group of these heads, in order. */
  public static HeadGroup of(String name, Collection<Head> heads) {
    return new HeadGroup(name.strip(), HeadSet.of(new TreeSet<>(heads)));
  }

  /** Its heads that a model has. */
  public SortedSet<Head> in(ModelSpec spec) {
    SortedSet<Head> there = new TreeSet<>();
    heads.terms().forEach(term -> there.addAll(resolved(term, spec)));
    return there;
  }

  /** None where the group was made with a larger model. */
  private static SortedSet<Head> resolved(String term, ModelSpec spec) {
    try {
      return HeadSet.parse(term).resolve(spec);
    } catch (HeadlightException e) {
      return new TreeSet<>();
    }
  }

  private boolean called(String other) {
    return name.equalsIgnoreCase(other.strip());
  }

  /** The list with a group more, in the place of one of the same name. */
  public static List<HeadGroup> with(List<HeadGroup> groups, HeadGroup group) {
    List<HeadGroup> all = new ArrayList<>(groups);
    int at = indexOf(groups, group.name());
    if (at < 0) {
      all.add(group);
    } else {
      all.set(at, group);
    }
    return List.copyOf(all);
  }

  /** The list without the group of a name. */
  public static List<HeadGroup> without(List<HeadGroup> groups, String name) {
    return groups.stream().filter(g -> !g.called(name)).toList();
  }

  /** The list with another name for a group; one that has this name already gives way. */
  public static List<HeadGroup> renamed(List<HeadGroup> groups, String from, String to) {
    int at = indexOf(groups, from);
    if (at < 0 || to.isBlank()) {
      return groups;
    }
    HeadGroup renamed = new HeadGroup(to.strip(), groups.get(at).heads());
    List<HeadGroup> all = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      if (i == at) {
        all.add(renamed);
      } else if (!groups.get(i).called(to)) {
        all.add(groups.get(i));
      }
    }
    return List.copyOf(all);
  }

  /** Where the group of a name is; negative for nowhere. */
  public static int indexOf(List<HeadGroup> groups, String name) {
    for (int i = 0; i < groups.size(); i++) {
      if (groups.get(i).called(name)) {
        return i;
      }
    }
    return -1;
  }

  /** A name that no group has yet. */
  public static String freeName(List<HeadGroup> groups) {
    int number = groups.size() + 1;
    while (indexOf(groups, "group " + number) >= 0) {
      number++;
    }
    return "group " + number;
  }
}
