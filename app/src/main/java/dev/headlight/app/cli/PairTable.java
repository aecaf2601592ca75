package dev.headlight.app.cli;

import dev.headlight.analysis.pairs.PairAlignment;
import dev.headlight.analysis.pairs.PairAlignment.Column;
import dev.headlight.analysis.pairs.PairAlignment.Mark;
import dev.headlight.analysis.pairs.PairRole;
import dev.headlight.analysis.pairs.PairScores;
import dev.headlight.analysis.pairs.ReadPair;
import dev.headlight.analysis.text.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A pair with one token under the other, as lines of text. */
final class PairTable {
  private static final int WIDEST = 110;
  private static final String GAP = "·";

  private final ReadPair pair;
  private final PairAlignment alignment;
  private final String[] roles;

  PairTable(ReadPair pair) {
    this.pair = pair;
    alignment = pair.alignment();
    roles = new String[alignment.columns().size()];
    Arrays.fill(roles, "");
    pair.text().roles().forEach(this::mark);
  }

  /** Names the role over its last token. */
  private void mark(PairRole role) {
    Optional<ReadPair.Range> range = pair.inClean(role);
    for (int c = 0; range.isPresent() && c < roles.length; c++) {
      if (alignment.columns().get(c).clean() == range.get().last()) {
        roles[c] = roles[c].isEmpty() ? role.name() : roles[c] + "," + role.name();
      }
    }
  }

  /** The lines of a pair. */
  String text(int index, Optional<PairScores.One> scores) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%d  %s, not %s  (%s)%s%n"
            .formatted(
                index + 1,
                answer(pair.ids().answer(), pair.text().answer()),
                answer(pair.ids().wrong(), pair.text().wrong()),
                alignment.explanation(),
                scores
                    .map(s -> "  clean %.3f, corrupt %.3f".formatted(s.clean(), s.corrupt()))
                    .orElse("")));
    int from = 0;
    while (from < roles.length) {
      int to = fitting(from);
      rows(text, from, to);
      from = to;
    }
    return text.toString().stripTrailing() + System.lineSeparator();
  }

  private static String answer(int[] ids, String text) {
    String shown = text.replace(' ', '␣');
    return ids.length == 1 ? shown : shown + " (" + ids.length + " tokens)";
  }

  /** One past the last column that still fits into a line. */
  private int fitting(int from) {
    int width = 0;
    int to = from;
    while (to < roles.length && (to == from || width + width(to) <= WIDEST)) {
      width += width(to++);
    }
    return to;
  }

  private int width(int column) {
    Column c = alignment.columns().get(column);
    int token =
        Math.max(
            length(label(pair.clean(), c.clean())), length(label(pair.corrupt(), c.corrupt())));
    return Math.max(token, roles[column].length()) + 1;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String label(Tokens tokens, int position) {
    return position == PairAlignment.NONE ? GAP : tokens.label(position);
  }

  private void rows(StringBuilder text, int from, int to) {
    List<Column> columns = alignment.columns();
    row(text, "", from, to, c -> roles[c]);
    row(text, "clean", from, to, c -> label(pair.clean(), columns.get(c).clean()));
    row(text, "corrupt", from, to, c -> label(pair.corrupt(), columns.get(c).corrupt()));
    row(text, "", from, to, c -> columns.get(c).mark() == Mark.SAME ? "" : "^");
  }

  private interface Cells {
    String at(int column);
  }

  /** A line, unless there is nothing in it. */
  private void row(StringBuilder text, String name, int from, int to, Cells cells) {
    StringBuilder line = new StringBuilder("   %-8s".formatted(name));
    boolean any = !name.isEmpty();
    for (int c = from; c < to; c++) {
      String cell = cells.at(c);
      any |= !cell.isEmpty();
      line.append(cell).append(" ".repeat(Math.max(0, width(c) - length(cell))));
    }
    if (any) {
      text.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }
  }
}
