package dev.headlight.app.retrieval;

import dev.headlight.analysis.run.Head;

/**
 * What is known of a head; NaN where it is not.
 *
 * @param head which
 * @param group its key/value group
 * @param score by the definition that is shown
 * @param deviation standard deviation of the score over the answered needles
 * @param active share of the answered needles of which it copied a token
 * @param induction induction score, where it was measured
 * @param sink share on the first key in the prompt at hand
 */
public record HeadRow(
    Head head,
    int group,
    double score,
    double deviation,
    double active,
    double induction,
    double sink) {}
