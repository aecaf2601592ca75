package dev.headlight.analysis.retrieval;

import java.util.List;

/**
 * Episodes to answer.
 *
 * @param episodes in the order in which results are asked for
 * @param masking heads that are switched off meanwhile
 * @param window whose kept weight is read of each row, for {@link StreamingSplit}
 */
public record RetrievalRequest(List<Episode> episodes, Masking masking, StreamingWindow window) {
  /** Copies the list. */
  public RetrievalRequest {
    episodes = List.copyOf(episodes);
  }

  /** Episodes for the unchanged model. */
  public static RetrievalRequest of(List<Episode> episodes) {
    return new RetrievalRequest(episodes, Masking.NONE, StreamingWindow.SMALL);
  }

  /** With heads switched off. */
  public RetrievalRequest masked(Masking heads) {
    return new RetrievalRequest(episodes, heads, window);
  }

  /** With another streaming window. */
  public RetrievalRequest withWindow(StreamingWindow other) {
    return new RetrievalRequest(episodes, masking, other);
  }
}
