/**
 * Which heads fetch facts from the context: needle episodes, retrieval scores, masking, and the
 * measures of later papers that build on them.
 */
package dev.headlight.analysis.retrieval;
