package dev.headlight.app.workbench;

import dev.headlight.analysis.io.Tables;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.roles.Role;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.scores.HeadFilter;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.HeadTable;
import dev.headlight.renderer.Ticks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Every head by every role.
 *
 * @param columns the scores
 * @param heads those that the filter lets through, in order
 * @param numbers what is known of them
 */
public record RoleTable(List<HeadScore> columns, List<Head> heads, RoleNumbers numbers) {
  /** Copies the lists. */
  public RoleTable {
    columns = List.copyOf(columns);
    heads = List.copyOf(heads);
  }

  /**
   * A cell.
   *
   * @param text its number; a dash where there is none
   * @param spread standard deviation over the sequences, with its sign; empty where there is none
   * @param strong whether the number reaches the threshold of its role
   * @param against what contradicts it; empty for nothing
   */
  public record Cell(String text, String spread, boolean strong, Optional<String> against) {}

  /** The heads of a model; by layer, or by a score with heads without it last. */
  public static RoleTable of(
      ModelSpec spec, GridOrder order, HeadFilter filter, RoleNumbers numbers) {
    HeadArrangement arranged = HeadArrangement.of(spec, order, filter, numbers);
    return new RoleTable(
        columns(numbers),
        arranged.heads().stream().filter(arranged.matching()::contains).toList(),
        numbers);
  }

  /**
   * Every score there is: answers to questions once they have been asked, what defines a role,
   * other numbers, second definitions.
   */
  private static List<HeadScore> columns(RoleNumbers numbers) {
    return KnownScores.all().all().stream()
        .sorted(Comparator.comparingInt(RoleTable::place))
        .filter(s -> !asked(s) || numbers.table(s).isPresent())
        .toList();
  }

  /** Whether it is there only once somebody asked, or the prompt has what it needs. */
  private static boolean asked(HeadScore score) {
    return score.origin() instanceof HeadScore.OfQuestion
        || score.origin() instanceof HeadScore.OfPrompt;
  }

  private static int place(HeadScore score) {
    if (asked(score)) {
      return 0;
    }
    List<String> roles = Role.all().stream().map(Role::score).toList();
    if (roles.contains(score.id())) {
      return 1 + roles.indexOf(score.id());
    }
    boolean second = Role.defining(score.id()).isPresent();
    return second ? Integer.MAX_VALUE : 1 + roles.size();
  }

  /** A cell. */
  public Cell cell(Head head, HeadScore score) {
    Optional<HeadTable> table = numbers.table(score);
    double value = table.map(t -> t.at(head)).orElse(Double.NaN);
    double deviation = table.map(t -> t.deviation(head)).orElse(Double.NaN);
    boolean strong =
        Role.all().stream()
            .filter(r -> r.score().equals(score.id()) || r.second().equals(score.id()))
            .anyMatch(r -> r.beyond(value) >= 0);
    return new Cell(
        number(value),
        Double.isNaN(deviation) ? "" : "±" + number(deviation),
        strong,
        numbers.disagreement(score, head));
  }

  /** A number as tables write it: two digits after the point below 10; a dash for none. */
  public static String number(double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    String text =
        Math.abs(value) >= 10 ? Ticks.format(value) : String.format(Locale.ROOT, "%.2f", value);
    return text.replace('-', '−');
  }

  /**
   * What a file of head scores says, a row a head and score that is known.
   *
   * @param params on what each score was measured, by id
   */
  public List<Tables.HeadScore> rows(Map<String, String> params) {
    List<Tables.HeadScore> rows = new ArrayList<>();
    for (HeadScore score : columns) {
      numbers
          .table(score)
          .ifPresent(
              table -> {
                for (Head head : heads) {
                  if (!Double.isNaN(table.at(head))) {
                    rows.add(row(score, table, head, params.getOrDefault(score.id(), "")));
                  }
                }
              });
    }
    return rows;
  }

  private Tables.HeadScore row(HeadScore score, HeadTable table, Head head, String params) {
    double deviation = table.deviation(head);
    return new Tables.HeadScore(
        score.id(),
        head.layer(),
        head.head(),
        numbers.kvGroup(head),
        table.at(head),
        Double.isNaN(deviation) ? null : deviation,
        table.runs(),
        null,
        params);
  }
}
