/**
 * What carries an answer through a model. From the weights alone: QK and OV circuits of a head
 * ({@link dev.headlight.analysis.circuit.HeadWeights}). Of a pair of prompts: direct logit
 * attribution and the logit lens ({@link dev.headlight.analysis.circuit.DirectLogits}), scores of
 * edges ({@link dev.headlight.analysis.circuit.EdgeAttribution}), circuits of edges and how
 * faithful they are ({@link dev.headlight.analysis.circuit.CircuitPasses}), and path patching
 * ({@link dev.headlight.analysis.circuit.PathPatching}).
 */
package dev.headlight.analysis.circuit;
