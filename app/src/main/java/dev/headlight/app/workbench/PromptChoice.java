package dev.headlight.app.workbench;

import dev.headlight.app.engine.ModelFacts;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which prompt a newly opened model starts with: the user's own, else one that suits the model. */
final class PromptChoice {
  /**
   * Names, a repeated scene and a fact to fetch: previous-token, induction and copying heads show.
   */
  static final String TEXT =
      "When Mary and John went to the harbour, John gave the lantern to Mary. The keeper of the"
          + " lighthouse wrote the number seven on the door. When Mary and John went back to the"
          + " harbour, John gave the lantern to";

  private static final int IDS = 16;
  private String ours = "";

  /** The present prompt where the user wrote it and the model can read it, else one of ours. */
  String forModel(ModelFacts model, String present) {
    boolean own = !present.isBlank() && !present.equals(ours);
    boolean readable = model.hasTokenizer() || present.matches("[\\d\\s,]+");
    if (own && readable) {
      return present;
    }
    ours = model.hasTokenizer() ? model.source().prompt().orElse(TEXT) : ids(model);
    return ours;
  }

  private static String ids(ModelFacts model) {
    if (!model.readsText()) {
      return "";
    }
    int count = Math.min(Math.min(IDS, model.spec().vocab()), model.spec().maxPositions());
    return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.joining(" "));
  }
}
