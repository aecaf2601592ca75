package dev.headlight.app.workbench;

import dev.headlight.analysis.scores.HeadFilter;
import dev.headlight.analysis.scores.HeadFilterException;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.app.session.HeadGroup;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** Keeps the heads of the grid in step with order, filter and what is known of them. */
public final class ArrangedHeads {
  private final Workbench w;
  private final ReadOnlyObjectWrapper<HeadArrangement> heads = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<HeadFilterException> problem = new ReadOnlyObjectWrapper<>();
  private HeadFilter filter = HeadFilter.ALL;

  /** Follows a workbench. */
  public ArrangedHeads(Workbench workbench) {
    this.w = workbench;
    InvalidationListener update = o -> update();
    w.model.addListener(update);
    w.run.addListener(update);
    w.partial.addListener(update);
    w.measured.addListener(update);
    w.gridOrder.addListener(update);
    w.groups.addListener(o -> read());
    w.headFilter.addListener(o -> read());
    read();
  }

  private void read() {
    List<String> groups = w.groups.get().stream().map(HeadGroup::name).toList();
    try {
      filter = HeadFilter.parse(w.headFilter.get(), KnownScores.all().ids(), groups);
      problem.set(null);
    } catch (HeadFilterException e) {
      problem.set(e); // What was read last stays in force.
    }
    update();
  }

  private void update() {
    heads.set(
        w.model.get() == null
            ? null
            : HeadArrangement.of(
                w.model.get().spec(), w.gridOrder.get(), filter, HeadNumbers.of(w)));
  }

  /** The heads; null while no model is open. */
  public ReadOnlyObjectProperty<HeadArrangement> heads() {
    return heads.getReadOnlyProperty();
  }

  /** Why the filter cannot be read; null when it can. */
  public ReadOnlyObjectProperty<HeadFilterException> problem() {
    return problem.getReadOnlyProperty();
  }

  /** The filter that is in force: what was read last. */
  public HeadFilter filter() {
    return filter;
  }

  /** The scores that colour, order and filter ask for. */
  public Set<HeadScore> wanted() {
    Set<HeadScore> wanted = new LinkedHashSet<>();
    w.gridColour.get().score().ifPresent(wanted::add);
    KnownScores.all().find(w.gridOrder.get().score()).ifPresent(wanted::add);
    filter.scores().forEach(id -> wanted.add(KnownScores.all().get(id)));
    return wanted;
  }
}
