package dev.headlight.samples.train;

import dev.headlight.analysis.model.Transformer;
import java.util.List;

/** What is measured again and again while a model is trained. */
interface Measures {
  /** Names of the figures; columns of a table. */
  List<String> names();

  /** The figures, each from 0 to 1, always on the same draws. */
  double[] of(Transformer transformer);
}
