package dev.headlight.app.engine;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Intervention;

/**
 * What the model says after the prompt without a head.
 *
 * @param run number of the pass it is compared with
 * @param head which head was replaced, at every position
 * @param mode what took its place
 * @param label label of the token that was the most probable with the head
 * @param before that token's probability with the head
 * @param after its probability without it
 * @param divergence KL(with ‖ without) of the next token, in nats
 * @param newTop label of the token that is the most probable without the head
 * @param unchanged whether every logit stayed the same: the intervention changed nothing
 */
public record HeadEffect(
    long run,
    Head head,
    Intervention.Mode mode,
    String label,
    double before,
    double after,
    double divergence,
    String newTop,
    boolean unchanged) {}
