package dev.headlight.app.report;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.GenerateRequest;
import dev.headlight.analysis.model.Generation;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.text.Tokens;
import java.util.List;
import java.util.Optional;

/**
 * What a model writes after a prompt, greedily.
 *
 * @param changes in force while it wrote
 * @param prompt what it continued
 * @param written what it wrote
 * @param expected what a perfect copy would be; empty where there is none
 */
record Continuation(
    List<Intervention> changes, Tokens prompt, Tokens written, Optional<int[]> expected) {
  static Continuation write(
      Model model,
      Tokens prompt,
      int count,
      Optional<int[]> expected,
      List<Intervention> changes,
      Progress progress) {
    GenerateRequest request =
        GenerateRequest.greedy(prompt.ids(), count).withInterventions(changes);
    Generation generation = model.generate(request, (id, logprob) -> {}, progress.silent());
    Tokens written = Tokens.ofIds(model.tokenizer().orElse(null), generation.tokens());
    return new Continuation(changes, prompt, written, expected);
  }

  /** How many tokens are as expected. */
  int right() {
    int[] want = expected.orElse(new int[0]);
    int right = 0;
    for (int i = 0; i < Math.min(want.length, written.size()); i++) {
      right += want[i] == written.id(i) ? 1 : 0;
    }
    return right;
  }
}
