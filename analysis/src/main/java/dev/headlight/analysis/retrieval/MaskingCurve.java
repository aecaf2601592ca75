package dev.headlight.analysis.retrieval;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How answers fade when retrieval heads are switched off, and how they do not when others are (Wu
 * et al. 2024, needle_in_haystack_with_mask.py). Where the prompt is read unchanged it is read once
 * an episode, whatever the number of sets.
 *
 * <p>A cancelled curve keeps its answers: the next call of {@link #run} goes on where it ended.
 */
public final class MaskingCurve {
  private final Model model;
  private final CurveRequest request;
  private final List<CurveRequest.Set> sets;
  private final Boolean[][] success;

  /** An answer that is not there yet. */
  private record Open(int set, int episode) {}

  /**
   * A curve of which nothing is answered yet.
   *
   * @throws dev.headlight.analysis.HeadlightException when the model cannot answer the episodes
   */
  public MaskingCurve(Model model, CurveRequest request) {
    EpisodeDecoder.require(model, request.episodes());
    this.model = model;
    this.request = request;
    sets = request.sets();
    success = new Boolean[sets.size()][request.episodes().size()];
  }

  /** What is there so far. */
  public CurveResult result() {
    return new CurveResult(sets, success);
  }

  /**
   * Answers what is not answered yet.
   *
   * @throws java.util.concurrent.CancellationException when the progress was cancelled; the answers
   *     that are there stay
   */
  public CurveResult run(Progress progress) {
    List<Open> todo = open();
    return model.guarded(
        () -> {
          try (EpisodeDecoder decoder =
              new EpisodeDecoder(model, request.episodes(), StreamingWindow.SMALL)) {
            for (int done = 0; done < todo.size(); done++) {
              progress.report((double) done / todo.size(), said(todo.get(done)));
              progress.check();
              answer(decoder, todo.get(done), progress);
            }
          }
          return result();
        });
  }

  private void answer(EpisodeDecoder decoder, Open open, Progress progress) {
    Masking masking = request.masking(sets.get(open.set));
    Episode episode = request.episodes().get(open.episode);
    EpisodeResult result = decoder.answer(episode, masking, Set.of(), progress);
    success[open.set][open.episode] = result.success();
  }

  private String said(Open open) {
    CurveRequest.Set set = sets.get(open.set);
    return (set.top() ? "top " : "random ") + set.count() + " heads masked";
  }

  /** Episode by episode where they share an unchanged prompt, else set by set. */
  private List<Open> open() {
    List<Open> open = new ArrayList<>();
    int[] episodes = RetrievalProbe.order(request.episodes()).toArray();
    boolean shared = request.when() == Masking.When.DECODING;
    int outer = shared ? episodes.length : sets.size();
    int inner = shared ? sets.size() : episodes.length;
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < inner; i++) {
        Open next = shared ? new Open(i, episodes[o]) : new Open(o, episodes[i]);
        if (success[next.set][next.episode] == null) {
          open.add(next);
        }
      }
    }
    return open;
  }
}
