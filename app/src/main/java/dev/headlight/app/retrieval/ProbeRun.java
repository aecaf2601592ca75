package dev.headlight.app.retrieval;

import dev.headlight.analysis.retrieval.NeedleGrid;

/**
 * A probe that was begun.
 *
 * @param number tells it from others of the same episodes
 * @param grid what is asked
 */
public record ProbeRun(int number, NeedleGrid grid) {}
