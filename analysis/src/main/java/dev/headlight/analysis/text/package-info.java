/**
 * Text to tokens and back: {@link dev.headlight.analysis.text.TextTokenizer} reads a model's
 * tokenizer.json, {@link dev.headlight.analysis.text.Tokens} is what comes out, with labels people
 * can read.
 */
package dev.headlight.analysis.text;
