package dev.headlight.analysis.run;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Intervention.Ablate;
import dev.headlight.analysis.run.Intervention.AddVector;
import dev.headlight.analysis.run.Intervention.LowRank;
import dev.headlight.analysis.run.Intervention.Mode;
import dev.headlight.analysis.run.Intervention.Patch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Runs the unchanged prompts that interventions take values from, each once. */
final class UnchangedRuns implements Baselines {
  private final ModelSpec spec;
  private final Substitutes substitutes;
  private final int count;
  private final TreeSet<Integer> meaned = new TreeSet<>();
  private final TreeSet<Integer> resampled = new TreeSet<>();
  private final Map<HookName, Directions> spreads = new HashMap<>();
  private final Map<PatchSource.Prompt, Set<HookName>> prompts = new LinkedHashMap<>();
  private final Map<Integer, HeadMeans> means = new HashMap<>();
  private final Map<Integer, List<Tensor>> z = new HashMap<>();
  private final Map<PatchSource.Prompt, Map<HookName, Tensor>> donors = new HashMap<>();

  /**
   * Runs what these changes need.
   *
   * @param sequences the prompts that they are made to, with their types
   * @param substitutes whose outputs take the place of ablated heads'
   * @throws dev.headlight.analysis.HeadlightException when a prompt or a site does not fit the
   *     model
   */
  UnchangedRuns(
      Runner runner,
      RunRequest sequences,
      Substitutes substitutes,
      Collection<Intervention> changes,
      Progress progress) {
    spec = runner.spec();
    this.substitutes = substitutes;
    RunRequest others = substitutes.own() ? sequences : substitutes.prompts();
    count = others.sequences().size();
    changes.forEach(this::collect);
    boolean asked = !(meaned.isEmpty() && resampled.isEmpty() && spreads.isEmpty());
    for (int s = 0; s < count && asked; s++) {
      read(runner, others, s, progress.part((double) s / count, (s + 1.0) / count));
    }
    prompts.forEach((prompt, names) -> donors.put(prompt, donate(runner, prompt, names, progress)));
  }

  private void read(Runner runner, RunRequest sequences, int index, Progress progress) {
    TreeSet<Integer> layers = new TreeSet<>(meaned);
    layers.addAll(resampled);
    spreads.keySet().forEach(n -> layers.add(n.layer()));
    Set<Site> sites = spreads.keySet().stream().map(HookName::site).collect(Collectors.toSet());
    if (!(meaned.isEmpty() && resampled.isEmpty())) {
      sites.add(Site.Z);
    }
    RunRequest all =
        RunRequest.ofSequences(sequences.sequences())
            .withTokenTypes(sequences.tokenTypes())
            .withPictures(sequences.pictures())
            .hiding(sequences.hidden())
            .withSites(sites)
            .withLayers(layers.first(), layers.last());
    try (Run run = runner.run(all.only(index), LayerListener.NONE, progress).get(0)) {
      meaned.forEach(l -> means.computeIfAbsent(l, k -> new HeadMeans()).add(z(run, l)));
      resampled.forEach(l -> z.computeIfAbsent(l, k -> new ArrayList<>()).add(z(run, l)));
      spreads.forEach((name, directions) -> directions.add(run.get(name)));
    }
  }

  private static Tensor z(Run run, int layer) {
    return run.get(HookName.of(Site.Z, layer));
  }

  private void collect(Intervention change) {
    if (change instanceof Ablate a && (a.mode() == Mode.MEAN || a.mode() == Mode.RESAMPLE)) {
      TreeSet<Integer> layers = a.mode() == Mode.MEAN ? meaned : resampled;
      a.heads().resolve(spec).forEach(h -> layers.add(h.layer()));
    } else if (change instanceof LowRank r) {
      if (r.layer() < spec.layers()) {
        spreads.computeIfAbsent(HookName.of(r.site(), r.layer()), n -> new Directions());
      }
    } else if (change instanceof Patch p && p.source() instanceof PatchSource.Prompt prompt) {
      ask(prompt, p.site(), p.layer());
    } else if (change instanceof AddVector v && v.source() instanceof PatchSource.Prompt prompt) {
      ask(prompt, v.site(), v.layer());
    }
  }

  private void ask(PatchSource.Prompt prompt, Site site, int layer) {
    Sites.require(spec, site);
    prompts.computeIfAbsent(prompt, p -> new LinkedHashSet<>()).add(new HookName(site, layer));
  }

  private static Map<HookName, Tensor> donate(
      Runner runner, PatchSource.Prompt prompt, Set<HookName> names, Progress progress) {
    RunRequest request = RunRequest.of(prompt.tokens()).withPictures(prompt.pictures());
    List<Site> sites = names.stream().map(HookName::site).distinct().toList();
    request = request.withSites(sites.toArray(Site[]::new));
    int[] layers = names.stream().mapToInt(HookName::layer).filter(l -> l >= 0).sorted().toArray();
    if (layers.length > 0) {
      request = request.withLayers(layers[0], layers[layers.length - 1]);
    }
    if (sites.contains(Site.LOGITS)) {
      request = request.withAllLogits();
    }
    Map<HookName, Tensor> values = new HashMap<>();
    try (Run run = runner.run(request, LayerListener.NONE, progress).get(0)) {
      names.stream()
          .filter(n -> n.layer() < run.spec().layers())
          .forEach(n -> values.put(n, run.get(n)));
    }
    return values;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public boolean own() {
    return substitutes.own();
  }

  @Override
  public HeadMeans means(int layer) {
    return means.get(layer);
  }

  @Override
  public boolean overall() {
    return substitutes.overall();
  }

  @Override
  public Tensor z(int layer, int sequence) {
    return z.get(layer).get(sequence);
  }

  @Override
  public Directions directions(HookName name) {
    return spreads.get(name);
  }

  @Override
  public Tensor donor(PatchSource.Prompt prompt, HookName name) {
    return donors.get(prompt).get(name);
  }
}
