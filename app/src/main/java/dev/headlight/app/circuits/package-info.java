/**
 * What the circuits pane asks and shows, without a toolkit: patching maps that fill, estimates with
 * their check, edges and circuits with their faithfulness, direct logits, questions to the model.
 */
package dev.headlight.app.circuits;
