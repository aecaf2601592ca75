package dev.headlight.app.engine;

import dev.headlight.analysis.text.TokenSpans;

/**
 * A map between spans of tokens.
 *
 * @param spans what its rows and columns stand for
 * @param map the folded weights; its rows and columns count spans
 */
public record FoldedMap(TokenSpans spans, HeadMap map) {}
