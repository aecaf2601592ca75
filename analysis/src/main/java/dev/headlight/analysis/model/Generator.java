package dev.headlight.analysis.model;

import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Runner;
import java.util.Arrays;
import java.util.Random;

/** Writes on after a prompt, token by token, with a key/value cache. */
final class Generator {
  private final ModelSpec spec;
  private final Runner runner;
  private final NDManager manager;

  Generator(ModelSpec spec, Runner runner, NDManager manager) {
    this.spec = spec;
    this.runner = runner;
    this.manager = manager;
  }

  Generation generate(GenerateRequest request, Generation.Listener listener, Progress progress) {
    Runner.PreparedEdits edits =
        runner.prepare(request.prompt(), request.interventions(), progress);
    int room = spec.maxPositions() - request.prompt().length;
    int limit = Math.min(request.maxNew(), room);
    int[] tokens = new int[limit];
    float[] logprobs = new float[limit];
    Random random = new Random(request.seed());
    int count = 0;
    boolean stopped = false;
    try (NDManager scope = manager.newSubManager();
        KvCache cache = new KvCache(spec, request.prompt().length + limit, scope)) {
      int[] next = request.prompt();
      while (count < limit && !stopped) {
        float[] logits = runner.step(next, cache, edits, scope, quiet(progress));
        int id = choose(logits, request.temperature(), random);
        tokens[count] = id;
        logprobs[count] = logprob(logits, id);
        listener.token(id, logprobs[count]);
        count++;
        stopped = request.stopIds().contains(id);
        next = new int[] {id};
        progress.report((double) count / limit, count + " of " + limit + " tokens");
      }
    }
    return new Generation(Arrays.copyOf(tokens, count), Arrays.copyOf(logprobs, count), stopped);
  }

  /** Passes on the cancel, but not the reports of each step's layers. */
  private static Progress quiet(Progress progress) {
    return new Progress() {
      @Override
      public void report(double fraction, String message) {}

      @Override
      public boolean cancelled() {
        return progress.cancelled();
      }
    };
  }

  private static int choose(float[] logits, double temperature, Random random) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    if (temperature <= 0) {
      return best;
    }
    double total = 0;
    for (float logit : logits) {
      total += Math.exp((logit - logits[best]) / temperature);
    }
    double left = random.nextDouble() * total;
    for (int i = 0; i < logits.length; i++) {
      left -= Math.exp((logits[i] - logits[best]) / temperature);
      if (left <= 0) {
        return i;
      }
    }
    return best;
  }

  private static float logprob(float[] logits, int id) {
    float max = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - max);
    }
    return (float) (logits[id] - max - Math.log(sum));
  }
}
