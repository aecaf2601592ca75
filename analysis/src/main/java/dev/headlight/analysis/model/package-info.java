/**
 * What a model is and how it runs: {@link dev.headlight.analysis.model.Model} opens a folder,
 * {@link dev.headlight.analysis.model.Transformer} is the one pass of every family. Parameters are
 * {@link dev.headlight.analysis.model.Weight}s, lent as fp32 product by product from where a {@link
 * dev.headlight.analysis.model.ResidencyPlan} keeps them.
 */
package dev.headlight.analysis.model;
