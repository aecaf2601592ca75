package dev.headlight.analysis.roles;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A head in words, from its scores by the rules of {@link Role}. */
public final class HeadCard {
  private static final double MOST = 0.5;

  /** What is known of one head. */
  @FunctionalInterface
  public interface Facts {
    /** A score by its id; empty where it is not known. */
    Optional<Fact> of(String score);
  }

  /**
   * A score of one head.
   *
   * @param value mean over the sequences
   * @param deviation sample standard deviation over them; NaN where there is one
   * @param runs number of sequences
   */
  public record Fact(double value, double deviation, int runs) {}

  /** How sure a line is. */
  public enum Certainty {
    /** The threshold is farther away than one standard deviation, and no definition disagrees. */
    SURE("sure"),
    /** It is nearer, or two definitions disagree. */
    NOT_SURE("not sure"),
    /** There is one sequence, so the spread is not known. */
    ONE("one prompt only");

    private final String words;

    Certainty(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
    }
  }

  /**
   * What is said of a role.
   *
   * @param role that the head has, or may have
   * @param text a sentence with its numbers and the threshold
   * @param certainty how sure it is
   */
  public record Line(Role role, String text, Certainty certainty) {}

  private HeadCard() {}

  /** The roles that a head has or may have, in the order of {@link Role#all}. */
  public static List<Line> lines(Facts facts) {
    List<Line> lines = new ArrayList<>();
    for (Role role : Role.all()) {
      facts.of(role.score()).flatMap(fact -> line(role, fact, facts)).ifPresent(lines::add);
    }
    return lines;
  }

  private static Optional<Line> line(Role role, Fact fact, Facts facts) {
    double beyond = role.beyond(fact.value());
    boolean met = beyond >= 0;
    boolean near = Math.abs(beyond) <= fact.deviation();
    Optional<Fact> other =
        facts.of(role.second()).filter(f -> role.disagree(fact.value(), f.value()));
    // NaN, a score without a number, is neither met nor near; it can disagree with nothing.
    if (!met && !near && other.isEmpty()) {
      return Optional.empty();
    }
    String numbers =
        "%s %s%s, threshold %s"
            .formatted(role.score(), number(fact.value()), spread(fact), number(role.threshold()));
    String against =
        other.map(f -> "; but %s %s".formatted(role.second(), number(f.value()))).orElse("");
    Certainty certainty =
        near || other.isPresent()
            ? Certainty.NOT_SURE
            : Double.isNaN(fact.deviation()) && !ofWeights(role) ? Certainty.ONE : Certainty.SURE;
    String does = certainty == Certainty.NOT_SURE ? "May be: it " : "It ";
    return Optional.of(
        new Line(role, "%s%s (%s%s).".formatted(does, role.does(), numbers, against), certainty));
  }

  /** Weights are the same for every prompt. */
  private static boolean ofWeights(Role role) {
    return role.score().equals(CopyingJob.ID);
  }

  private static String spread(Fact fact) {
    return Double.isNaN(fact.deviation()) ? "" : " ± " + number(fact.deviation());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value).replace('-', '−');
  }

  /** What a head mostly does on one prompt, in one sentence. */
  public static String sentence(Facts facts) {
    double first = value(facts, "first");
    double previous = value(facts, "previous");
    double induction = value(facts, RoleScores.INDUCTION_TEXT.id());
    if (previous >= MOST && previous >= first) {
      return mostly("looks at the token before", previous);
    }
    if (first >= MOST) {
      return mostly("rests on the first token", first);
    }
    if (induction >= MOST) {
      return "Where a token of this prompt stood before, it looks at what followed there: %s of its attention."
          .formatted(percent(induction));
    }
    return "On this prompt a query spreads over about %s tokens (e to the mean entropy)."
        .formatted(String.format(Locale.ROOT, "%.1f", Math.exp(value(facts, "entropy"))));
  }

  private static String mostly(String does, double share) {
    return "On this prompt it mostly %s: %s of its attention.".formatted(does, percent(share));
  }

  private static double value(Facts facts, String score) {
    return facts.of(score).map(Fact::value).orElse(Double.NaN);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
