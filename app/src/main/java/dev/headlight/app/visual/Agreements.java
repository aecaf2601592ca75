package dev.headlight.app.visual;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Contrasted;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import java.util.ArrayList;
import java.util.List;

/** How texts and pictures agree, of models with two towers. */
final class Agreements {
  private final Model model;
  private final VisualAsk ask;

  Agreements(Model model, VisualAsk ask) {
    this.model = model;
    this.ask = ask;
  }

  /**
   * Every picture with every text; empty for other models.
   *
   * @param run that has seen the pictures with a text
   * @param text number of that text
   */
  List<Looked.Agreement> of(Run run, int text) {
    if (run.contrasted().isEmpty()) {
      return List.of();
    }
    Contrasted first = run.contrasted().orElseThrow();
    List<Contrasted> texts = new ArrayList<>();
    for (int t = 0; t < ask.texts().size(); t++) {
      texts.add(t == text ? first : first.with(read(ask.texts().get(t))));
    }
    Labels labels = new Labels(model);
    List<Looked.Agreement> all = new ArrayList<>();
    for (int p = 0; p < first.images().size(); p++) {
      double[] probable = Contrasted.probabilities(texts, p);
      for (int t = 0; t < texts.size(); t++) {
        all.add(
            new Looked.Agreement(
                p,
                t,
                labels.text(ask.texts().get(t)),
                texts.get(t).cosine(p),
                texts.get(t).logits()[p],
                probable[t],
                first.contrast().pairwise()));
      }
    }
    return all;
  }

  /** A text needs the tower of pictures no second time. */
  private Contrasted read(int[] ids) {
    RunRequest request = RunRequest.of(ids).withInterventions(ask.changes());
    try (Run run = model.run(request, Progress.NONE).get(0)) {
      return run.contrasted().orElseThrow();
    }
  }
}
