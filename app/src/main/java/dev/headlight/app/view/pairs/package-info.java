/** The control that builds pairs of prompts, for every pane that experiments with them. */
package dev.headlight.app.view.pairs;
