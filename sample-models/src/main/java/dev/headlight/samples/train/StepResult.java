package dev.headlight.samples.train;

/**
 * What a step did.
 *
 * @param step steps done, this one included
 * @param loss mean loss of the batch before the step, in nats
 * @param learningRate its learning rate
 * @param gradientNorm global norm of the gradients before clipping
 * @param stage shape of the batch
 */
record StepResult(int step, double loss, double learningRate, double gradientNorm, Stage stage) {}
