package dev.headlight.analysis.retrieval;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Answers needle episodes and reads which heads fetched the answer (Wu et al. 2024, Retrieval Head
 * Mechanistically Explains Long-Context Factuality; nightdessert/Retrieval_Head). The prompt's
 * attention is never kept: only the rows of the decoded tokens are read. Memory grows with the
 * length of the longest prompt.
 *
 * <p>A cancelled probe keeps its episodes: the next call of {@link #run} goes on where it ended.
 */
public final class RetrievalProbe {
  private final Model model;
  private final RetrievalRequest request;
  private final EpisodeResult[] results;

  /**
   * A probe of which nothing is answered yet.
   *
   * @throws dev.headlight.analysis.HeadlightException when the model cannot write, cannot read one
   *     of the prompts, or has not the heads that are to be masked
   */
  public RetrievalProbe(Model model, RetrievalRequest request) {
    EpisodeDecoder.require(model, request.episodes());
    request.masking().heads().resolve(model.spec());
    this.model = model;
    this.request = request;
    results = new EpisodeResult[request.episodes().size()];
  }

  /** Answers every episode; the short form of a probe that is not resumed. */
  public static RetrievalResult run(
      Model model, RetrievalRequest request, RetrievalListener listener, Progress progress) {
    return new RetrievalProbe(model, request).run(listener, progress);
  }

  /** What is there so far. */
  public RetrievalResult result() {
    return new RetrievalResult(
        model.spec().layers(),
        model.spec().heads(),
        request.episodes(),
        Arrays.asList(results.clone()));
  }

  /**
   * Answers the episodes that are not answered yet. They are answered in the order in which their
   * prompts share most.
   *
   * @throws java.util.concurrent.CancellationException when the progress was cancelled; the
   *     episodes that the listener heard of stay
   */
  public RetrievalResult run(RetrievalListener listener, Progress progress) {
    List<Integer> todo = order(request.episodes()).filter(i -> results[i] == null).boxed().toList();
    return model.guarded(
        () -> {
          try (EpisodeDecoder decoder =
              new EpisodeDecoder(model, request.episodes(), request.window())) {
            for (int done = 0; done < todo.size(); done++) {
              int index = todo.get(done);
              progress.report((double) done / todo.size(), said(done, todo.size(), index));
              progress.check();
              Episode episode = request.episodes().get(index);
              results[index] = decoder.answer(episode, request.masking(), Set.of(), progress);
              listener.episode(index, results[index]);
            }
          }
          return result();
        });
  }

  private String said(int done, int all, int index) {
    return "episode %d of %d, %d tokens"
        .formatted(done + 1, all, request.episodes().get(index).length());
  }

  /** Indices of episodes, those beside each other that begin alike. */
  static IntStream order(List<Episode> episodes) {
    return IntStream.range(0, episodes.size())
        .boxed()
        .sorted(Comparator.comparing(i -> episodes.get(i).tokens(), Arrays::compare))
        .mapToInt(i -> i);
  }
}
