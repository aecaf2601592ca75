package dev.headlight.analysis.run;

import ai.djl.ndarray.NDArray;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.attention.PatternEdits;
import dev.headlight.analysis.attention.ScoreRule;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Intervention.Ablate;
import dev.headlight.analysis.run.Intervention.AddVector;
import dev.headlight.analysis.run.Intervention.DropKeys;
import dev.headlight.analysis.run.Intervention.InTower;
import dev.headlight.analysis.run.Intervention.LowRank;
import dev.headlight.analysis.run.Intervention.MaskEdges;
import dev.headlight.analysis.run.Intervention.MoveAttention;
import dev.headlight.analysis.run.Intervention.Neighbours;
import dev.headlight.analysis.run.Intervention.Patch;
import dev.headlight.analysis.run.Intervention.Redistribute;
import dev.headlight.analysis.run.Intervention.ScaleColumn;
import dev.headlight.analysis.run.Intervention.ScaleHead;
import dev.headlight.analysis.run.Intervention.SeeKeys;
import dev.headlight.analysis.run.Intervention.SetRow;
import dev.headlight.analysis.run.Intervention.Temperature;
import dev.headlight.analysis.run.Intervention.TopKeys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Interventions made ready for one prompt: which rows of which value change, and to what. */
final class Edits {
  private final ModelSpec spec;
  private final int length;
  private final int sequence;
  private final Baselines baselines;
  private final Map<HookName, List<ValueEdit>> values = new HashMap<>();
  private final Map<Integer, LayerEdits> patterns = new HashMap<>();

  private Edits(ModelSpec spec, int length, int sequence, Baselines baselines) {
    this.spec = spec;
    this.length = length;
    this.sequence = sequence;
    this.baselines = baselines;
  }

  /**
   * Makes interventions ready.
   *
   * @param length tokens of the prompt, which positions are counted in
   * @param sequence index of the prompt among the request's
   * @throws HeadlightException when one does not fit the model or the prompt
   */
  static Edits of(
      List<Intervention> changes, ModelSpec spec, int length, int sequence, Baselines baselines) {
    Edits edits = new Edits(spec, length, sequence, baselines);
    changes.forEach(edits::add);
    return edits;
  }

  boolean has(Site site, int layer) {
    return !values.isEmpty() && values.containsKey(new HookName(site, layer));
  }

  void apply(HookName name, NDArray value, int past) {
    for (ValueEdit edit : values.getOrDefault(name, List.of())) {
      edit.apply(value, past);
    }
  }

  PatternEdits pattern(int layer) {
    LayerEdits edits = patterns.get(layer);
    return edits == null ? PatternEdits.NONE : edits;
  }

  /** Values that are changed. */
  Set<HookName> names() {
    return values.keySet();
  }

  /** Where the changes begin. */
  Reach reach() {
    int layer = Integer.MAX_VALUE;
    int row = length;
    for (HookName name : values.keySet()) {
      layer = Math.min(layer, name.site().layerOr(name.layer(), spec.layers()));
    }
    for (int l : patterns.keySet()) {
      layer = Math.min(layer, l);
    }
    for (List<ValueEdit> edits : values.values()) {
      row = Math.min(row, edits.stream().mapToInt(ValueEdit::first).min().orElse(length));
    }
    for (LayerEdits edits : patterns.values()) {
      row = Math.min(row, edits.firstRow());
    }
    return new Reach(layer, afterHeads(layer), split(), row);
  }

  private boolean split() {
    return values.keySet().stream().anyMatch(n -> n.site().copiesStream());
  }

  private boolean afterHeads(int layer) {
    return !patterns.containsKey(layer)
        && values.keySet().stream()
            .noneMatch(n -> n.layer() == layer && n.site().compareTo(Site.Z) < 0);
  }

  private void add(Intervention change) {
    if (change instanceof Ablate a) {
      ablate(a);
    } else if (change instanceof ScaleHead s) {
      s.positions().check(length);
      for (Head h : s.heads().resolve(spec)) {
        onZ(h, ValueEdit.scale(first(s), end(s), h.head(), (float) s.factor()));
      }
    } else if (change instanceof ScaleColumn c) {
      Positions.at(c.key()).check(length);
      for (Head h : c.heads().resolve(spec)) {
        layer(h.layer())
            .add(new LayerEdits.Column(h.head(), c.key(), (float) Math.log(c.factor())));
      }
    } else if (change instanceof MoveAttention m) {
      move(m);
    } else if (change instanceof Temperature t) {
      t.queries().check(length);
      int first = t.queries().first(length);
      int end = t.queries().end(length);
      for (Head h : t.heads().resolve(spec)) {
        layer(h.layer()).add(new LayerEdits.Divided(h.head(), first, end, t.temperature()));
      }
    } else if (change instanceof MaskEdges m) {
      mask(m);
    } else if (change instanceof DropKeys
        || change instanceof Neighbours
        || change instanceof TopKeys
        || change instanceof Redistribute) {
      new RowEditReader(spec, length).read(change, (head, edit) -> layer(head.layer()).add(edit));
    } else if (change instanceof SeeKeys k) {
      new RowEditReader(spec, length).show(k, this::layer);
    } else if (change instanceof SetRow r) {
      setRow(r);
    } else if (change instanceof LowRank r) {
      lowRank(r);
    } else if (change instanceof Patch p) {
      new PatchReader(spec, length, baselines).read(p, this::put, this::layer);
    } else if (change instanceof AddVector v) {
      new PatchReader(spec, length, baselines).read(v, this::put);
    } else if (change instanceof InTower t) {
      throw new HeadlightException(
          Kind.INPUT, t.text() + " is for a tower; here only the main transformer can be changed");
    }
  }

  private int first(ScaleHead s) {
    return s.positions().first(length);
  }

  private int end(ScaleHead s) {
    return s.positions().end(length);
  }

  private void ablate(Ablate a) {
    a.positions().check(length);
    int first = a.positions().first(length);
    int end = a.positions().end(length);
    for (Head h : a.heads().resolve(spec)) {
      switch (a.mode()) {
        case ZERO -> onZ(h, ValueEdit.scale(first, end, h.head(), 0));
        case UNIFORM -> layer(h.layer()).add(new LayerEdits.Uniform(h.head(), first, end));
        case MEAN -> onZ(h, mean(h, first, end));
        case RESAMPLE -> onZ(h, resample(h, first, end));
      }
    }
  }

  private void move(MoveAttention m) {
    m.keys().forEach(key -> Positions.at(key).check(length));
    for (Head h : m.heads().resolve(spec)) {
      layer(h.layer()).add(new LayerEdits.Moved(h.head(), Set.copyOf(m.keys()), m.factor()));
    }
  }

  private void setRow(SetRow r) {
    r.queries().check(length);
    int last = r.weights().lastKey();
    Positions.at(last).check(length);
    int first = r.queries().first(length);
    int end = r.queries().end(length);
    for (Head h : r.heads().resolve(spec)) {
      ScoreRule rule = spec.scoreRule(h.layer());
      for (int key : r.weights().keySet()) {
        int query = rule.visible(first, key) ? Math.min(end, length) - 1 : first;
        if (!rule.visible(query, key)) {
          throw new HeadlightException(
              Kind.INPUT,
              "%s: the query at %d of %s does not see the key at %d; give keys that all its queries see"
                  .formatted(r.text(), query, h, key));
        }
      }
      layer(h.layer()).add(new LayerEdits.SetRow(h.head(), first, end, r.weights()));
    }
  }

  private void mask(MaskEdges m) {
    m.queries().check(length);
    m.keys().check(length);
    for (Head h : m.heads().resolve(spec)) {
      layer(h.layer())
          .add(
              new LayerEdits.Cut(
                  h.head(),
                  m.queries().first(length),
                  m.queries().end(length),
                  m.keys().first(length),
                  m.keys().end(length)));
    }
  }

  private ValueEdit mean(Head h, int first, int end) {
    HeadMeans means = baselines.means(h.layer());
    boolean byPosition = !baselines.overall() && means.byPosition(length);
    float[] overall = means.overall(h.head());
    List<float[]> rows = new ArrayList<>();
    for (int p = first; p < Math.min(end, length); p++) {
      rows.add(byPosition ? means.at(p, h.head()) : overall);
    }
    return new ValueEdit(first, end, h.head(), 0, rows.toArray(new float[0][]), overall);
  }

  private ValueEdit resample(Head h, int first, int end) {
    if (baselines.own() && baselines.count() < 2) {
      throw new HeadlightException(
          Kind.INPUT,
          "resample:"
              + h
              + " needs a second prompt to take the head's output from; found one."
              + " Give several sequences, or use zero or mean");
    }
    int next = baselines.own() ? sequence + 1 : sequence;
    Tensor other = baselines.z(h.layer(), next % baselines.count());
    if (other.size(0) != length) {
      throw new HeadlightException(
          Kind.INPUT,
          "resample:"
              + h
              + " needs prompts of one length; found "
              + length
              + " and "
              + other.size(0)
              + " tokens");
    }
    List<float[]> rows = new ArrayList<>();
    for (int p = first; p < Math.min(end, length); p++) {
      int at = (p * other.size(1) + h.head()) * other.size(2);
      rows.add(Arrays.copyOfRange(other.data(), at, at + other.size(2)));
    }
    return new ValueEdit(first, end, h.head(), 0, rows.toArray(new float[0][]), null);
  }

  private void lowRank(LowRank r) {
    if (r.layer() >= spec.layers() || r.group().orElse(0) >= spec.kvHeads()) {
      throw new HeadlightException(
          Kind.INPUT,
          r.text()
              + " is outside the model: it has "
              + spec.layers()
              + " layers with "
              + spec.kvHeads()
              + " KV groups each");
    }
    HookName name = HookName.of(r.site(), r.layer());
    Directions directions = baselines.directions(name);
    for (int g = 0; g < directions.groups() && r.rank() < directions.width(); g++) {
      if (r.group().isEmpty() || r.group().get() == g) {
        put(name, ValueEdit.times(g, directions.without(g, r.rank())));
      }
    }
  }

  private void onZ(Head head, ValueEdit edit) {
    put(HookName.of(Site.Z, head.layer()), edit);
  }

  private void put(HookName name, ValueEdit edit) {
    List<ValueEdit> edits = values.computeIfAbsent(name, n -> new ArrayList<>());
    // Heads side by side are one operation of the engine: that is what writing waits for.
    ValueEdit joined = edits.isEmpty() ? null : edits.get(edits.size() - 1).joined(edit);
    if (joined == null) {
      edits.add(edit);
    } else {
      edits.set(edits.size() - 1, joined);
    }
  }

  private LayerEdits layer(int layer) {
    return patterns.computeIfAbsent(layer, l -> new LayerEdits());
  }
}
