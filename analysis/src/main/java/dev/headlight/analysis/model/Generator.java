package dev.headlight.analysis.model;

import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.PreparedEdits;
import dev.headlight.analysis.run.Runner;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Sites;
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
    requireDecoder();
    PreparedEdits edits =
        runner.prepare(request.reading(), request.substitutes(), progress.silent());
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
        if (switches(cache, next.length)) {
          next = soFar(request.prompt(), tokens, count);
          cache.clear();
        }
        float[] logits =
            cache.length() == 0
                ? runner.begin(request.reading(), next, cache, edits, scope, progress.silent())
                : runner.step(next, cache, edits, scope, progress.silent());
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

  private void requireDecoder() {
    if (!spec.causal()) {
      throw new HeadlightException(
          Kind.INPUT,
          spec.family()
              + " is an encoder: every token sees those after it, so it cannot write on;"
              + " open a decoder, or look at this model's maps");
    }
    Sites.require(spec, Site.LOGITS);
  }

  /**
   * Whether LongRoPE's frequencies change with this step: the reference then reads the whole text
   * again, since the cached keys were turned by the others.
   */
  private boolean switches(KvCache cache, int more) {
    int limit = spec.rotarySwitch().orElse(Integer.MAX_VALUE);
    return cache.length() > 0 && cache.length() <= limit && cache.length() + more > limit;
  }

  private static int[] soFar(int[] prompt, int[] written, int count) {
    int[] all = Arrays.copyOf(prompt, prompt.length + count);
    System.arraycopy(written, 0, all, prompt.length, count);
    return all;
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
