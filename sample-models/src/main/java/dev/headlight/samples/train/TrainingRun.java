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
import dev.headlight.analysis.model.PassPictures;
import dev.headlight.analysis.model.Transformer;
import dev.headlight.analysis.model.VisionSpec;
import dev.headlight.analysis.model.VisionTower;
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
      Objective objective =
          batch.sights().isEmpty() ? ofText(batch, scope) : ofSights(batch, scope);
      collector.backward(objective.learnt());
      return objective.told().getFloat();
    }
  }

  /**
   * What a step makes smaller, and what is told of it.
   *
   * @param learnt with all that counts
   * @param told the loss of the targets alone, where there are any
   */
  private record Objective(NDArray learnt, NDArray told) {}

  private Objective ofText(Batch batch, NDManager scope) {
    PassInput input = new PassInput(batch.inputs(), null, true, true);
    Optional<SpecialistHooks> hooks =
        recipe.specialists(step).map(specialists -> hooks(specialists, batch, scope));
    NDArray logits =
        transformer.forward(
            input, hooks.isPresent() ? hooks.get() : Hooks.NONE, Progress.NONE, scope);
    NDArray loss = loss(logits, batch, scope);
    return new Objective(hooks.isPresent() ? hooks.get().addTo(loss) : loss, loss);
  }

  private Objective ofSights(Batch batch, NDManager scope) {
    VisionSpec vision = transformer.spec().vision().orElseThrow();
    PassPictures pictures =
        PixelBatch.inPrompts(batch.pictures(), batch.inputs(), vision.imageToken(), scope);
    VisionTower tower = new VisionTower(vision, model.weights().vision());
    PassInput alone = PassInput.ofPictures(vision.tower(), pictures, true);
    NDArray rows = tower.features(alone, false, Hooks.NONE, Progress.NONE, scope);
    Naming naming = recipe.seeing().naming(step);
    NDArray named = naming.weight() > 0 ? names(rows, batch, naming.weight(), scope) : null;
    if (naming.alone()) {
      return new Objective(named, named);
    }
    PassInput text = new PassInput(batch.inputs(), List.of(), null, true, batch.tail(), true);
    PassPictures seen =
        new PassPictures(
            pictures.pixels(), null, pictures.mask(), rows, pictures.positions(), List.of());
    Optional<PointerHooks> hooks =
        recipe.seeing().pointer(step).map(p -> new PointerHooks(p, batch.aims(), 1, scope));
    NDArray logits =
        transformer.forward(
            text.with(seen), hooks.isPresent() ? hooks.get() : Hooks.NONE, Progress.NONE, scope);
    NDArray loss = loss(logits, batch, scope);
    NDArray paid = hooks.isPresent() ? hooks.get().addTo(loss) : loss;
    return new Objective(named == null ? paid : paid.add(named), loss);
  }

  /** Mean of −log p over the words of the patches, each counted by its weight, times all. */
  private NDArray names(NDArray rows, Batch batch, double all, NDManager scope) {
    NDArray logits =
        transformer.logits(rows.expandDims(0), new int[0], Hooks.NONE, scope).squeeze(0);
    long patches = rows.getShape().get(0);
    long[] words = batch.words();
    Shape shape = new Shape(patches, words.length / patches);
    NDArray chosen = logits.logSoftmax(-1).gather(scope.create(words, shape), 1);
    return chosen.mul(scope.create(batch.wordShares(all), shape)).sum().neg();
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
