package dev.headlight.app.retrieval;

import dev.headlight.analysis.retrieval.AttentionInfluence;
import dev.headlight.analysis.run.Head;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * How much the texts of a file need the retrieval heads.
 *
 * @param file with the texts
 * @param heads that were masked
 * @param samples the texts
 * @param found one a text, in their order
 */
public record TextInfluence(
    Path file,
    List<Head> heads,
    List<AttentionInfluence.Sample> samples,
    List<AttentionInfluence.Influence> found) {
  /** Copies the lists. */
  public TextInfluence {
    heads = List.copyOf(heads);
    samples = List.copyOf(samples);
    found = List.copyOf(found);
  }

  /** The texts with the largest influence first, domain by domain. */
  public List<AttentionInfluence.Influence> ranked() {
    return found.stream()
        .sorted(
            Comparator.comparing(
                    (AttentionInfluence.Influence i) -> samples.get(i.index()).domain())
                .thenComparingInt(AttentionInfluence.Influence::rank))
        .toList();
  }
}
