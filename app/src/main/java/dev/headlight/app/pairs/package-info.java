/** Pairs of prompts as a pane builds them: no toolkit, and no model outside of its questions. */
package dev.headlight.app.pairs;
