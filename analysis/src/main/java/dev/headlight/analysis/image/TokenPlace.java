package dev.headlight.analysis.image;

/**
 * Where an image token looks from.
 *
 * @param tile number of its tile in the picture
 * @param row row in the tile's token grid; -1 for a token that shows no place
 * @param column column in the tile's token grid; -1 for a token that shows no place
 * @param region what of the original it shows, cut at the picture's edge; empty for a token that
 *     shows none of it
 */
public record TokenPlace(int tile, int row, int column, Region region) {}
