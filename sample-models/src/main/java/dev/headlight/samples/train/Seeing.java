package dev.headlight.samples.train;

import java.util.List;
import java.util.Optional;

/**
 * What a training with pictures does beside answers.
 *
 * @param naming how much it counts that patches are named, in the order of first steps
 * @param pointer a head that is to point, if there is one
 */
record Seeing(List<Naming> naming, Optional<Pointer> pointer) {
  /** Nothing. */
  static final Seeing NONE = new Seeing(List.of(), Optional.empty());

  /** How much it counts at a step that patches are named. */
  Naming naming(int step) {
    return naming.stream()
        .filter(n -> step >= n.from())
        .reduce((first, last) -> last)
        .orElse(new Naming(0, 0, false));
  }

  /** The head that is to point at a step, if there is one. */
  Optional<Pointer> pointer(int step) {
    return pointer.filter(p -> step >= p.from());
  }
}
