package dev.headlight.analysis.run;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.model.ModelSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

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
 * @param pictures what a processor made of the pictures of each prompt, one a prompt; empty for
 *     none
 * @param hidden positions of each prompt that nobody sees (padding), one list a prompt; empty for
 *     none
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
    List<Intervention> interventions,
    List<Pixels> pictures,
    List<boolean[]> hidden) {

  /** Copies what is mutable. */
  public RunRequest {
    sequences = sequences.stream().map(int[]::clone).toList();
    tokenTypes = tokenTypes.stream().map(int[]::clone).toList();
    sites = sites.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(sites));
    interventions = List.copyOf(interventions);
    pictures = List.copyOf(pictures);
    hidden = hidden.stream().map(boolean[]::clone).toList();
  }

  /** Prompts without pictures, where nothing is padding. */
  public RunRequest(
      List<int[]> sequences,
      List<int[]> tokenTypes,
      Set<Site> sites,
      Optional<int[]> layers,
      Optional<HeadSet> heads,
      boolean allLogits,
      boolean maps,
      boolean statistics,
      List<Intervention> interventions) {
    this(
        sequences,
        tokenTypes,
        sites,
        layers,
        heads,
        allLogits,
        maps,
        statistics,
        interventions,
        List.of(),
        List.of());
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

  /**
   * A picture for a model that is a tower itself.
   *
   * @param tower the model's shape
   * @param picture one picture, as a processor made it
   * @throws HeadlightException when the tower cannot read it
   */
  public static RunRequest ofPicture(ModelSpec tower, Pixels picture) {
    return ofPictures(tower, List.of(picture));
  }

  /** Several pictures, each by itself. */
  public static RunRequest ofPictures(ModelSpec tower, List<Pixels> pictures) {
    Pieces pieces = new Pieces(tower);
    List<Pixels> all = pictures.stream().flatMap(p -> pieces.of(p).stream()).toList();
    List<int[]> places =
        all.stream().map(p -> IntStream.range(0, pieces.length(p)).toArray()).toList();
    return ofSequences(places).withPictures(all);
  }

  /**
   * Tokens that the tower reads of each picture or tile of a prompt; none without pictures, and of
   * a tower by itself, whose tokens they are.
   */
  public int[] looks(ModelSpec spec, int sequence) {
    if (pictures.isEmpty() || spec.vision().isEmpty()) {
      return new int[0];
    }
    Pieces pieces = new Pieces(spec.vision().get().tower());
    return pieces.of(pictures.get(sequence)).stream().mapToInt(pieces::length).toArray();
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
        sequences,
        types,
        sites,
        layers,
        heads,
        allLogits,
        maps,
        statistics,
        interventions,
        pictures,
        hidden);
  }

  /** The same for one of the prompts alone. */
  public RunRequest only(int index) {
    return new RunRequest(
        List.of(sequences.get(index)),
        one(tokenTypes, index),
        sites,
        layers,
        heads,
        allLogits,
        maps,
        statistics,
        interventions,
        one(pictures, index),
        one(hidden, index));
  }

  private static <T> List<T> one(List<T> all, int index) {
    return all.isEmpty() ? all : List.of(all.get(index));
  }

  /** With pictures, one or more a prompt, as a processor made them. */
  public RunRequest withPictures(List<Pixels> all) {
    return new RunRequest(
        sequences,
        tokenTypes,
        sites,
        layers,
        heads,
        allLogits,
        maps,
        statistics,
        interventions,
        all,
        hidden);
  }

  /** With positions that nobody sees, one list a prompt. */
  public RunRequest hiding(List<boolean[]> positions) {
    return new RunRequest(
        sequences,
        tokenTypes,
        sites,
        layers,
        heads,
        allLogits,
        maps,
        statistics,
        interventions,
        pictures,
        positions);
  }

  /** With these sites kept. */
  public RunRequest withSites(Site... more) {
    return withSites(Set.copyOf(Arrays.asList(more)));
  }

  /** With these sites kept. */
  public RunRequest withSites(Set<Site> more) {
    return new RunRequest(
        sequences,
        tokenTypes,
        more,
        layers,
        heads,
        allLogits,
        maps,
        statistics,
        interventions,
        pictures,
        hidden);
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
        interventions,
        pictures,
        hidden);
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
        interventions,
        pictures,
        hidden);
  }

  /** With the logits of every position. */
  public RunRequest withAllLogits() {
    return new RunRequest(
        sequences,
        tokenTypes,
        sites,
        layers,
        heads,
        true,
        maps,
        statistics,
        interventions,
        pictures,
        hidden);
  }

  /** With all that the panes need: maps on demand and statistics of every head. */
  public RunRequest forViewing() {
    return new RunRequest(
        sequences,
        tokenTypes,
        sites,
        layers,
        heads,
        allLogits,
        true,
        true,
        interventions,
        pictures,
        hidden);
  }

  /** With these changes instead of the present ones. */
  public RunRequest withInterventions(List<Intervention> changes) {
    return new RunRequest(
        sequences,
        tokenTypes,
        sites,
        layers,
        heads,
        allLogits,
        maps,
        statistics,
        changes,
        pictures,
        hidden);
  }

  /**
   * How many rows, counted from the end, the last block must compute: one, where only the last
   * logits are asked for and nothing else of it is kept.
   */
  public int lastRows(ModelSpec spec) {
    boolean reaches = layers.map(l -> l[1] >= spec.layers() - 1).orElse(true);
    boolean kept = reaches && sites.stream().anyMatch(Site::perLayer);
    boolean logits =
        allLogits || spec.pooled() || !spec.hasLogits() || sites.contains(Site.LN_FINAL);
    return kept || logits || maps || statistics ? Integer.MAX_VALUE : 1;
  }

  /** With one change more. */
  public RunRequest plus(Intervention change) {
    List<Intervention> all = new ArrayList<>(interventions);
    all.add(change);
    return withInterventions(all);
  }
}
