/**
 * What a model loses without some of its heads: one by one, in groups, in an order, in pairs; and
 * what gradients and likeness of heads say about it beforehand.
 */
package dev.headlight.analysis.ablation;
