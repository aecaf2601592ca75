package dev.headlight.app.workbench;

/**
 * A cell of a map.
 *
 * @param query row
 * @param key column
 */
public record Cell(int query, int key) {}
