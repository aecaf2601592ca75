package dev.headlight.app.ablation;

/**
 * A token that was written.
 *
 * @param ablated whether by the model without the heads
 * @param id of the token
 * @param text what it adds to the text; empty while a character is not complete
 * @param probability that the model gave it, 0 to 1
 */
public record Piece(boolean ablated, int id, String text, double probability) {}
