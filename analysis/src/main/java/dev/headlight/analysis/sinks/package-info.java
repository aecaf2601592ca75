/**
 * Where attention rests: sinks at the first token and later ones, what they look like inside, and
 * what taking them away does.
 */
package dev.headlight.analysis.sinks;
