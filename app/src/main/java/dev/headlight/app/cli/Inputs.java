package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.text.Tokens;
import java.util.List;

/** Checks sequences against a model before anything is computed. */
final class Inputs {
  private Inputs() {}

  /** Every sequence has tokens, and only tokens of the model's vocabulary. */
  static void check(ModelSpec spec, List<Tokens> sequences) {
    for (Tokens tokens : sequences) {
      if (tokens.size() == 0) {
        throw new HeadlightException(
            Kind.INPUT, "the prompt has no tokens; type some text or give ids.");
      }
      for (int i = 0; i < tokens.size(); i++) {
        if (tokens.id(i) < 0 || tokens.id(i) >= spec.vocab()) {
          throw new HeadlightException(
              Kind.INPUT,
              "token id %d at position %d is not in the vocabulary: expected 0 to %d; check the ids."
                  .formatted(tokens.id(i), i, spec.vocab() - 1));
        }
      }
    }
  }
}
