/** Timings of the renderer, for the command line and for regression checks. */
package dev.headlight.renderer.bench;
