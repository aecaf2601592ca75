package dev.headlight.analysis.retrieval;

import dev.headlight.analysis.run.Head;
import java.util.Map;

/**
 * What every head did while one token was written: its attention row of the query whose output
 * yields the token, read off and not kept.
 *
 * @param position of the query
 * @param token id that was written
 * @param topKeys key with the largest weight of each head, row-major {@code [layers][heads]}, the
 *     first where several are equal; not copied
 * @param onNeedle weight on the needle's keys of each head, 0 to 1, shaped alike; not copied
 * @param kept weight that the streaming window keeps of each head, 0 to 1, shaped alike; not copied
 * @param rows weights over keys 0 to {@code position} of the heads that were asked for; not copied
 */
public record DecodedStep(
    int position,
    int token,
    int[] topKeys,
    float[] onNeedle,
    float[] kept,
    Map<Head, float[]> rows) {}
