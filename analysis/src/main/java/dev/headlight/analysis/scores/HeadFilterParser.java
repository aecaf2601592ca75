package dev.headlight.analysis.scores;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.scores.FilterTokens.Kind;
import dev.headlight.analysis.scores.FilterTokens.Token;
import dev.headlight.analysis.scores.HeadFilter.Condition;
import dev.headlight.analysis.scores.HeadFilter.Facts;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads a {@link HeadFilter} by recursive descent. */
final class HeadFilterParser {
  private static final Set<String> COMPARISONS = Set.of("<", "<=", ">", ">=", "=", "!=");

  /** A number that may depend on the head. */
  @FunctionalInterface
  private interface Value {
    double of(Head head, Facts facts);
  }

  private final String text;
  private final List<Token> tokens;
  private final Collection<String> scores;
  private final Collection<String> groups;
  private final Set<String> asked = new TreeSet<>();
  private int next;

  HeadFilterParser(String text, Collection<String> scores, Collection<String> groups) {
    this.text = text;
    this.scores = scores;
    this.groups = groups;
    tokens = FilterTokens.of(text);
  }

  HeadFilter parse() {
    Condition condition = either();
    if (token().kind() != Kind.END) {
      throw expected("and, or, or the end");
    }
    return new HeadFilter(text, asked, condition);
  }

  private Token token() {
    return tokens.get(next);
  }

  private boolean take(String word) {
    boolean there = token().is(word);
    next += there ? 1 : 0;
    return there;
  }

  private Condition either() {
    Condition left = both();
    while (take("or")) {
      Condition a = left;
      Condition b = both();
      left = (head, facts) -> a.test(head, facts) || b.test(head, facts);
    }
    return left;
  }

  private Condition both() {
    Condition left = single();
    while (take("and")) {
      Condition a = left;
      Condition b = single();
      left = (head, facts) -> a.test(head, facts) && b.test(head, facts);
    }
    return left;
  }

  private Condition single() {
    if (take("not")) {
      Condition inner = single();
      return (head, facts) -> !inner.test(head, facts);
    }
    if (take("(")) {
      Condition inner = either();
      if (!take(")")) {
        throw expected("and, or, or )");
      }
      return inner;
    }
    return token().is("group") ? group() : comparison();
  }

  private Condition group() {
    next++;
    boolean not = token().is("!=");
    if (!not && !token().is("=")) {
      throw expected("= or != and the name of a group of heads");
    }
    next++;
    Token name = token();
    if (name.kind() != Kind.NAME && name.kind() != Kind.WORD) {
      throw expected("the name of a group of heads, in quotes where it has spaces");
    }
    String known =
        named(groups, name.text())
            .orElseThrow(() -> unknown(name, "group of heads", List.copyOf(groups)));
    next++;
    return (head, facts) -> facts.inGroup(known, head) != not;
  }

  private Condition comparison() {
    Value left = value();
    if (!COMPARISONS.contains(token().text()) || token().kind() != Kind.SIGN) {
      throw expected("one of < <= > >= = !=");
    }
    Condition all = null;
    while (token().kind() == Kind.SIGN && COMPARISONS.contains(token().text())) {
      String sign = token().text();
      next++;
      Value a = left;
      Value b = value();
      Condition before = all;
      all =
          (head, facts) ->
              (before == null || before.test(head, facts))
                  && compare(a.of(head, facts), sign, b.of(head, facts));
      left = b;
    }
    return all;
  }

  private static boolean compare(double a, String sign, double b) {
    return switch (sign) {
      case "<" -> a < b;
      case "<=" -> a <= b;
      case ">" -> a > b;
      case ">=" -> a >= b;
      case "=" -> a == b;
      default -> a < b || a > b; // An unknown number is not met by any comparison.
    };
  }

  private Value value() {
    Token token = token();
    if (token.kind() == Kind.NUMBER) {
      next++;
      return (head, facts) -> token.number();
    }
    if (token.kind() != Kind.WORD || token.is("and") || token.is("or") || token.is("not")) {
      throw expected("a score, layer, head, kvGroup or a number");
    }
    next++;
    if (token.is("layer")) {
      return (head, facts) -> head.layer();
    }
    if (token.is("head")) {
      return (head, facts) -> head.head();
    }
    if (token.is("kvGroup")) {
      return (head, facts) -> facts.kvGroup(head);
    }
    String id =
        named(scores, token.text()).orElseThrow(() -> unknown(token, "score", List.copyOf(scores)));
    asked.add(id);
    return (head, facts) -> facts.score(id, head);
  }

  private static Optional<String> named(Collection<String> names, String name) {
    return names.stream()
        .filter(name::equals)
        .findFirst()
        .or(() -> names.stream().filter(name::equalsIgnoreCase).findFirst());
  }

  private HeadFilterException expected(String what) {
    Token found = token();
    String name =
        found.kind() == Kind.END
            ? "the end"
            : "\"" + text.substring(found.start(), found.end()) + "\"";
    return new HeadFilterException(
        "expected " + what + ", found " + name, found.start(), found.end() - found.start());
  }

  private static HeadFilterException unknown(Token token, String what, List<String> names) {
    String known = names.isEmpty() ? "there is none yet" : "there are " + String.join(", ", names);
    return new HeadFilterException(
        "no %s is called \"%s\"; %s".formatted(what, token.text(), known),
        token.start(),
        token.end() - token.start());
  }
}
