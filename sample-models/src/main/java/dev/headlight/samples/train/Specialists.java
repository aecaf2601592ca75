package dev.headlight.samples.train;

import dev.headlight.analysis.run.Head;
import java.util.Set;

/**
 * A division of labour that a training enforces from some step on: a few heads may look at earlier
 * copies of the token that is to be said, all others pay for it; and of those others some are left
 * out at random in every sequence, so that no single one is needed (after Zhou et al. 2020,
 * "Scheduled DropHead").
 *
 * @param heads the heads that may
 * @param cost what every other head pays for looking nowhere else, in nats
 * @param drop probability of leaving another head out of a sequence
 * @param from the first step
 */
record Specialists(Set<Head> heads, double cost, double drop, int from) {
  /** Copies the set. */
  Specialists {
    heads = Set.copyOf(heads);
  }
}
