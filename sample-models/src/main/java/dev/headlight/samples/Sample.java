package dev.headlight.samples;

/**
 * A model inside this jar.
 *
 * @param name what follows {@code sample:} on the command line
 * @param title name for people
 * @param sentence what it is, in one sentence
 * @param prompt a text that shows what its heads do
 * @param head a head worth seeing first, such as {@code L1H3}
 */
public record Sample(String name, String title, String sentence, String prompt, String head) {}
