/**
 * The same prompt many times, each time with other changes: only what a change can reach is
 * computed again.
 */
package dev.headlight.analysis.sweep;
