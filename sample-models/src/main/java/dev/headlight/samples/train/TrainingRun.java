package dev.headlight.samples.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Engines;
import dev.headlight.analysis.model.Hooks;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.PassInput;
import dev.headlight.analysis.model.Transformer;
import dev.headlight.analysis.model.family.Families;
import dev.headlight.samples.shapes.PixelBatch;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A model in training: parameters, optimizer and the number of steps done. What a step does depends
 * on the recipe, the step's number and that state only, so that a training can stop and go on.
 */
final class TrainingRun implements AutoCloseable {
  private final Recipe recipe;
  private final NDManager manager;
  private final TrainedWeights model;
  private final Transformer transformer;
  private final AdamW optimizer;
  private int step;

  /** A new model, no step done. */
  TrainingRun(Recipe recipe) {
    this.recipe = recipe;
    manager = Engines.manager();
    model = recipe.blueprint().begin(new Random(recipe.seed()), manager);
    Config config = Config.parse(Path.of("config.json"), recipe.blueprint().config().toString());
    ModelSpec spec = Families.of(config).spec(config);
    transformer = new Transformer(spec, model.weights());
    optimizer = new AdamW(recipe.adam(), model.parameters());
  }

  Recipe recipe() {
    return recipe;
  }

  TrainedWeights model() {
    return model;
  }

  AdamW optimizer() {
    return optimizer;
  }

  NDManager manager() {
    return manager;
  }

  Transformer transformer() {
    return transformer;
  }

  /** Steps done. */
  int step() {
    return step;
  }

  /** Goes on from a state that was read. */
  void continueFrom(int stepsDone) {
    step = stepsDone;
  }

  /** Learns from the next batch. */
  StepResult next() {
    Stage stage = recipe.stage(step);
    Batch batch = Batch.draw(recipe.world(), stage, recipe.seed(), step);
    double rate = recipe.learningRate().at(step);
    // The parameters belong to the step's scope meanwhile, and so do all handles on gradients.
    try (NDManager scope = manager.newSubManager()) {
      scope.tempAttachAll(model.weights().arrays());
      double loss = gradients(batch, scope);
      double norm = optimizer.update(step, rate);
      step++;
      return new StepResult(step, loss, rate, norm, stage);
    }
  }

  private double gradients(Batch batch, NDManager scope) {
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      int tail = batch.pictures().isEmpty() ? Integer.MAX_VALUE : batch.tail();
      PassInput input = input(batch, tail, scope);
      Optional<SpecialistHooks> hooks =
          recipe.specialists(step).map(specialists -> hooks(specialists, batch, scope));
      NDArray logits =
          transformer.forward(
              input, hooks.isPresent() ? hooks.get() : Hooks.NONE, Progress.NONE, scope);
      NDArray loss = loss(logits, batch, scope);
      collector.backward(hooks.isPresent() ? hooks.get().addTo(loss) : loss);
      return loss.getFloat();
    }
  }

  private PassInput input(Batch batch, int tail, NDManager scope) {
    PassInput text = new PassInput(batch.inputs(), List.of(), null, true, tail, true);
    if (batch.pictures().isEmpty()) {
      return text;
    }
    int image = transformer.spec().vision().orElseThrow().imageToken();
    return text.with(PixelBatch.inPrompts(batch.pictures(), batch.inputs(), image, scope));
  }

  private SpecialistHooks hooks(Specialists specialists, Batch batch, NDManager scope) {
    Random random = new Random(recipe.seed() - 0x9E3779B97F4A7C15L * (step + 1));
    int firstWord = recipe.vocabulary().firstWord();
    return new SpecialistHooks(
        specialists, batch, firstWord, transformer.spec().heads(), random, scope);
  }

  /** Mean of −log p over the targets, each counted by its weight. */
  private static NDArray loss(NDArray logits, Batch batch, NDManager scope) {
    int rows = (int) logits.getShape().get(1);
    Shape shape = new Shape(batch.inputs().size(), rows, 1);
    NDArray chosen = logits.logSoftmax(-1).gather(scope.create(batch.targets(rows), shape), 2);
    return chosen.mul(scope.create(batch.shares(rows), shape)).sum().neg();
  }

  @Override
  public void close() {
    manager.close();
  }
}
