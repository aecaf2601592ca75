/**
 * Numbers for every head: what they are, how they are computed, and how heads are chosen by them.
 */
package dev.headlight.analysis.scores;
