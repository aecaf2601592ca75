package dev.headlight.analysis.text.jinja;

import dev.headlight.analysis.text.jinja.Callable.Arguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Jinja2's grammar of expressions, weakest operator first. */
final class ExpressionParser {
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", ">", "<=", ">=");
  private static final Set<String> WORDS = Set.of("else", "or", "and", "is", "if", "not", "in");
  private static final int DEEPEST = 200;

  private final TokenReader words;
  private final PrimaryParser primaries;
  private int depth;

  ExpressionParser(TokenReader words) {
    this.words = words;
    this.primaries = new PrimaryParser(words, this);
  }

  /** An expression, with {@code a if b else c}. */
  Expression expression() {
    if (++depth > DEEPEST) {
      throw new JinjaException("expressions are nested more than " + DEEPEST + " deep")
          .at(words.line());
    }
    Expression value = or();
    while (words.takeName("if")) {
      Expression then = value;
      Expression condition = or();
      Expression other =
          words.takeName("else")
              ? expression()
              : scope -> new Undefined("the inline if has no else");
      value =
          scope -> Values.truth(condition.value(scope)) ? then.value(scope) : other.value(scope);
    }
    depth--;
    return value;
  }

  /** An expression or, with commas, a list of them. */
  Expression tuple() {
    Expression first = expression();
    if (!words.peek().isSymbol(",")) {
      return first;
    }
    List<Expression> all = new ArrayList<>(List.of(first));
    while (words.takeSymbol(",") && words.peek().kind() != Token.Kind.END) {
      all.add(expression());
    }
    return listOf(all);
  }

  static Expression listOf(List<Expression> elements) {
    return scope -> {
      List<Object> list = new ArrayList<>();
      elements.forEach(e -> list.add(e.value(scope)));
      return list;
    };
  }

  /** Without an inline if, as in {@code for x in … if …}. */
  Expression or() {
    Expression left = and();
    while (words.takeName("or")) {
      Expression a = left;
      Expression b = and();
      left =
          scope -> {
            Object value = a.value(scope);
            return Values.truth(value) ? value : b.value(scope);
          };
    }
    return left;
  }

  private Expression and() {
    Expression left = not();
    while (words.takeName("and")) {
      Expression a = left;
      Expression b = not();
      left =
          scope -> {
            Object value = a.value(scope);
            return Values.truth(value) ? b.value(scope) : value;
          };
    }
    return left;
  }

  private Expression not() {
    if (words.peek().isName("not") && !words.peekNext().isName("in")) {
      words.next();
      Expression value = not();
      return scope -> !Values.truth(value.value(scope));
    }
    return comparison();
  }

  private Expression comparison() {
    Expression first = sum();
    List<Link> links = new ArrayList<>();
    for (String operator = comparator(); operator != null; operator = comparator()) {
      links.add(new Link(operator, sum()));
    }
    return links.isEmpty() ? first : scope -> holds(first.value(scope), links, scope);
  }

  private record Link(String operator, Expression right) {}

  private String comparator() {
    Token token = words.peek();
    if (token.kind() == Token.Kind.SYMBOL && COMPARISONS.contains(token.text())) {
      return words.next().text();
    }
    if (words.takeName("in")) {
      return "in";
    }
    if (token.isName("not") && words.peekNext().isName("in")) {
      words.next();
      words.next();
      return "not in";
    }
    return null;
  }

  private static boolean holds(Object first, List<Link> links, Scope scope) {
    Object left = first;
    for (Link link : links) {
      Object right = link.right().value(scope);
      if (!holds(link.operator(), left, right)) {
        return false;
      }
      left = right;
    }
    return true;
  }

  private static boolean holds(String operator, Object a, Object b) {
    return switch (operator) {
      case "==" -> Values.equal(a, b);
      case "!=" -> !Values.equal(a, b);
      case "in" -> Values.contains(b, a);
      case "not in" -> !Values.contains(b, a);
      case "<" -> Values.compare(a, b) < 0;
      case "<=" -> Values.compare(a, b) <= 0;
      case ">" -> Values.compare(a, b) > 0;
      default -> Values.compare(a, b) >= 0;
    };
  }

  private Expression sum() {
    Expression left = concatenation();
    while (words.peek().isSymbol("+") || words.peek().isSymbol("-")) {
      left = operation(words.next().text(), left, concatenation());
    }
    return left;
  }

  private Expression concatenation() {
    Expression left = product();
    while (words.takeSymbol("~")) {
      Expression a = left;
      Expression b = product();
      left = scope -> Values.text(a.value(scope)).concat(Values.text(b.value(scope)));
    }
    return left;
  }

  private Expression product() {
    Expression left = power();
    while (Set.of("*", "/", "//", "%").contains(words.peek().text())
        && words.peek().kind() == Token.Kind.SYMBOL) {
      left = operation(words.next().text(), left, power());
    }
    return left;
  }

  private Expression power() {
    Expression left = unary(true);
    while (words.takeSymbol("**")) {
      left = operation("**", left, unary(true));
    }
    return left;
  }

  private static Expression operation(String symbol, Expression a, Expression b) {
    return scope -> {
      scope.rendering().step();
      return Operators.apply(symbol, a.value(scope), b.value(scope));
    };
  }

  private Expression unary(boolean filtered) {
    Expression value;
    if (words.takeSymbol("-")) {
      Expression positive = unary(false);
      value = scope -> Operators.negative(positive.value(scope));
    } else if (words.takeSymbol("+")) {
      value = unary(false);
    } else {
      value = postfix(primaries.primary());
    }
    return filtered ? filters(value) : value;
  }

  private Expression postfix(Expression start) {
    Expression value = start;
    while (true) {
      if (words.takeSymbol(".")) {
        value = primaries.dot(value);
      } else if (words.takeSymbol("[")) {
        value = primaries.subscript(value);
      } else if (words.peek().isSymbol("(")) {
        value = call(value);
      } else {
        return value;
      }
    }
  }

  private Expression call(Expression function) {
    int line = words.line();
    ArgumentList given = arguments();
    return scope -> {
      scope.rendering().step();
      Object called = function.value(scope);
      Values.refuseUndefined(called);
      if (called instanceof Callable callable) {
        return callable.call(given.values(scope));
      }
      throw new JinjaException("'%s' object cannot be called".formatted(Values.type(called)))
          .at(line);
    };
  }

  /** Filters and tests behind a value. */
  Expression filters(Expression start) {
    Expression value = start;
    while (true) {
      if (words.takeSymbol("|")) {
        value = filter(value);
      } else if (words.takeName("is")) {
        value = test(value);
      } else if (words.peek().isSymbol("(")) {
        value = call(value);
      } else {
        return value;
      }
    }
  }

  private Expression filter(Expression value) {
    int line = words.line();
    String name = words.name();
    ArgumentList given = words.peek().isSymbol("(") ? arguments() : ArgumentList.NONE;
    return scope -> {
      scope.rendering().step();
      try {
        return Filters.find(name).apply(value.value(scope), given.values(scope));
      } catch (JinjaException e) {
        throw e.at(line);
      }
    };
  }

  private Expression test(Expression value) {
    boolean negated = words.takeName("not");
    String name = words.name();
    ArgumentList given = ArgumentList.NONE;
    Token next = words.peek();
    if (next.isSymbol("(")) {
      given = arguments();
    } else if (startsValue(next)) {
      given = new ArgumentList(List.of(postfix(primaries.primary())), Map.of());
    }
    ArgumentList arguments = given;
    return scope -> Tests.find(name).holds(value.value(scope), arguments.values(scope)) != negated;
  }

  private static boolean startsValue(Token token) {
    return switch (token.kind()) {
      case TEXT, INTEGER, FLOAT -> true;
      case NAME -> !WORDS.contains(token.text());
      case SYMBOL -> token.text().equals("[") || token.text().equals("{");
      case END -> false;
    };
  }

  /** What stands in the round brackets of a call. */
  ArgumentList arguments() {
    words.symbol("(");
    List<Expression> values = new ArrayList<>();
    Map<String, Expression> named = new LinkedHashMap<>();
    while (!words.takeSymbol(")")) {
      if (words.peek().kind() == Token.Kind.NAME && words.peekNext().isSymbol("=")) {
        String name = words.name();
        words.symbol("=");
        named.put(name, expression());
      } else {
        values.add(expression());
      }
      if (!words.peek().isSymbol(")")) {
        words.symbol(",");
      }
    }
    return new ArgumentList(values, named);
  }

  /** Arguments before they have values. */
  record ArgumentList(List<Expression> positional, Map<String, Expression> named) {
    static final ArgumentList NONE = new ArgumentList(List.of(), Map.of());

    Arguments values(Scope scope) {
      List<Object> values = new ArrayList<>();
      positional.forEach(e -> values.add(e.value(scope)));
      Map<String, Object> byName = new LinkedHashMap<>();
      named.forEach((name, e) -> byName.put(name, e.value(scope)));
      return new Arguments(values, byName);
    }
  }
}
