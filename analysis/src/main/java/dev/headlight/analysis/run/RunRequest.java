package dev.headlight.analysis.run;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.model.ModelSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What to compute: the tokens, the sites to keep and the changes to make. Immutable; start with
 * {@link #of(int...)} and derive.
 *
 * @param sequences token ids, one prompt each
 * @param tokenTypes types of the tokens, one list a prompt; empty for all 0
 * @param sites which values leave the pass
 * @param layers first and last layer whose sites are kept (both included); empty for all
 * @param heads heads whose patterns and scores are kept; empty for all
 * @param allLogits whether logits of every position are kept, or of the last only
 * @param maps whether q, k and the rows' log-sum-exp stay, so that any {@link
 *     dev.headlight.analysis.attention.AttentionMap} can be computed later
 * @param statistics whether {@link dev.headlight.analysis.attention.HeadStatistics} are gathered
 * @param interventions changes, applied in this order
 */
public record RunRequest(
    List<int[]> sequences,
    List<int[]> tokenTypes,
    Set<Site> sites,
    Optional<int[]> layers,
    Optional<HeadSet> heads,
    boolean allLogits,
    boolean maps,
    boolean statistics,
    List<Intervention> interventions) {

  /** Copies what is mutable. */
  public RunRequest {
    sequences = sequences.stream().map(int[]::clone).toList();
    tokenTypes = tokenTypes.stream().map(int[]::clone).toList();
    sites = sites.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(sites));
    interventions = List.copyOf(interventions);
  }

  /** Tokens without types. */
  public RunRequest(
      List<int[]> sequences,
      Set<Site> sites,
      Optional<int[]> layers,
      Optional<HeadSet> heads,
      boolean allLogits,
      boolean maps,
      boolean statistics,
      List<Intervention> interventions) {
    this(sequences, List.of(), sites, layers, heads, allLogits, maps, statistics, interventions);
  }

  /** One prompt; nothing but the last logits is kept. */
  public static RunRequest of(int... tokens) {
    return ofSequences(List.of(tokens));
  }

  /** Several prompts; nothing but the last logits is kept. */
  public static RunRequest ofSequences(List<int[]> sequences) {
    if (sequences.isEmpty() || sequences.stream().anyMatch(s -> s.length == 0)) {
      throw new HeadlightException(
          HeadlightException.Kind.INPUT, "the prompt has no tokens; type some text or give ids");
    }
    return new RunRequest(
        sequences,
        List.of(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        false,
        List.of());
  }

  /**
   * With types of the tokens, one list a prompt, for models that have them (BERT's first and second
   * sentence).
   */
  public RunRequest withTokenTypes(List<int[]> types) {
    return new RunRequest(
        sequences, types, sites, layers, heads, allLogits, maps, statistics, interventions);
  }

  /** The same for one of the prompts alone. */
  public RunRequest only(int index) {
    return new RunRequest(
        List.of(sequences.get(index)),
        tokenTypes.isEmpty() ? tokenTypes : List.of(tokenTypes.get(index)),
        sites,
        layers,
        heads,
        allLogits,
        maps,
        statistics,
        interventions);
  }

  /** With these sites kept. */
  public RunRequest withSites(Site... more) {
    return withSites(Set.copyOf(Arrays.asList(more)));
  }

  /** With these sites kept. */
  public RunRequest withSites(Set<Site> more) {
    return new RunRequest(
        sequences, tokenTypes, more, layers, heads, allLogits, maps, statistics, interventions);
  }

  /** With the kept sites limited to layers {@code from} to {@code to}, both included. */
  public RunRequest withLayers(int from, int to) {
    return new RunRequest(
        sequences,
        tokenTypes,
        sites,
        Optional.of(new int[] {from, to}),
        heads,
        allLogits,
        maps,
        statistics,
        interventions);
  }

  /** With patterns and scores limited to these heads. */
  public RunRequest withHeads(HeadSet some) {
    return new RunRequest(
        sequences,
        tokenTypes,
        sites,
        layers,
        Optional.of(some),
        allLogits,
        maps,
        statistics,
        interventions);
  }

  /** With the logits of every position. */
  public RunRequest withAllLogits() {
    return new RunRequest(
        sequences, tokenTypes, sites, layers, heads, true, maps, statistics, interventions);
  }

  /** With all that the panes need: maps on demand and statistics of every head. */
  public RunRequest forViewing() {
    return new RunRequest(
        sequences, tokenTypes, sites, layers, heads, allLogits, true, true, interventions);
  }

  /** With these changes instead of the present ones. */
  public RunRequest withInterventions(List<Intervention> changes) {
    return new RunRequest(
        sequences, tokenTypes, sites, layers, heads, allLogits, maps, statistics, changes);
  }

  /**
   * How many rows, counted from the end, the last block must compute: one, where only the last
   * logits are asked for and nothing else of it is kept.
   */
  public int lastRows(ModelSpec spec) {
    boolean reaches = layers.map(l -> l[1] >= spec.layers() - 1).orElse(true);
    boolean kept = reaches && sites.stream().anyMatch(Site::perLayer);
    boolean logits = allLogits || !spec.hasLogits() || sites.contains(Site.LN_FINAL);
    return kept || logits || maps || statistics ? Integer.MAX_VALUE : 1;
  }

  /** With one change more. */
  public RunRequest plus(Intervention change) {
    List<Intervention> all = new ArrayList<>(interventions);
    all.add(change);
    return withInterventions(all);
  }
}
