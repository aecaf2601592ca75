package dev.headlight.samples.train;

import dev.headlight.samples.world.Vocabulary;
import dev.headlight.samples.world.World;
import java.util.List;
import java.util.Optional;

/**
 * Everything that decides what a training makes.
 *
 * @param name name of the sample
 * @param blueprint the architecture
 * @param vocabulary the tokens
 * @param measures what is measured meanwhile
 * @param world where sequences come from
 * @param stages shapes of batches, one after the other; the last one ends the training
 * @param learningRate its warm-up and decay
 * @param adam constants of the optimizer
 * @param specialists heads with a task of their own, in the order of their first steps; none at
 *     steps before
 * @param seeing what a training with pictures does beside answers
 * @param seed begins every random number
 */
record Recipe(
    String name,
    Blueprint blueprint,
    Vocabulary vocabulary,
    Measures measures,
    World world,
    List<Stage> stages,
    LearningRate learningRate,
    AdamW.Constants adam,
    List<Specialists> specialists,
    Seeing seeing,
    long seed) {

  /** Number of steps. */
  int steps() {
    return stages.get(stages.size() - 1).until();
  }

  /** The specialists of a step, if there are any. */
  Optional<Specialists> specialists(int step) {
    return specialists.stream().filter(s -> step >= s.from()).reduce((first, last) -> last);
  }

  /** The stage of a step. */
  Stage stage(int step) {
    return stages.stream().filter(s -> step < s.until()).findFirst().orElseThrow();
  }
}
