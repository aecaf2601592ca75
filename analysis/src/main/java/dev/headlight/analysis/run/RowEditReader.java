package dev.headlight.analysis.run;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.attention.PromptMask;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Intervention.DropKeys;
import dev.headlight.analysis.run.Intervention.Neighbours;
import dev.headlight.analysis.run.Intervention.Redistribute;
import dev.headlight.analysis.run.Intervention.SeeKeys;
import dev.headlight.analysis.run.Intervention.TopKeys;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Makes changes of attention rows ready for a prompt. */
final class RowEditReader {
  private final ModelSpec spec;
  private final int length;

  RowEditReader(ModelSpec spec, int length) {
    this.spec = spec;
    this.length = length;
  }

  /**
   * Hands over one edit a head.
   *
   * @throws HeadlightException when the change does not fit the model or the prompt
   */
  void read(Intervention change, BiConsumer<Head, RowEdit> to) {
    if (change instanceof DropKeys d) {
      drop(d, to);
    } else if (change instanceof Neighbours n) {
      neighbours(n, to);
    } else if (change instanceof TopKeys t) {
      t.queries().check(length);
      for (Head h : t.heads().resolve(spec)) {
        int first = t.queries().first(length);
        to.accept(h, new StrongestKeys(h.head(), first, t.queries().end(length), t.count()));
      }
    } else if (change instanceof Redistribute r) {
      redistribute(r, to);
    }
  }

  private void drop(DropKeys d, BiConsumer<Head, RowEdit> to) {
    d.queries().check(length);
    check(d.keys());
    int first = d.queries().first(length);
    HiddenCells.Rule rule = HiddenCells.keys(first, d.queries().end(length), d.keys());
    d.heads().resolve(spec).forEach(h -> to.accept(h, new HiddenCells(h.head(), first, rule)));
  }

  private void neighbours(Neighbours n, BiConsumer<Head, RowEdit> to) {
    long end = n.first() + (long) n.rows() * n.columns();
    if (end > length) {
      throw new HeadlightException(
          Kind.INPUT,
          "a grid of %d × %d patches from position %d on does not fit: there are %d tokens"
              .formatted(n.rows(), n.columns(), n.first(), length));
    }
    HiddenCells.Rule rule =
        n.window()
            ? HiddenCells.acrossWindows(n.first(), n.rows(), n.columns(), n.size())
            : HiddenCells.beyond(n.first(), n.rows(), n.columns(), n.size());
    n.heads().resolve(spec).forEach(h -> to.accept(h, new HiddenCells(h.head(), n.first(), rule)));
  }

  private void redistribute(Redistribute r, BiConsumer<Head, RowEdit> to) {
    r.queries().check(length);
    check(r.image());
    check(r.sinks());
    int first = r.queries().first(length);
    int end = r.queries().end(length);
    BitSet image = set(r.image());
    BitSet sinks = set(r.sinks());
    for (Head h : r.heads().resolve(spec)) {
      to.accept(h, new Redistribution(h.head(), first, end, image, sinks, r));
    }
  }

  /**
   * What a change shows, for each layer it means.
   *
   * @throws HeadlightException when it means a part of a layer's heads, or does not fit the prompt
   */
  void show(SeeKeys change, IntFunction<LayerEdits> layers) {
    check(change.queries());
    check(change.keys());
    PromptMask.Shown shown = new PromptMask.Shown(set(change.queries()), set(change.keys()));
    Map<Integer, Long> heads =
        change.heads().resolve(spec).stream()
            .collect(Collectors.groupingBy(Head::layer, TreeMap::new, Collectors.counting()));
    heads.forEach(
        (layer, count) -> {
          if (count != spec.heads()) {
            throw new HeadlightException(
                Kind.INPUT,
                "%s: what a layer sees is one for all its heads; write L%dH*"
                    .formatted(change.text(), layer));
          }
          layers.apply(layer).show(shown);
        });
  }

  private void check(List<Integer> keys) {
    Positions.at(keys.get(keys.size() - 1)).check(length);
  }

  private static BitSet set(List<Integer> keys) {
    BitSet set = new BitSet();
    keys.forEach(set::set);
    return set;
  }
}
