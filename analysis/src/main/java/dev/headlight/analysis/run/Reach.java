package dev.headlight.analysis.run;

/**
 * Where changes begin.
 *
 * @param layer the first block that one of them touches; -1 for the embedding, {@link
 *     Integer#MAX_VALUE} where nothing is changed
 * @param afterHeads whether that block's heads still give what they gave: all changes in it lie at
 *     {@code hook_z} or behind
 * @param split whether heads or an MLP read copies of the stream of their own: what is changed
 *     behind the shared norm does not reach them
 * @param row the first position that one of them touches; rows before it keep their values in a
 *     model whose queries see no later keys
 */
public record Reach(int layer, boolean afterHeads, boolean split, int row) {}
