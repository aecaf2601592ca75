package dev.headlight.app.ablation;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.ablation.Treatment;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.text.Bos;
import dev.headlight.app.engine.PromptSets;
import dev.headlight.app.engine.PromptSource;
import dev.headlight.app.prompts.PromptLibrary;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Prompts of text whose outputs take the place of ablated heads'. */
public final class OtherPrompts {
  private OtherPrompts() {}

  /**
   * Reads them.
   *
   * @param source the library or a file
   * @param mode mean or resample; for the latter those that are long enough, cut to this length
   * @param length tokens of the prompt that heads are taken away on
   * @throws HeadlightException when none can be used
   */
  public static List<int[]> read(
      Model model, PromptSource source, Treatment.Mode mode, int length) {
    List<int[]> all =
        source.kind() == PromptSource.Kind.FILE
            ? PromptSets.file(model, Path.of(source.file()), Bos.DEFAULT).sequences()
            : PromptSets.library(model, PromptLibrary.ofUser()).sequences();
    return mode == Treatment.Mode.MEAN ? all : fitting(all, length);
  }

  /** Outputs are taken position by position. */
  private static List<int[]> fitting(List<int[]> all, int length) {
    List<int[]> fitting =
        all.stream().filter(s -> s.length >= length).map(s -> Arrays.copyOf(s, length)).toList();
    if (fitting.isEmpty()) {
      throw new HeadlightException(
          Kind.INPUT,
          "none of the %d prompts to resample from has the %d tokens of this one; shorten it or give longer ones"
              .formatted(all.size(), length));
    }
    return fitting;
  }
}
