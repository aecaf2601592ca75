package dev.headlight.analysis.sweep;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.attention.Slices;
import dev.headlight.analysis.model.Hooks;
import dev.headlight.analysis.model.Past;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Site;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What an unchanged pass leaves for the cells: inputs of blocks, outputs of heads, keys, values.
 */
final class KeptPass implements Hooks {
  private final Set<HookName> names;
  private final int length;
  private final NDManager keeper;
  private final Map<HookName, NDArray> kept = new HashMap<>();

  /** Keeps these values of a pass over {@code length} tokens. */
  KeptPass(Set<HookName> names, int length, NDManager keeper) {
    this.names = names;
    this.length = length;
    this.keeper = keeper;
  }

  @Override
  public NDArray at(Site site, int layer, NDArray value) {
    if (site.perLayer() && names.contains(new HookName(site, layer))) {
      NDArray copy = value.duplicate();
      copy.attach(keeper);
      kept.put(new HookName(site, layer), copy);
    }
    return value;
  }

  /**
   * A kept value from a position on, or as far back as it goes (the last block leaves the rows that
   * are read), once for each of {@code batch} rows: {@code [B, S, …]}.
   */
  NDArray rows(Site site, int layer, int row, int batch, NDManager scope) {
    NDArray whole = kept.get(new HookName(site, layer)).get(":");
    whole.attach(scope);
    long rows = whole.getShape().get(1);
    return Slices.range(whole, 1, Math.max(0, row - (length - rows)), rows).repeat(0, batch);
  }

  /** Keys and values before a position. */
  Past before(int row) {
    return row == 0 ? Past.NONE : new Prefix(row);
  }

  private final class Prefix implements Past {
    private final int row;

    Prefix(int row) {
      this.row = row;
    }

    @Override
    public int length() {
      return row;
    }

    @Override
    public NDArray[] extend(int layer, NDArray k, NDArray v) {
      return new NDArray[] {joined(Site.ROT_K, layer, k), joined(Site.V, layer, v)};
    }

    private NDArray joined(Site site, int layer, NDArray fresh) {
      NDArray whole = kept.get(new HookName(site, layer)).get(":");
      whole.attach(fresh.getManager());
      NDArray before = Slices.range(whole, 1, 0, row).transpose(0, 2, 1, 3);
      return before.repeat(0, fresh.getShape().get(0)).concat(fresh, 2);
    }
  }
}
