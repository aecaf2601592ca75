package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.model.Model;

/** Placeholder until the engine's own arrives. */
@SuppressWarnings("DoNotCallSuggester")
final class RandomModels {
  private RandomModels() {}

  static Model open(String shape, long seed) {
    throw new HeadlightException(Kind.INPUT, "shape:" + shape + ": unknown shape " + seed);
  }
}
