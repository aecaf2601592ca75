package dev.headlight.app.retrieval;

import dev.headlight.analysis.retrieval.Episode;

/**
 * A needle that was not found.
 *
 * @param index of its result; -1 for one that could not be asked
 * @param episode its prompt; null for one that could not be asked
 * @param length tokens of the prompt
 * @param depth of the needle, 0 to 1
 * @param question what was asked
 * @param expected the answer that was wanted
 * @param answer what was written
 * @param why it does not count
 */
public record FailedEpisode(
    int index,
    Episode episode,
    int length,
    double depth,
    String question,
    String expected,
    String answer,
    String why) {}
