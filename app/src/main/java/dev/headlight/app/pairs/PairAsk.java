package dev.headlight.app.pairs;

import dev.headlight.app.engine.ModelQuestion;
import dev.headlight.app.pictures.PromptPicture;
import java.util.List;
import java.util.function.Consumer;

/** How pairs are asked of the open model; whoever shows them gives it. */
public interface PairAsk {
  /**
   * Asks the model; the answer comes on the caller's thread. Of each kind only the newest question
   * counts; what fails is told by whoever gives this.
   *
   * @param kind of the question
   * @param title what a list of tasks says
   */
  <T> void ask(Object kind, String title, ModelQuestion<T> question, Consumer<T> answer);

  /** The pictures that both prompts of a pair are about where they say so; empty for none. */
  default List<PromptPicture> pictures() {
    return List.of();
  }
}
