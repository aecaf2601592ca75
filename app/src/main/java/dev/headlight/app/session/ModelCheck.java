package dev.headlight.app.session;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.checkpoint.Checkpoint;
import dev.headlight.analysis.job.Progress;
import dev.headlight.app.engine.ModelSource;
import java.util.Optional;

/** Whether a model is the one that a session was made with. */
public final class ModelCheck {
  private ModelCheck() {}

  /**
   * The SHA-256 of a model's weights; reads all of them.
   *
   * @throws HeadlightException if there is no such model or it cannot be read
   */
  public static String sha256(ModelSource source, Progress progress) {
    return Checkpoint.open(source.location().get()).sha256(progress);
  }

  /**
   * Why a model cannot stand in for that of a session, in a sentence; empty if its weights are the
   * same or the session does not know.
   */
  public static Optional<String> otherWeights(ModelReference wanted, String found, String where) {
    return wanted.matches(found)
        ? Optional.empty()
        : Optional.of(
            "%s: these are other weights than the session's %s (SHA-256 %s…, expected %s…), so its numbers would differ"
                .formatted(where, wanted.name(), start(found), start(wanted.sha256())));
  }

  private static String start(String sha256) {
    return sha256.substring(0, Math.min(12, sha256.length()));
  }
}
