package dev.headlight.app.view;

import dev.headlight.analysis.attention.HeadStatistics;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.roles.HeadCard;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.workbench.KnownScores;
import dev.headlight.app.workbench.Workbench;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sentences about a head, all from what was computed. */
final class HeadWords {
  private HeadWords() {}

  /** "KV group 1", or nothing where each head has its own keys. */
  static String group(Workbench w) {
    ModelFacts model = w.model.get();
    Head head = w.head.get();
    if (model == null || head == null || model.spec().kvHeads() == model.spec().heads()) {
      return "";
    }
    return "KV group " + model.spec().kvGroup(head.head());
  }

  /** "query head 5 of 9, shares keys with H3, H4". */
  static String place(ModelSpec spec, Head head) {
    String place = "query head " + head.head() + " of " + spec.heads();
    int size = spec.heads() / spec.kvHeads();
    if (size == 1) {
      return place + ", with keys of its own";
    }
    int first = spec.kvGroup(head.head()) * size;
    String others =
        IntStream.range(first, first + size)
            .filter(h -> h != head.head())
            .mapToObj(h -> "H" + h)
            .collect(Collectors.joining(", "));
    return place + ", shares keys with " + others;
  }

  /** What a head mostly does on the prompt at hand. */
  static String sentence(HeadStatistics s, Head head) {
    return HeadCard.sentence(
        id ->
            KnownScores.all()
                .find(id)
                .map(HeadScore::origin)
                .filter(HeadScore.OfPass.class::isInstance)
                .map(origin -> ((HeadScore.OfPass) origin).table().apply(s))
                .map(t -> HeadStatistics.at(t, head.layer(), head.head()))
                .map(value -> new HeadCard.Fact(value, Double.NaN, 1)));
  }

  /** A share as a percentage. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** What to type where there is no prompt. */
  static String invitation(Workbench w) {
    return w.model.get().hasTokenizer()
        ? "Type a prompt to see what the heads look at."
        : "Type token ids, such as 1 2 3, to see what the heads look at.";
  }
}
