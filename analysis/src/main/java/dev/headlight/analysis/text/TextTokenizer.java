package dev.headlight.analysis.text;

/** Placeholder of the interface being written beside. */
public final class TextTokenizer {}
