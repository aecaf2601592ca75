package dev.headlight.app.engine;

/**
 * How two passes differ in what comes next after their prompts.
 *
 * @param label label of the token that is the most probable in A
 * @param before that token's probability in A
 * @param after its probability in B
 * @param divergence KL(A ‖ B) of the next token, in nats
 * @param newTop label of the token that is the most probable in B
 * @param unchanged whether every logit is the same
 */
public record RunEffect(
    String label,
    double before,
    double after,
    double divergence,
    String newTop,
    boolean unchanged) {}
