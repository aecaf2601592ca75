package dev.headlight.analysis.text.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names, literals and what is picked out of a value. */
final class PrimaryParser {
  private final TokenReader words;
  private final ExpressionParser expressions;

  PrimaryParser(TokenReader words, ExpressionParser expressions) {
    this.words = words;
    this.expressions = expressions;
  }

  Expression primary() {
    Token token = words.next();
    return switch (token.kind()) {
      case NAME -> name(token);
      case TEXT -> text(token);
      case INTEGER -> constant(whole(token));
      case FLOAT -> constant(Double.valueOf(token.text()));
      case SYMBOL -> bracket(token);
      case END -> throw TokenReader.unexpected(token, "a value");
    };
  }

  private static Object whole(Token token) {
    try {
      return Long.valueOf(token.text());
    } catch (NumberFormatException e) {
      throw TokenReader.unexpected(token, "a smaller number");
    }
  }

  private static Expression constant(Object value) {
    return scope -> value;
  }

  private static Expression name(Token token) {
    String name = token.text();
    return switch (name) {
      case "true", "True" -> constant(true);
      case "false", "False" -> constant(false);
      case "none", "None" -> constant(null);
      default -> scope -> scope.get(name);
    };
  }

  private Expression text(Token first) {
    StringBuilder text = new StringBuilder(first.text());
    while (words.peek().kind() == Token.Kind.TEXT) {
      text.append(words.next().text());
    }
    return constant(text.toString());
  }

  private Expression bracket(Token token) {
    return switch (token.text()) {
      case "(" -> round();
      case "[" -> ExpressionParser.listOf(elements("]"));
      case "{" -> mapping();
      default -> throw TokenReader.unexpected(token, "a value");
    };
  }

  private Expression round() {
    if (words.takeSymbol(")")) {
      return ExpressionParser.listOf(List.of());
    }
    Expression first = expressions.expression();
    if (words.takeSymbol(")")) {
      return first;
    }
    words.symbol(",");
    List<Expression> all = new ArrayList<>(List.of(first));
    all.addAll(elements(")"));
    return ExpressionParser.listOf(all);
  }

  private List<Expression> elements(String close) {
    List<Expression> all = new ArrayList<>();
    while (!words.takeSymbol(close)) {
      all.add(expressions.expression());
      if (!words.peek().isSymbol(close)) {
        words.symbol(",");
      }
    }
    return all;
  }

  private Expression mapping() {
    Map<Expression, Expression> entries = new LinkedHashMap<>();
    while (!words.takeSymbol("}")) {
      Expression key = expressions.expression();
      words.symbol(":");
      entries.put(key, expressions.expression());
      if (!words.peek().isSymbol("}")) {
        words.symbol(",");
      }
    }
    return scope -> {
      Map<Object, Object> map = new LinkedHashMap<>();
      entries.forEach((k, v) -> map.put(k.value(scope), v.value(scope)));
      return map;
    };
  }

  Expression dot(Expression owner) {
    Token token = words.next();
    if (token.kind() == Token.Kind.INTEGER) {
      Object index = whole(token);
      return scope -> Members.element(owner.value(scope), index);
    }
    if (token.kind() != Token.Kind.NAME) {
      throw TokenReader.unexpected(token, "a name");
    }
    return scope -> Members.attribute(owner.value(scope), token.text());
  }

  Expression subscript(Expression owner) {
    List<Expression> bounds = new ArrayList<>();
    bounds.add(bound());
    while (words.takeSymbol(":")) {
      bounds.add(bound());
    }
    Token close = words.peek();
    words.symbol("]");
    if (bounds.size() > 3) {
      throw TokenReader.unexpected(close, "a slice of at most three parts");
    }
    if (bounds.size() == 1) {
      Expression key = bounds.get(0);
      if (key == null) {
        throw TokenReader.unexpected(close, "an index");
      }
      return scope -> Members.element(owner.value(scope), key.value(scope));
    }
    return scope ->
        Members.slice(
            owner.value(scope), at(bounds, 0, scope), at(bounds, 1, scope), at(bounds, 2, scope));
  }

  private static Object at(List<Expression> bounds, int index, Scope scope) {
    Expression bound = index < bounds.size() ? bounds.get(index) : null;
    return bound == null ? null : bound.value(scope);
  }

  /** A bound of a slice, or null where it is left out. */
  private Expression bound() {
    boolean absent = words.peek().isSymbol(":") || words.peek().isSymbol("]");
    return absent ? null : expressions.expression();
  }
}
