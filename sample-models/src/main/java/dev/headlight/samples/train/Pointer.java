package dev.headlight.samples.train;

import dev.headlight.analysis.run.Head;

/**
 * A head that is to look at what is asked about, from a step on: where an answer begins, it pays
 * for what it does not give to the patches of the object.
 *
 * @param head which
 * @param cost what {@code -log} of the attention on these patches counts against the answers' loss
 * @param from the first step
 */
record Pointer(Head head, double cost, int from) {}
