package dev.headlight.app.workbench;

import dev.headlight.app.engine.ModelFacts;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which prompt a newly opened model starts with. */
public final class PromptChoice {
  /**
   * Names, a repeated scene and a fact to fetch: previous-token, induction and copying heads show.
   */
  public static final String TEXT =
      "When Mary and John went to the harbour, John gave the lantern to Mary. The keeper of the"
          + " lighthouse wrote the number seven on the door. When Mary and John went back to the"
          + " harbour, John gave the lantern to";

  private static final int IDS = 16;

  private PromptChoice() {}

  /** The present prompt where the model can read it, else one it can. */
  public static String forModel(ModelFacts model, String present) {
    if (!model.hasTokenizer()) {
      return present.matches("[\\d\\s,]+") ? present : ids(model);
    }
    return present.isBlank() ? TEXT : present;
  }

  private static String ids(ModelFacts model) {
    int count = Math.min(Math.min(IDS, model.spec().vocab()), model.spec().maxPositions());
    return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.joining(" "));
  }
}
