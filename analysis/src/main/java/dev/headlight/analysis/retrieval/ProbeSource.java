package dev.headlight.analysis.retrieval;

import dev.headlight.analysis.model.Model;

/**
 * Which texts a needle probe of a model is made of: a model that was trained on a small world finds
 * nothing in words that it has never read.
 */
@FunctionalInterface
public interface ProbeSource {
  /** The same plain English for every model. */
  ProbeSource STANDARD = model -> ProbeTexts.STANDARD;

  /** The texts for a model; always the same for the same model. */
  ProbeTexts of(Model model);
}
