/** Pairs of prompts for experiments: generators, alignment of their tokens, files. */
package dev.headlight.analysis.pairs;
