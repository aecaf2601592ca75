package dev.headlight.app.export;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.ScoreJob;
import dev.headlight.analysis.text.Bos;
import dev.headlight.app.engine.RunSnapshot;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The command line that makes again what the window shows. */
public final class CopyCommand {
  private CopyCommand() {}

  /** Captures one head's pattern on the prompt at hand. */
  public static String capture(RunSnapshot run, Head head, Bos bos) {
    return capture(run, head, bos, false);
  }

  /**
   * Captures one head's pattern on the prompt at hand.
   *
   * @param chat whether a chat template wrote the text: its ids are taken as they are, since the
   *     tokenizer would put a second beginning in front of it
   */
  public static String capture(RunSnapshot run, Head head, Bos bos, boolean chat) {
    return "headlight capture %s %s --sites pattern --heads %s --out %s --format csv"
        .formatted(quoted(run.model().source().reference()), prompt(run, bos, chat), head, head);
  }

  /** Computes a score of every head on the prompt at hand. */
  public static String scores(RunSnapshot run, HeadScore score, Bos bos, boolean chat) {
    return "headlight scores %s --kinds %s %s"
        .formatted(quoted(run.model().source().reference()), score.id(), prompt(run, bos, chat));
  }

  /** Measures a score of every head again. */
  public static String scores(RunSnapshot run, HeadScore score, ScoreJob.Result measured) {
    return "headlight scores %s --kinds %s %s"
        .formatted(
            quoted(run.model().source().reference()),
            measured.kinds().getOrDefault(score.id(), score.id()),
            String.join(" ", measured.arguments()));
  }

  private static String prompt(RunSnapshot run, Bos bos, boolean chat) {
    return run.model().hasTokenizer() && !chat
        ? "--prompt " + quoted(run.tokens().text()) + flag(bos)
        : "--tokens " + ids(run.tokens().ids());
  }

  private static String flag(Bos bos) {
    return switch (bos) {
      case DEFAULT -> "";
      case ON -> " --bos";
      case OFF -> " --no-bos";
    };
  }

  private static String ids(int[] ids) {
    return Arrays.stream(ids).mapToObj(Integer::toString).collect(Collectors.joining(","));
  }

  /** As a POSIX shell takes it for one word. */
  static String quoted(String text) {
    return text.matches("[\\w./:@%+=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
