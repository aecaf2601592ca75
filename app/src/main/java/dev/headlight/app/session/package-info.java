/**
 * Sessions: what was done with a model, as values, as a history one can go back in, and as a file.
 * No toolkit here; the window binds to it and the command line replays it.
 */
package dev.headlight.app.session;
