package dev.headlight.app.view;

import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.app.workbench.HeadNumbers;
import dev.headlight.app.workbench.KnownScores;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.Ticks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** A head's name and numbers in a line, for the eye and for screen readers. */
final class HeadReadout {
  private static final Set<String> ALWAYS = Set.of("entropy", "distance", "first", "previous");

  private HeadReadout() {}

  /** "L17H5 (KV group 1) entropy 1.23 nats · first token 0.66 · …"; empty for no head. */
  static String text(Workbench w, Head head) {
    return text(w, head, score -> true);
  }

  /** The same with what every pass tells, and what colours and orders the grid. */
  static String brief(Workbench w, Head head) {
    String colour = w.gridColour.get().score().map(HeadScore::id).orElse("");
    String order = w.gridOrder.get().score();
    return text(
        w, head, s -> ALWAYS.contains(s.id()) || s.id().equals(colour) || s.id().equals(order));
  }

  private static String text(Workbench w, Head head, Predicate<HeadScore> told) {
    if (head == null || w.model.get() == null) {
      return "";
    }
    ModelSpec spec = w.model.get().spec();
    StringBuilder text = new StringBuilder(head.toString());
    if (spec.kvHeads() < spec.heads()) {
      text.append(" (KV group ").append(spec.kvGroup(head.head())).append(')');
    }
    List<String> numbers = new ArrayList<>();
    HeadNumbers known = HeadNumbers.of(w);
    KnownScores.all().all().stream()
        .filter(told)
        .forEach(s -> known.table(s).ifPresent(table -> numbers.add(number(s, table.at(head)))));
    return numbers.isEmpty() ? text.toString() : text + "  " + String.join(" · ", numbers);
  }

  private static String number(HeadScore score, double value) {
    String unit = score.unit().isEmpty() ? "" : " " + score.unit();
    return score.title().toLowerCase(Locale.ROOT) + " " + Ticks.format(value) + unit;
  }
}
