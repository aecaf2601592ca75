package dev.headlight.samples.world;

/**
 * Where in a picture the answer to a question lies.
 *
 * @param position position of the token behind which the answer begins
 * @param patches patches of the object asked about, at least one
 */
public record Aim(int position, int[] patches) {}
