package dev.headlight.app.workbench;

import dev.headlight.analysis.roles.HeadCard;
import dev.headlight.analysis.roles.Role;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.scores.HeadFilter;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.HeadTable;
import dev.headlight.analysis.scores.ScoreJob;
import java.util.Optional;

/**
 * What is known of the heads, with scores of a pass averaged over prompts where some are chosen.
 */
public final class RoleNumbers implements HeadFilter.Facts {
  private final HeadNumbers numbers;
  private final boolean many;
  private final ScoreJob.Result averaged;

  /**
   * @param numbers of the prompt at hand, and of jobs
   * @param many whether scores of a pass are those of several prompts
   * @param averaged these, or null while they are not known
   */
  public RoleNumbers(HeadNumbers numbers, boolean many, ScoreJob.Result averaged) {
    this.numbers = numbers;
    this.many = many;
    this.averaged = averaged;
  }

  /** A score of every head; empty where it is not known yet. */
  public Optional<HeadTable> table(HeadScore score) {
    if (many && score.origin() instanceof HeadScore.OfPass) {
      return Optional.ofNullable(averaged).map(a -> a.tables().get(score.id()));
    }
    return numbers.table(score);
  }

  /** What a head's card reads. */
  public HeadCard.Facts facts(Head head) {
    return id ->
        KnownScores.all()
            .find(id)
            .flatMap(this::table)
            .map(t -> new HeadCard.Fact(t.at(head), t.deviation(head), t.runs()));
  }

  /** What another definition of the same role says, where the two contradict each other. */
  public Optional<String> disagreement(HeadScore score, Head head) {
    Optional<Role> role = Role.defining(score.id()).filter(r -> !r.second().isEmpty());
    if (role.isEmpty()) {
      return Optional.empty();
    }
    double first = score(role.get().score(), head);
    double second = score(role.get().second(), head);
    if (!role.get().disagree(first, second)) {
      return Optional.empty();
    }
    return Optional.of(
        "%s %s, but %s %s"
            .formatted(
                role.get().score(),
                RoleTable.number(first),
                role.get().second(),
                RoleTable.number(second)));
  }

  @Override
  public double score(String id, Head head) {
    return KnownScores.all().find(id).flatMap(this::table).map(t -> t.at(head)).orElse(Double.NaN);
  }

  @Override
  public int kvGroup(Head head) {
    return numbers.kvGroup(head);
  }

  @Override
  public boolean inGroup(String group, Head head) {
    return numbers.inGroup(group, head);
  }
}
