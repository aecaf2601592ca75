package dev.headlight.app.pairs;

import dev.headlight.analysis.pairs.AnswerText;
import dev.headlight.analysis.pairs.PairAlignment.Column;
import dev.headlight.analysis.pairs.PairRole;
import dev.headlight.analysis.pairs.PromptPair;
import dev.headlight.analysis.pairs.TextSpan;
import dev.headlight.analysis.text.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pair as it is typed.
 *
 * @param answer as people write it; see {@link AnswerText}
 * @param wrong likewise
 */
public record PairDraft(
    String clean, String corrupt, String answer, String wrong, List<PairRole> roles) {
  /** Nothing typed. */
  public static final PairDraft EMPTY = new PairDraft("", "", "", "", List.of());

  /** Copies the list. */
  public PairDraft {
    roles = List.copyOf(roles);
  }

  /** What is to be typed for a pair. */
  public static PairDraft of(PromptPair pair) {
    return new PairDraft(
        pair.clean(),
        pair.corrupt(),
        AnswerText.typed(pair.clean(), pair.answer()),
        AnswerText.typed(pair.clean(), pair.wrong()),
        pair.roles());
  }

  /** The pair that is typed. */
  public PromptPair pair() {
    return PromptPair.typed(clean, corrupt, answer, wrong).withRoles(roles);
  }

  /** Whether nothing is typed. */
  public boolean blank() {
    return clean.isBlank() && corrupt.isBlank() && answer.isBlank() && wrong.isBlank();
  }

  /** With another clean prompt; roles move along, those of deleted words are dropped. */
  public PairDraft withClean(String text) {
    List<PairRole> moved = new ArrayList<>();
    for (PairRole role : roles) {
      moved(role.clean(), clean, text)
          .ifPresent(span -> moved.add(new PairRole(role.name(), span, role.corrupt())));
    }
    return new PairDraft(text, corrupt, answer, wrong, moved);
  }

  /** With another corrupt prompt; roles move along, those of deleted words are dropped. */
  public PairDraft withCorrupt(String text) {
    List<PairRole> moved = new ArrayList<>();
    for (PairRole role : roles) {
      moved(role.corrupt(), corrupt, text)
          .ifPresent(span -> moved.add(new PairRole(role.name(), role.clean(), span)));
    }
    return new PairDraft(clean, text, answer, wrong, moved);
  }

  /** With another answer, as people write it. */
  public PairDraft withAnswer(String text) {
    return new PairDraft(clean, corrupt, text, wrong, roles);
  }

  /** With another wrong answer, as people write it. */
  public PairDraft withWrong(String text) {
    return new PairDraft(clean, corrupt, answer, text, roles);
  }

  /** With a role in two places; it leaves where it was, and so does what was there. */
  public PairDraft marked(String name, TextSpan inClean, TextSpan inCorrupt) {
    List<PairRole> all = new ArrayList<>(unmarked(inClean).roles());
    all.removeIf(r -> r.name().equals(name));
    all.add(new PairRole(name, inClean, inCorrupt));
    return new PairDraft(clean, corrupt, answer, wrong, all);
  }

  /** Without the roles of a place of the clean prompt. */
  public PairDraft unmarked(TextSpan inClean) {
    List<PairRole> rest = roles.stream().filter(r -> !r.clean().overlaps(inClean)).toList();
    return new PairDraft(clean, corrupt, answer, wrong, rest);
  }

  /**
   * Where a part of the old text stands in the new one, also when letters inside of it changed;
   * nowhere, when it is gone or more than it was changed.
   */
  private static Optional<TextSpan> moved(TextSpan span, String before, String now) {
    int shorter = Math.min(before.length(), now.length());
    int begin = 0;
    while (begin < shorter && before.charAt(begin) == now.charAt(begin)) {
      begin++;
    }
    int end = 0;
    while (end < shorter - begin
        && before.charAt(before.length() - 1 - end) == now.charAt(now.length() - 1 - end)) {
      end++;
    }
    int shift = now.length() - before.length();
    if (span.end() <= begin) {
      return Optional.of(span);
    }
    if (span.start() >= before.length() - end) {
      return Optional.of(new TextSpan(span.start() + shift, span.end() + shift));
    }
    boolean within = span.start() <= begin && before.length() - end <= span.end();
    return within && span.end() + shift > span.start()
        ? Optional.of(new TextSpan(span.start(), span.end() + shift))
        : Optional.empty();
  }

  /** What a token of a prompt says when it follows; empty where it says nothing. */
  static Optional<String> continuation(Tokens tokens, int position) {
    if (tokens.special(position) || tokens.spanText(position).isBlank()) {
      return Optional.empty();
    }
    String text = tokens.spanText(position).strip();
    boolean begins = tokens.label(position).startsWith("␣") || tokens.start(position) == 0;
    return Optional.of(begins ? " " + text : text);
  }

  /**
   * With a role in a column.
   *
   * @param of the pair as it is read
   * @param role empty for none
   * @return empty where the column has no word in both prompts
   */
  Optional<PairDraft> marked(PairReading of, Column column, String role) {
    if (column.clean() < 0 || column.corrupt() < 0) {
      return Optional.empty();
    }
    TextSpan inClean = span(of.clean(), column.clean());
    TextSpan inCorrupt = span(of.corrupt(), column.corrupt());
    if (inClean.end() <= inClean.start() || inCorrupt.end() <= inCorrupt.start()) {
      return Optional.empty();
    }
    return Optional.of(role.isEmpty() ? unmarked(inClean) : marked(role, inClean, inCorrupt));
  }

  /** The characters of a token without the blanks around them. */
  private static TextSpan span(Tokens tokens, int position) {
    String text = tokens.spanText(position);
    int start = tokens.start(position) + text.length() - text.stripLeading().length();
    return new TextSpan(start, Math.max(start, start + text.strip().length()));
  }
}
