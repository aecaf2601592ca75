package dev.headlight.analysis.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.attention.AttentionMap;
import dev.headlight.analysis.attention.ComputedMap;
import dev.headlight.analysis.attention.HeadStatistics;
import dev.headlight.analysis.model.ModelSpec;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A run whose queries and keys live in the engine's memory and everything else on the heap. */
final class EngineRun implements Run {
  private final ModelSpec spec;
  private final int[] tokens;
  private final RunRequest request;
  private final Edits edits;
  private final PassRecorder recorder;
  private final Outcome outcome;
  private final NDManager manager;
  private final Optional<HeadStatistics> statistics;

  /**
   * What a pass ended in.
   *
   * @param output logits {@code [rows, V]}; of a tower in front of a language model the rows for it
   *     {@code [rows, d]}; of a model that pools {@code [1, E]}
   * @param sight what it saw
   * @param contrasted how text and pictures agree, of models with two towers
   * @param milliseconds it took
   */
  record Outcome(
      Tensor output, Optional<Sight> sight, Optional<Contrasted> contrasted, double milliseconds) {}

  EngineRun(
      ModelSpec spec,
      int[] tokens,
      RunRequest request,
      Edits edits,
      PassRecorder recorder,
      Outcome outcome,
      NDManager manager) {
    this.spec = spec;
    this.tokens = tokens;
    this.request = request;
    this.edits = edits;
    this.recorder = recorder;
    this.outcome = outcome;
    this.manager = manager;
    statistics =
        Optional.ofNullable(recorder.statistics())
            .filter(s -> request.statistics())
            .map(s -> s.finish());
  }

  @Override
  public int[] tokens() {
    return tokens.clone();
  }

  @Override
  public ModelSpec spec() {
    return spec;
  }

  @Override
  public List<Intervention> interventions() {
    return request.interventions();
  }

  @Override
  public Set<HookName> names() {
    Set<HookName> names = new LinkedHashSet<>();
    for (int l = -1; l < spec.layers(); l++) {
      for (Site site : new TreeSet<>(request.sites())) {
        boolean here = site.perLayer() == (l >= 0) && !last(site);
        if (here && recorder.kept().containsKey(new HookName(site, l))) {
          names.add(new HookName(site, l));
        }
      }
    }
    for (Site site : new TreeSet<>(request.sites())) {
      if (last(site)) {
        names.add(HookName.of(site));
      }
    }
    return Collections.unmodifiableSet(names);
  }

  private static boolean last(Site site) {
    return site == Site.LN_FINAL || site == Site.LOGITS;
  }

  @Override
  public List<Integer> patternHeads(int layer) {
    return Collections.unmodifiableList(recorder.patternHeads(layer));
  }

  @Override
  public Tensor get(HookName name) {
    if (name.site() == Site.LOGITS) {
      Sites.require(spec, Site.LOGITS);
      return spec.pooled() ? outcome.output().slice(0) : outcome.output();
    }
    Tensor tensor = recorder.kept().get(name);
    if (tensor == null) {
      throw new HeadlightException(Kind.INPUT, name + " was not kept; this run has " + names());
    }
    return tensor;
  }

  @Override
  public float[] logits(int position) {
    Sites.require(spec, Site.LOGITS);
    Tensor logits = outcome.output();
    if (spec.pooled()) {
      return logits.data().clone();
    }
    int at = position < 0 ? position + tokens.length : position;
    int row = at - (tokens.length - logits.size(0));
    if (row < 0 || row >= logits.size(0)) {
      throw new HeadlightException(
          Kind.INPUT,
          "logits of position "
              + position
              + " were not kept; this run has the last "
              + logits.size(0));
    }
    return logits.slice(row).data();
  }

  @Override
  public AttentionMap map(Head head) {
    HeadSet.of(head).resolve(spec);
    NDArray q = recorder.queries().get(head.layer());
    if (q == null) {
      throw new HeadlightException(Kind.INPUT, "this run keeps no maps; ask for them");
    }
    NDArray k = recorder.keys().get(head.layer());
    int group = spec.kvGroup(head.head());
    return new ComputedMap(
        head,
        q.get(":, " + head.head() + ":" + (head.head() + 1)),
        k.get(":, " + group + ":" + (group + 1)),
        recorder.rule(head.layer()),
        edits.pattern(head.layer()),
        recorder.statistics().logSums(head.layer(), head.head()));
  }

  @Override
  public Optional<HeadStatistics> statistics() {
    return statistics;
  }

  @Override
  public double milliseconds() {
    return outcome.milliseconds();
  }

  /** What the pass ended in; see {@link Outcome#output}. */
  Tensor output() {
    return outcome.output();
  }

  @Override
  public Optional<Sight> sight() {
    return outcome.sight();
  }

  @Override
  public Optional<float[]> embedding() {
    return spec.pooled() && !spec.hasLogits()
        ? Optional.of(outcome.output().data().clone())
        : Optional.empty();
  }

  @Override
  public Optional<Contrasted> contrasted() {
    return outcome.contrasted();
  }

  @Override
  public void close() {
    outcome.sight().ifPresent(Sight::close);
    manager.close();
  }
}
