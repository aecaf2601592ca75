package dev.headlight.analysis.run;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Intervention.Ablate;
import dev.headlight.analysis.run.Intervention.AddVector;
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

/** Runs the unchanged prompts that interventions take values from, each once. */
final class UnchangedRuns implements Baselines {
  private final ModelSpec spec;
  private final int count;
  private final TreeSet<Integer> means = new TreeSet<>();
  private final Map<PatchSource.Prompt, Set<HookName>> asked = new LinkedHashMap<>();
  private final Map<Integer, List<Tensor>> z = new HashMap<>();
  private final Map<PatchSource.Prompt, Map<HookName, Tensor>> donors = new HashMap<>();

  /**
   * Runs what these changes need.
   *
   * @param sequences the prompts that they are made to, with their types
   * @throws dev.headlight.analysis.HeadlightException when a prompt or a site does not fit the
   *     model
   */
  UnchangedRuns(
      Runner runner, RunRequest sequences, Collection<Intervention> changes, Progress progress) {
    spec = runner.spec();
    count = sequences.sequences().size();
    changes.forEach(this::collect);
    if (!means.isEmpty()) {
      RunRequest request =
          RunRequest.ofSequences(sequences.sequences())
              .withTokenTypes(sequences.tokenTypes())
              .withSites(Site.Z)
              .withLayers(means.first(), means.last());
      for (Run run : runner.run(request, LayerListener.NONE, progress)) {
        means.forEach(
            l -> z.computeIfAbsent(l, k -> new ArrayList<>()).add(run.get(HookName.of(Site.Z, l))));
        run.close();
      }
    }
    asked.forEach((prompt, names) -> donors.put(prompt, donate(runner, prompt, names, progress)));
  }

  private void collect(Intervention change) {
    if (change instanceof Ablate a && (a.mode() == Mode.MEAN || a.mode() == Mode.RESAMPLE)) {
      a.heads().resolve(spec).forEach(h -> means.add(h.layer()));
    } else if (change instanceof Patch p && p.source() instanceof PatchSource.Prompt prompt) {
      ask(prompt, p.site(), p.layer());
    } else if (change instanceof AddVector v && v.source() instanceof PatchSource.Prompt prompt) {
      ask(prompt, v.site(), v.layer());
    }
  }

  private void ask(PatchSource.Prompt prompt, Site site, int layer) {
    Sites.require(spec, site);
    asked.computeIfAbsent(prompt, p -> new LinkedHashSet<>()).add(new HookName(site, layer));
  }

  private static Map<HookName, Tensor> donate(
      Runner runner, PatchSource.Prompt prompt, Set<HookName> names, Progress progress) {
    RunRequest request = RunRequest.of(prompt.tokens());
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
  public Tensor z(int layer, int sequence) {
    return z.get(layer).get(sequence);
  }

  @Override
  public Tensor donor(PatchSource.Prompt prompt, HookName name) {
    return donors.get(prompt).get(name);
  }
}
