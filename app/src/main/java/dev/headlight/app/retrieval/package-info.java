/**
 * What the retrieval pane asks and shows, without a toolkit: probes as a form says them, questions
 * to the model, findings as tables and figures.
 */
package dev.headlight.app.retrieval;
